"""All state machines of the house. Source: the workflows of the field, 4.1 to 4.6."""

from nosvidere.rules.flow import Flow, flow

TIP = flow(
    "tip",
    {
        "RECEIVED": ("mottaget", ("TRIAGED", "EMERGENCY_FORWARDED", "DISCARDED")),
        "EMERGENCY_FORWARDED": ("skickat till ledningscentralen", ("TRIAGED",)),
        "TRIAGED": ("bedömt", ("LINKED", "DISCARDED", "QUESTION_ASKED")),
        "QUESTION_ASKED": ("fråga ställd", ("TRIAGED", "DISCARDED")),
        "LINKED": ("kopplat till plats", ("TRIAGED",)),
        "DISCARDED": ("avskrivet", ()),
    },
)

AD = flow(
    "ad",
    {
        "REGISTERED": ("registrerad", ("LINKED", "EXPIRED")),
        "LINKED": ("kopplad till plats", ("REGISTERED", "EXPIRED")),
        "EXPIRED": ("utgången", ()),
    },
)

LEAD = flow(
    "lead",
    {
        "OPEN": ("öppet", ("ASSESSED", "PARKED", "WITHDRAWN")),
        "ASSESSED": ("bedömt", ("ASSESSED", "APPROVED_FOR_CHECK", "PARKED", "WITHDRAWN")),
        "APPROVED_FOR_CHECK": (
            "godkänt för kontroll",
            ("ASSIGNED", "ASSESSED", "PARKED", "WITHDRAWN"),
        ),
        "ASSIGNED": ("tilldelat", ("CHECKED", "APPROVED_FOR_CHECK", "WITHDRAWN")),
        "CHECKED": ("kontrollerat", ("CONFIRMED", "NOT_CONFIRMED", "INNOCENT", "INCONCLUSIVE")),
        "CONFIRMED": ("bekräftat", ("CLOSED", "ASSESSED")),
        "NOT_CONFIRMED": ("inte bekräftat", ("CLOSED", "ASSESSED")),
        "INNOCENT": ("oskyldig förklaring", ("CLOSED",)),
        "INCONCLUSIVE": ("oklart", ("CLOSED", "ASSESSED")),
        "PARKED": ("vilande", ("OPEN", "WITHDRAWN")),
        "WITHDRAWN": ("återkallat", ()),
        "CLOSED": ("avslutat", ()),
    },
)

OPERATION = flow(
    "operation",
    {
        "PROPOSED": ("föreslagen", ("APPROVED", "CLOSED")),
        "APPROVED": ("beslutad", ("PLANNED", "CLOSED")),
        "PLANNED": ("planerad", ("PLANNED", "BRIEFED", "CLOSED")),
        "BRIEFED": ("genomgången", ("ONGOING", "PLANNED")),
        "ONGOING": ("pågår", ("DEBRIEFED",)),
        "DEBRIEFED": ("genomförd", ("REPORTED",)),
        "REPORTED": ("rapporterad", ("EVALUATED",)),
        "EVALUATED": ("utvärderad", ("CLOSED",)),
        "CLOSED": ("avslutad", ()),
    },
)

ASSIGNMENT = flow(
    "assignment",
    {
        "UNPLANNED": ("inte planerad", ("PLANNED",)),
        "PLANNED": (
            "planerad",
            ("PLANNED", "UNPLANNED", "ON_SITE", "DONE", "NOT_REACHED", "ABORTED"),
        ),
        "ON_SITE": ("på plats", ("DONE", "ABORTED")),
        "DONE": ("gjord", ()),
        "NOT_REACHED": ("inte nådd", ("PLANNED",)),
        "ABORTED": ("avbruten", ("PLANNED",)),
    },
)

REPORT = flow(
    "offence report",
    {
        "REGISTERED": ("registrerad", ("CONFIRMED", "WITHDRAWN")),
        "CONFIRMED": ("bekräftad", ("WITHDRAWN",)),
        "WITHDRAWN": ("återkallad", ()),
    },
)

NOTICE = flow(
    "landlord notice",
    {
        "DRAFT": ("utkast", ("REVIEW", "WITHDRAWN")),
        "REVIEW": ("granskas", ("APPROVED", "REJECTED", "DRAFT")),
        "APPROVED": ("godkänd att skicka", ("SENT", "WITHDRAWN")),
        "REJECTED": ("avslagen", ()),
        "SENT": ("skickad", ("RECEIVED", "ACKNOWLEDGED", "WITHDRAWN")),
        "RECEIVED": (
            "hyresvärd underrättad",
            ("ACKNOWLEDGED", "CONTESTED", "MEASURE_TAKEN", "ESCALATED"),
        ),
        "ACKNOWLEDGED": ("bekräftad av hyresvärden", ("MEASURE_TAKEN", "CONTESTED", "ESCALATED")),
        "CONTESTED": ("ifrågasatt", ("REVIEW", "WITHDRAWN", "MEASURE_TAKEN")),
        "MEASURE_TAKEN": ("åtgärd vidtagen", ("VERIFIED", "INSUFFICIENT", "CONTESTED")),
        "VERIFIED": ("åtgärden håller", ("CLOSED", "INSUFFICIENT")),
        "INSUFFICIENT": ("åtgärden räcker inte", ("ESCALATED", "MEASURE_TAKEN")),
        "ESCALATED": ("lämnad till åklagare", ("CLOSED",)),
        "WITHDRAWN": ("återtagen", ()),
        "CLOSED": ("avslutad", ()),
    },
)

HELP = flow(
    "help offer",
    {
        "OFFERED": ("erbjuden", ("DECLINED", "INFO_ONLY", "CONSENTED")),
        "DECLINED": ("avböjd", ()),
        "INFO_ONLY": ("fick information", ("CONSENTED",)),
        "CONSENTED": ("samtycke lämnat", ("REFERRED", "WITHDRAWN")),
        "REFERRED": ("förmedlad", ("RECEIVED_BY_SERVICES", "WITHDRAWN")),
        "RECEIVED_BY_SERVICES": ("mottagen av socialtjänsten", ("CLOSED", "WITHDRAWN")),
        "WITHDRAWN": ("samtycke återtaget", ()),
        "CLOSED": ("avslutad", ()),
    },
)

REFERRAL = flow(
    "referral",
    {
        "RECEIVED": ("mottagen", ("ACCEPTED", "NOT_REACHED", "WITHDRAWN")),
        "ACCEPTED": ("kontakt tagen", ("FOLLOWED_UP", "WITHDRAWN")),
        "NOT_REACHED": ("inte nådd efter tre försök", ("ACCEPTED", "CLOSED", "WITHDRAWN")),
        "FOLLOWED_UP": ("uppföljd", ("CLOSED", "WITHDRAWN")),
        "WITHDRAWN": ("samtycke återtaget", ()),
        "CLOSED": ("avslutad", ()),
    },
)

FLOWS: tuple[Flow, ...] = (TIP, AD, LEAD, OPERATION, ASSIGNMENT, REPORT, NOTICE, HELP, REFERRAL)
