"""When a landlord may be told, what the letter must rest on, and how the clock runs. Source: the workflows, 4.3; law 1.6."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from nosvidere.kernel.refused import Refused
from nosvidere.rules.flows import NOTICE

LEAST_OBSERVATIONS = 2
ACKNOWLEDGE_DAYS = 7
MEASURE_DAYS = 30
RECHECK_DAYS = 60
LONGEST_HOLD_DAYS = 14
REVIEW_WORKING_DAYS = 5
CONTEST_WORKING_DAYS = 10
WEEKDAYS = 5
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

# Where the right to the flat is not lost although it was used so, because somebody close has wronged the tenant.
EXCEPTIONS = {
    "COOP": "bostadsrättslagen 7 kap. 19 §",
    "RENTAL": "jordabalken 12 kap. 42 § femte stycket",
    "PREMISES": "jordabalken 12 kap. 42 § femte stycket",
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
    on: date,
    hold_until_on: date | None = None,
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
    if hold_until_on is not None:
        _check_hold(hold_until_on, on)


def _check_hold(until_on: date, on: date) -> None:
    latest = on + timedelta(days=LONGEST_HOLD_DAYS)
    if not on <= until_on <= latest:
        raise Refused("Brevet kan vänta till en dag fram till {day}, inte längre.", day=latest)


def check_serve(*, state: str, hold_until_on: date | None, on: date) -> None:
    """Raise Refused unless a notice may leave the house today: approved, and not held back so that help comes first."""
    NOTICE.check(state, "SENT")
    if hold_until_on is not None and on < hold_until_on:
        raise Refused(
            "Granskningen har bestämt att brevet väntar till {day}, så att hjälp hinner erbjudas.",
            day=hold_until_on,
        )


def check_told(*, state: str, sent_on: date | None, told_on: date, how: str, on: date) -> None:
    """Raise Refused unless a landlord who has not answered may be noted as told on a day, with how it is proven."""
    NOTICE.check(state, "RECEIVED")
    if sent_on is None or not sent_on <= told_on <= on:
        raise Refused("Dagen ska ligga mellan dagen då brevet skickades och i dag.")
    if not how.strip():
        raise Refused("Skriv hur det styrks, till exempel delgivningskvittots nummer.")


def check_escalate(*, knows_since_on: date | None, new_signs: int) -> None:
    """Raise Refused unless the prosecutor can be told that it went on after the landlord learnt of it (BB 6:12)."""
    if knows_since_on is None:
        raise Refused("Det är inte styrkt att hyresvärden har fått veta.")
    if not new_signs:
        raise Refused(
            "Ingen iakttagelse är gjord efter att hyresvärden fick veta, {day}.",
            day=knows_since_on,
        )


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
    """Raise Refused unless a landlord may report this measure; one more after the first is welcome."""
    if state != "MEASURE_TAKEN":
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


def working_days_after(day: date, count: int) -> date:
    """Return the day that lies `count` working days, Monday to Friday, after another; holidays are not known here."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < WEEKDAYS
    return day


def answer_due(state: str, since_on: date) -> date | None:
    """Return by which day the police owe the next step since a notice came to a state; None where the landlord does."""
    owed = {"REVIEW": REVIEW_WORKING_DAYS, "CONTESTED": CONTEST_WORKING_DAYS}.get(state)
    return working_days_after(since_on, owed) if owed else None


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
