"""Things that tests need to stand on, made through the same actions as real ones."""

from datetime import date, datetime, timedelta

from nosvidere.kernel.ids import new_id
from nosvidere.leads.models import Lead, LeadStep, Statement
from nosvidere.register.models import Party, Place, Tenure

FIRST_DAY = date(2020, 9, 1)


def make_place(number: int = 1, *, street: str = "Tångvägen", **values: object) -> Place:
    """Return a registered entrance of the fictitious town."""
    fixed = {
        "external_id": f"{street}-{number}",
        "street": street,
        "number": str(number),
        "postcode": "99001",
        "locality": "Havsby",
        "municipality": "Havsby",
        "district": "Norra hamnen",
        "lat": 57.0 + number / 10_000,
        "lon": 11.4 + number / 10_000,
        "cell": "891f2a00003ffff",
        "valid_from_on": FIRST_DAY,
    }
    return Place.objects.create(**{**fixed, **values})


def make_landlord(place: Place, *, form: str = "RENTAL") -> Tenure:
    """Return a verified housing company that lets the place."""
    party = Party.objects.create(
        kind="housing_company", name="Havsbybostäder", org_no="556000-0000", is_verified=True
    )
    return Tenure.objects.create(place=place, party=party, form=form, from_on=FIRST_DAY)


def make_statement(
    place: Place, sign: str, *, on: date, informant: str = "", info_grade: str = "2"
) -> Statement:
    """Return a statement on a place, as an own observation of a check."""
    at = datetime.fromisoformat(f"{on.isoformat()}T20:00:00+02:00")
    return Statement.objects.create(
        place=place,
        sign=sign,
        observed_from_on=on,
        observed_until_on=on,
        check_id=new_id(),
        informant=informant,
        source_grade="B",
        info_grade=info_grade,
        basis="FACT",
        entered_by="analyst-1",
        entered_at=at + timedelta(hours=1),
    )


def make_lead(place: Place, *, state: str = "OPEN", at: datetime) -> Lead:
    """Return a lead in a state, with the step that led there."""
    lead = Lead.objects.create(
        place=place,
        state=state,
        opened_because="Ett tips pekar på platsen.",
        opened_by="analyst-1",
        opened_at=at,
        state_at=at,
    )
    LeadStep.objects.create(lead=lead, after=state, by="analyst-1", at=at)
    return lead
