"""What a landlord is told: the law, what is asked, what is not allowed; no names, no source, no observation."""

from datetime import date

from nosvidere.landlords.models import Notice
from nosvidere.rules.notice import ACKNOWLEDGE_DAYS, EXCEPTIONS, LAWS, LEGAL_MONTHS, MEASURE_DAYS

LETTER = """\
Dnr {diary_no}, {day}. Till {party}.

Polisen har uppgifter om att {place} kan användas för sexuella handlingar mot ersättning. Den här \
underrättelsen innebär att du har fått veta det.

Den som har upplåtit en lägenhet och får veta att den helt eller till väsentlig del används för sexuella \
handlingar mot ersättning ska göra det som skäligen kan begäras för att upplåtelsen ska upphöra. Annars kan du, \
om verksamheten fortsätter eller återupptas, dömas för koppleri (brottsbalken 6 kap. 12 §).

För din upplåtelseform gäller {law}.{longer}

Bekräfta inom {acknowledge_days} dagar att du har läst detta, och berätta inom {measure_days} dagar vad du gör. \
Du kan också skriva att uppgiften är fel.

{exception}Den som vistas där kan själv vara utsatt för brott. Socialtjänsten i kommunen kan ge råd. Är någon i fara, \
ring 112.

Detta är information; du avgör vilka lagliga steg du tar. Ta inte lagen i egna händer: hot, byte av lås och att gå \
in utan rätt är brott. Tala med en jurist eller din organisation."""
LONGER = " Tiden kan bli längre om brottet utreds."
EXCEPTION = (
    "Rätten till lägenheten är inte förlorad om det skulle vara oskäligt, till exempel för att en närstående har "
    "begått brott mot den som hyr eller bor där ({law}). "
)


def notice_text(notice: Notice, *, on: date) -> str:
    """Return the notice as plain paragraphs, as it stands in the mailbox and in the paper letter."""
    told = LETTER.format(
        diary_no=notice.diary_no,
        day=on.isoformat(),
        party=notice.party.name,
        place=notice.place,
        law=LAWS[notice.tenure],
        longer=LONGER if notice.tenure in LEGAL_MONTHS else "",
        exception=_exception(notice.tenure),
        acknowledge_days=ACKNOWLEDGE_DAYS,
        measure_days=MEASURE_DAYS,
    )
    return f"{told}\n\nFörbehåll: {notice.reservation}" if notice.reservation else told


def _exception(tenure: str) -> str:
    """Return when the right to the flat is not lost, with the law of the form of tenure; nothing where none applies."""
    return EXCEPTION.format(law=EXCEPTIONS[tenure]) if tenure in EXCEPTIONS else ""
