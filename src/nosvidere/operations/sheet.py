"""The briefing sheet of a shift: sections one to nine, as a page and as paper. Source: the workflows, 4.6."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from nosvidere.engine.signs import SCHEME
from nosvidere.leads.models import Assessment
from nosvidere.leads.queries import checked_days, last_assessment
from nosvidere.operations.models import Assignment, Shift, Team
from nosvidere.operations.present import window
from nosvidere.rules.operation import FRONTS, sheet_ends_at
from nosvidere.ui.templatetags.ui import clock, day, hour
from nosvidere.ui.words import translated

TEMPLATE = Path(__file__).parent / "sheets" / "briefing.typ"
TASK = (
    "Tre fronter: köpare, uppsökande och platser.",
    "Lyckat är hjälp som har erbjudits lika mycket som anmälningar, och att ingen far illa av oss.",
)
DO_AND_DO_NOT = (
    "Börja utifrån. Ring inte på hos grannar, och fråga ingen vem som tipsat.",
    "Stämmer inte adressen: gå därifrån, anteckna ”fel adress” och säg till insatsledningen.",
    "Fråga ingen om ursprung, språk, hälsa eller uppehållstillstånd; det antecknas aldrig här.",
)
LEGAL = (
    "Gå in bara med grund: inbjuden, samtycke eller beslut om husrannsakan. Appen ger ingen rätt att gå in.",
    "Att sälja är inget brott. Personen är inte misstänkt.",
    "Barn eller möjligt barn: avbryt, skydda, ring socialjouren, orosanmälan före passets slut.",
    "Filma och fotografera inte in i en bostad. Den som filmar er på allmän plats får göra det.",
    "Nämn aldrig tips, annonser eller vem som sett något.",
)
HELP = (
    "Ordning på plats: trygghet, tolk, hjälp, först därefter frågor. Prata enskilt, aldrig inför köparen.",
    "Erbjud hjälp utan krav på berättelse. Ja betyder samtycke, och det går att ta tillbaka när som helst.",
    "Köparen får kortet om var stöd finns. Fråga om tankar på att skada sig; är svaret ja: stanna kvar, ring 112.",
)
SAFETY = (
    "Arbeta minst två och två. Minst elva timmars vila före och efter passet.",
    "Säg till när något blev svårt. Samtal efter passet erbjuds alla.",
)
DOCUMENTATION = (
    "Anteckna i appen, också utan nät. Inget är skickat förrän appen säger det.",
    "Vid ingripande (polislagen 27 §): vem beslutade, grund och tid, vilka deltog, mot vem, tid, vad mer som hände. Namn hör hemma i ärendet, inte här.",
)


@dataclass(frozen=True, slots=True)
class SheetVisit:
    """One address of the sheet: when, why and why not, what to mind; nobody's name."""

    number: str
    place: str
    district: str
    hours: str
    is_drawn: bool
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    unknown: tuple[str, ...]
    last_check: str
    cautions: str


@dataclass(frozen=True, slots=True)
class SheetTeam:
    """One team of the sheet with its addresses in order."""

    call_sign: str
    front: str
    members: str
    visits: tuple[SheetVisit, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered section of the sheet."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A shift's briefing sheet for one reader."""

    title: str
    reader: str
    expires: str
    sections: tuple[Section, ...]
    teams: tuple[SheetTeam, ...]


def briefing_sheet(shift: Shift, *, teams: Sequence[Team], reader: str) -> Sheet:
    """Return the sheet of a shift with these teams' addresses, marked with its reader's service code."""
    return Sheet(
        title=f"{shift.operation.name}, {day(shift.starts_at)}",
        reader=reader,
        expires=clock(sheet_ends_at(shift.starts_at)),
        sections=_sections(shift, teams),
        teams=tuple(_team(team) for team in teams),
    )


def _sections(shift: Shift, teams: Sequence[Team]) -> tuple[Section, ...]:
    operation = shift.operation
    aim = (operation.purpose, *TASK)
    about = (
        f"Rättslig grund: {operation.legal_basis}.",
        "Listan bygger på tips och annonser som bedömts av en person och godkänts av en annan. En del adresser är lottade.",
        "Det vi inte vet står vid varje adress. En vikt är inget bevis.",
    )
    command = (
        f"Polisinsatschef: {shift.commander}. Anrop: {', '.join(team.call_sign for team in teams)}.",
        "Vakthavande befäl, förundersökningsledare och åklagare i beredskap nås genom ledningscentralen.",
    )
    plan = (
        f"Samling: {shift.muster_point}. Passet är {hour(shift.starts_at)}–{hour(shift.ends_at)}.",
        *DO_AND_DO_NOT,
    )
    return (
        Section("1 Orientering", about),
        Section("2 Uppgift", aim),
        Section("3 Genomförande", plan),
        Section("4 Rättslig ram", LEGAL),
        Section("5 Hjälp", HELP),
        Section("6 Samband och ledning", command),
        Section("7 Säkerhet", SAFETY),
        Section("8 Dokumentation", DOCUMENTATION),
    )


def _team(team: Team) -> SheetTeam:
    visits = team.assignments.select_related("place", "lead").order_by("order")
    return SheetTeam(
        call_sign=team.call_sign,
        front=translated(FRONTS[team.front]),
        members=", ".join(sorted(member.service_code for member in team.members.all())),
        visits=tuple(sheet_visit(visit) for visit in visits),
    )


def sheet_visit(visit: Assignment) -> SheetVisit:
    """Return a visit as its team sees it: reasons and what speaks against in equal weight, no points."""
    assessment = last_assessment(visit.lead)
    checked = checked_days(visit.place)
    return SheetVisit(
        number=str(visit.order or "–"),
        place=str(visit.place),
        district=visit.place.district,
        hours=window(visit.arrive_at, visit.leave_at),
        is_drawn=visit.is_exploration,
        reasons=_signs(assessment.contributions if assessment else ()),
        against=_against(assessment),
        unknown=tuple(assessment.missing) if assessment else (),
        last_check=max(checked).isoformat() if checked else _("ingen tidigare"),
        cautions=visit.cautions,
    )


def _signs(contributions: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """Return the signs of stored contributions in words, each once; never where they came from."""
    codes = dict.fromkeys(str(one["sign"]) for one in contributions)
    return tuple(translated(SCHEME.signs[code].sv) for code in codes if code in SCHEME.signs)


def _against(assessment: Assessment | None) -> tuple[str, ...]:
    if assessment is None:
        return ()
    decided = (assessment.why_not,) if assessment.why_not else ()
    return (*_signs(assessment.counter), *decided)


def sheet_pdf(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF with its reader's code across each page."""
    return document(TEMPLATE, asdict(sheet))


def document(template: Path, content: Mapping[str, object]) -> bytes:
    """Return a Typst template filled with content, as a PDF; texts are never read as markup."""
    return bytes(
        typst.compile(
            template,
            sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
            ignore_system_fonts=True,
        )
    )
