"""The figures of an operation: each a stored query over rows, with its definition. Source: the workflows, 4.6."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from nosvidere.accounts.models import OrgUnit
from nosvidere.field.models import OffenceReport
from nosvidere.field.queries import standing_checks, standing_reports
from nosvidere.landlords.models import Notice
from nosvidere.operations.models import Operation, Shift, TeamMember
from nosvidere.rules.check import PURCHASES
from nosvidere.support.models import HelpOffer

FIGURES_VERSION = "1"
KNOWN_ORIGINS = ("TIP", "AD", "BOTH")


@dataclass(frozen=True, slots=True)
class Query:
    """A figure's name, its Swedish label, what it counts, whether a small number must be guarded, and over how many."""

    key: str
    label: str
    definition: str
    count: Callable[[Operation], int]
    is_about_people: bool = False
    over: Callable[[Operation], int] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands now."""

    key: str
    label: str
    definition: str
    value: int
    is_about_people: bool
    counted_over: int | None = None

    @property
    def shown(self) -> str:
        """Return the value, or a dash for the least and greatest of nothing."""
        return "–" if self.counted_over == 0 else str(self.value)


def _addresses_checked(operation: Operation) -> int:
    return standing_checks(operation).order_by().values("place").distinct().count()


def _from_ads_or_tips(operation: Operation) -> int:
    known = standing_checks(operation).filter(assignment__origin__in=KNOWN_ORIGINS)
    return known.order_by().values("place").distinct().count()


def _evening_shifts(operation: Operation) -> int:
    evenings = Shift.objects.filter(operation=operation, kind="EVENING")
    return evenings.annotate(members=Count("teams__members")).filter(members__gt=0).count()


def _police_areas(operation: Operation) -> int:
    members = TeamMember.objects.filter(team__shift__operation=operation).values_list(
        "unit", flat=True
    )
    areas = {
        area.pk
        for unit in OrgUnit.objects.filter(pk__in=members)
        if (area := unit.ancestor("area"))
    }
    return len(areas)


def _fronts(operation: Operation) -> int:
    checked = standing_checks(operation).values_list("assignment__team__front", flat=True)
    reported = standing_reports(operation).values_list("front", flat=True)
    return len({front for front in [*checked, *reported] if front})


def _purchases(operation: Operation) -> int:
    return purchase_reports(operation).count()


def _men(operation: Operation) -> int:
    return purchase_reports(operation).filter(sex="man").count()


def _attempts(operation: Operation) -> int:
    return purchase_reports(operation).filter(completion="ATTEMPT").count()


def ages(operation: Operation) -> list[int]:
    """Return the ages in the standing reports of a purchase, youngest first."""
    known = purchase_reports(operation).filter(age_years__isnull=False)
    return sorted(age for age in known.values_list("age_years", flat=True) if age is not None)


def _known_ages(operation: Operation) -> int:
    return len(ages(operation))


def _youngest(operation: Operation) -> int:
    return min(ages(operation), default=0)


def _oldest(operation: Operation) -> int:
    return max(ages(operation), default=0)


def _buyers_informed(operation: Operation) -> int:
    return purchase_reports(operation).filter(buyer_informed=True).count()


def _help_offered(operation: Operation) -> int:
    return HelpOffer.objects.filter(shift__operation=operation, audience="EXPOSED").count()


def _help_accepted(operation: Operation) -> int:
    said_yes = Q(state__in=["CONSENTED", "REFERRED", "RECEIVED_BY_SERVICES"])
    return HelpOffer.objects.filter(
        said_yes, shift__operation=operation, audience="EXPOSED"
    ).count()


def _landlords_told(operation: Operation) -> int:
    told = Notice.objects.filter(lead__assignments__operation=operation, sent_at__isnull=False)
    return told.order_by().values("party", "place").distinct().count()


def _wrong_addresses(operation: Operation) -> int:
    return standing_checks(operation).filter(outcome="wrong_address").count()


def purchase_reports(operation: Operation) -> QuerySet[OffenceReport]:
    """Return the standing reports of a purchase."""
    return standing_reports(operation).filter(kind__in=PURCHASES)


QUERIES: tuple[Query, ...] = (
    Query(
        "help_offered",
        "fick hjälp erbjuden",
        "erbjudanden om hjälp till personer med erfarenhet av sex mot ersättning",
        _help_offered,
        True,
    ),
    Query(
        "help_accepted",
        "tackade ja till hjälp",
        "erbjudanden som ledde till samtycke",
        _help_accepted,
        True,
    ),
    Query(
        "addresses_checked",
        "adresser kontrollerade",
        "olika platser med minst en gällande kontroll i insatsen",
        _addresses_checked,
    ),
    Query(
        "from_ads_or_tips",
        "av dem från annonser eller tips",
        "kontrollerade platser som blev kända genom tips, annonser eller båda",
        _from_ads_or_tips,
    ),
    Query(
        "evening_shifts", "kvällspass", "kvällspass med minst ett bemannat lag", _evening_shifts
    ),
    Query(
        "police_areas",
        "polisområden med personal",
        "olika polisområden som lånat ut minst en person",
        _police_areas,
    ),
    Query("fronts", "fronter", "olika fronter med minst en kontroll eller anmälan", _fronts),
    Query(
        "reported",
        "anmälda för köp",
        "gällande anmälningar om köp, försök inräknade",
        _purchases,
        True,
    ),
    Query(
        "reported_men",
        "av dem män",
        "gällande anmälningar om köp där könet är antecknat som man",
        _men,
        True,
    ),
    Query(
        "attempts",
        "av dem försök",
        "gällande anmälningar om köp som stannade vid försök",
        _attempts,
        True,
    ),
    Query(
        "youngest",
        "yngsta anmälda, år",
        "lägsta ålder bland gällande anmälningar om köp",
        _youngest,
        over=_known_ages,
    ),
    Query(
        "oldest",
        "äldsta anmälda, år",
        "högsta ålder bland gällande anmälningar om köp",
        _oldest,
        over=_known_ages,
    ),
    Query(
        "buyers_informed",
        "anmälda som fick veta var hjälp finns",
        "gällande anmälningar om köp där informationen lämnats",
        _buyers_informed,
        True,
    ),
    Query(
        "landlords_told",
        "hyresvärdar underrättade",
        "olika brev om insatsens platser som skickats",
        _landlords_told,
    ),
    Query(
        "wrong_addresses",
        "fel adress",
        "kontroller som visade sig gälla fel adress",
        _wrong_addresses,
    ),
)


def figures_of(operation: Operation) -> list[Figure]:
    """Return each figure of an operation as its query answers now, help first."""
    return [
        Figure(
            key=q.key,
            label=q.label,
            definition=q.definition,
            value=q.count(operation),
            is_about_people=q.is_about_people,
            counted_over=q.over(operation) if q.over else None,
        )
        for q in QUERIES
    ]
