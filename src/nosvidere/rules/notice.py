"""When a landlord may be told, what the letter must rest on, and how the clock runs. Source: the workflows, 4.3; law 1.6."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from nosvidere.kernel.refused import Refused
from nosvidere.rules.flows import NOTICE

LEAST_OBSERVATIONS = 2
ACKNOWLEDGE_DAYS = 7
MEASURE_DAYS = 30
RECHECK_DAYS = 60
# Months in which a tenancy must be terminated after the landlord learnt of it:
# bostadsrättslagen (1991:614) 7 kap. 22 §, jordabalken 12 kap. 43 § tredje stycket.
LEGAL_MONTHS = {"COOP": 2, "RENTAL": 6, "PREMISES": 6}
HARM_QUESTIONS = {
    "who_lives_there": "Vem bor där, och vad händer den personen?",
    "child": "Finns ett barn?",
    "help_first": "Har den som vistas där fått hjälp erbjuden, med ett annat boende, före brevet?",
}
DISCLOSURE_GROUNDS = {
    "OSL 10:2": "nödvändigt för den egna verksamheten (OSL 10 kap. 2 §)",
    "OSL 35:1": "det står klart att det kan lämnas utan skada (OSL 35 kap. 1 §)",
}
LAWS = {
    "COOP": "bostadsrättslagen 7 kap. 18 § 8 och 22 §: föreningen ska säga upp inom två månader från att den fick veta",
    "RENTAL": "jordabalken 12 kap. 42 § 12 och 43 §: hyresvärden ska säga upp inom sex månader från att hon eller han fick veta",
    "PREMISES": "jordabalken 12 kap. 42 § 12 och 43 §: hyresvärden ska säga upp inom sex månader från att hon eller han fick veta",
    "SHORT_LET": "avtalet om uthyrningen, och brottsbalken 6 kap. 12 §",
    "HOTEL": "avtalet med gästen, och brottsbalken 6 kap. 12 §",
}


def check_draft(
    *, lead_state: str, observed_on: Sequence[date], extent_basis: str, is_party_verified: bool
) -> None:
    """Raise Refused unless a notice may be drafted: confirmed, seen on two days or more, and the right landlord."""
    if lead_state != "CONFIRMED":
        raise Refused("Ett brev till hyresvärden kräver att platsen är bekräftad.")
    if len(set(observed_on)) < LEAST_OBSERVATIONS:
        raise Refused(
            "Det krävs iakttagelser från minst {n} olika dagar. En enda räcker aldrig.",
            n=LEAST_OBSERVATIONS,
        )
    if not extent_basis.strip():
        raise Refused("Skriv varför användningen är hela eller en väsentlig del av lägenheten.")
    if not is_party_verified:
        raise Refused("Kontrollera mottagaren mot Lantmäteriet eller Bolagsverket först.")


def check_review(
    *,
    state: str,
    drafted_by: str,
    reviewer: str,
    proportionality: str,
    ground: str,
    harm: Mapping[str, str],
) -> None:
    """Raise Refused unless this person may approve the notice, with its disclosure ground and harm check written."""
    NOTICE.check(state, "APPROVED")
    if drafted_by == reviewer:
        raise Refused("Den som skrivit brevet granskar det inte. Be en kollega.")
    if not proportionality.strip():
        raise Refused("Skriv hur proportionen har prövats.")
    if ground not in DISCLOSURE_GROUNDS:
        raise Refused("Välj på vilken grund uppgiften lämnas ut.")
    missing = [
        question for key, question in HARM_QUESTIONS.items() if not harm.get(key, "").strip()
    ]
    if missing:
        raise Refused("Svara på frågan: {question}", question=missing[0])


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the month's last day where it lacks that day."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), after - timedelta(days=1))


def legal_deadline(tenure: str, knows_since_on: date) -> date | None:
    """Return the last day to terminate, or None where the law sets none for this form of tenure."""
    months = LEGAL_MONTHS.get(tenure)
    return add_months(knows_since_on, months) if months else None


def check_measure(*, state: str, kind: str, taken_on: date, on: date, reason: str) -> None:
    """Raise Refused unless a landlord may report this measure."""
    NOTICE.check(state, "MEASURE_TAKEN")
    if taken_on > on:
        raise Refused("Dagen för åtgärden ligger framåt i tiden.")
    if kind == "none" and not reason.strip():
        raise Refused("Skriv varför ingen åtgärd har vidtagits.")


def check_recheck(*, taken_on: date, on: date, new_signs: int, letting_ended: bool) -> None:
    """Raise Refused unless a measure may be called lasting today: the letting ended, or sixty days without new signs."""
    if new_signs:
        raise Refused(
            "Det har kommit {n} nya uppgifter efter åtgärden. Den kan inte räknas som varaktig.",
            n=new_signs,
        )
    if letting_ended:
        return
    until = taken_on + timedelta(days=RECHECK_DAYS)
    if on < until:
        raise Refused("Vänta till {day}: då har det gått {n} dagar.", day=until, n=RECHECK_DAYS)


def is_overdue(
    *, state: str, acknowledge_by_on: date | None, measure_by_on: date | None, on: date
) -> bool:
    """Say whether the landlord has let a date pass without an answer."""
    waits_for_answer = (
        state in {"SENT", "RECEIVED"} and acknowledge_by_on is not None and on > acknowledge_by_on
    )
    waits_for_measure = (
        state == "ACKNOWLEDGED" and measure_by_on is not None and on > measure_by_on
    )
    return waits_for_answer or waits_for_measure
