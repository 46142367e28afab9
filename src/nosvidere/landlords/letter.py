"""What a landlord is told: the law, what is asked, what is not allowed; no names, no source, no observation."""

from datetime import date

from nosvidere.landlords.models import Notice
from nosvidere.rules.notice import ACKNOWLEDGE_DAYS, LAWS, MEASURE_DAYS

LETTER = """\
Dnr {diary_no}, {day}. Till {party}.

Polisen har uppgifter om att {place} kan användas för sexuella handlingar mot ersättning. Den här \
underrättelsen innebär att du har fått veta det.

Den som har upplåtit en lägenhet och får veta att den helt eller till väsentlig del används för sexuella \
handlingar mot ersättning ska göra det som skäligen kan begäras för att upplåtelsen ska upphöra. Annars kan du, \
om verksamheten fortsätter eller återupptas, dömas för koppleri (brottsbalken 6 kap. 12 §).

För din upplåtelseform gäller {law}. Tiden kan bli längre om brottet utreds.

Bekräfta inom {acknowledge_days} dagar att du har läst detta, och berätta inom {measure_days} dagar vad du gör. \
Du kan också skriva att uppgiften är fel.

Hyresrätten är inte förverkad om det skulle vara oskäligt, till exempel för att en närstående har begått brott mot \
hyresgästen. Den som vistas i lägenheten kan vara utsatt för brott. Socialtjänsten kan ge råd.

Detta är information; du avgör vilka lagliga steg du tar. Ta inte lagen i egna händer: hot, byte av lås och att gå \
in utan rätt är brott. Tala med en jurist eller din organisation."""


def notice_text(notice: Notice, *, on: date) -> str:
    """Return the notice as plain paragraphs, as it stands in the mailbox and in the paper letter."""
    return LETTER.format(
        diary_no=notice.diary_no,
        day=on.isoformat(),
        party=notice.party.name,
        place=notice.place,
        law=LAWS[notice.tenure],
        acknowledge_days=ACKNOWLEDGE_DAYS,
        measure_days=MEASURE_DAYS,
    )
