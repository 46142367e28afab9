"""The season's order of events: who does what on which site on which day."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from nosvidere.engine import town as engine
from nosvidere.kernel.time import STOCKHOLM
from nosvidere.sites.demo.players import Player, Players

SEED = 1
OPERATION_SEED = 2020
PASSWORD = "ett-losenord-for-demon"  # noqa: S105 - printed on purpose: the demonstration is open on this machine
CLOCK_AFTER = datetime(2020, 10, 21, 17, 10, tzinfo=STOCKHOLM)  # an evening shift has just begun
BY_VOICE = frozenset({"phone", "patrol"})
Say = Callable[[str], None]

# How landlords answer, by turns: most act, one delays, one contests. Source: the truth beside the season.
ANSWERS: tuple[tuple[dict[str, str], ...], ...] = (
    (
        {"act": "acknowledged", "text": "Vi har läst och återkommer."},
        {
            "act": "measure",
            "measure": "letting_ended",
            "taken_on": "2020-10-18",
            "text": "Uthyrningen är avslutad.",
        },
    ),
    ({"act": "acknowledged", "text": "Mottaget. Vi talar med vår jurist."},),
    (
        {
            "act": "contested",
            "text": "Vår hyresgäst har bott där länge. Vi tror att adressen är fel.",
        },
    ),
    (),
)


@dataclass(frozen=True, slots=True)
class Played:
    """What the season left behind: the published figures and counts from the way."""

    figures: dict[str, str]
    counts: dict[str, Any]


def on(day: str | date, hour: int, minute: int = 0) -> datetime:
    """Return an instant in Stockholm on a day."""
    chosen = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(chosen, time(hour, minute), STOCKHOLM)


def make_town(folder: Path) -> None:
    """Write the town, its season and the truth beside it."""
    town = engine.make_town(SEED)
    engine.write_town(town, engine.make_season(town, SEED), folder)


def play_season(players: Players, *, town: Path, port: int, say: Say) -> Played:
    """Play the whole season and return what was published."""
    told = json.loads((town / "town.json").read_text())
    counts: dict[str, Any] = {}
    say("Nycklar, enheter, konton och adressregister …")
    _prepare(players, town=town, port=port, start=told["start"], counts=counts)
    say("Tipsen skrivs, förseglas, hämtas, bedöms och får sin plats …")
    _play_days(players, town=town, start=told["start"], until=told["seen_until"])
    say("Annonserna läses in, minimeras och länkas …")
    last = told["seen_until"]
    counts["ads"] = players.police("import_ads", on(last, 22, 40), file=str(town / "ads.csv"))
    counts["places"] = players.police("confirm_places", on(last, 22, 50))
    say("Uppslagen bedöms, godkänns och planeras …")
    counts["leads"] = players.police("assess_leads", on(last, 23))
    players.police("propose_operation", on(last, 8), town=str(town), seed=OPERATION_SEED)
    plan = players.police("plan_operation", on(told["evenings"][0], 8))
    say("Fyra kvällspass genomförs …")
    _play_operation(players, town=town, plan=plan, evenings=told["evenings"], counts=counts)
    say("Hyresvärdar underrättas och svarar …")
    _play_notices(players, day=told["evenings"][-1])
    say("Siffrorna publiceras …")
    counts["published"] = players.police("publish", on(told["published"], 10))
    _exchange(players, players.police, on(told["published"], 10, 5))
    evening = CLOCK_AFTER.date().isoformat()
    counts["follow_up"] = players.police(
        "begin_follow_up", on(evening, 8), town=str(town), seed=OPERATION_SEED, evening=evening
    )
    _exchange(players, players.police, on(evening, 12))
    return Played(figures=counts["published"], counts=counts)


def _prepare(
    players: Players, *, town: Path, port: int, start: str, counts: dict[str, Any]
) -> None:
    at = on(date.fromisoformat(start) - timedelta(days=1), 8)
    police = players.police("prepare", at, town=str(town), password=PASSWORD)
    services = players.services("prepare", at, password=PASSWORD)
    players.public("prepare", at, parties={**police, **services})
    players.public("listen", at, port=port)
    players.police("trust", at, parties=services)
    players.services("trust", at, parties=police)
    counts["register"] = players.police("load_register", at, town=str(town))
    for site in (players.police, players.services):
        _exchange(players, site, at)


def _exchange(players: Players, site: Player, at: datetime) -> None:
    """Let a site fetch and send its letters at an instant that the relay's clock agrees with."""
    players.public("look", at)
    if failure := site("exchange", at):
        raise RuntimeError(failure)


def _play_days(players: Players, *, town: Path, start: str, until: str) -> None:
    """Play the season's days: neighbours write, the police fetch, read, grade and place."""
    by_day = _tips_by_day(town / "tips.jsonl")
    senders: dict[str, str] = {}
    for day in _days(start, until):
        for site in (players.police, players.services):
            _exchange(players, site, on(day, 6))
        for tip in by_day.get(day, ()):
            _write(players, tip, senders)
        _exchange(players, players.police, on(day, 22))
        players.police("take_in_tips", on(day, 22, 15), senders=senders)
        players.police("confirm_places", on(day, 22, 30))


def _write(players: Players, tip: Mapping[str, Any], senders: dict[str, str]) -> None:
    """Let a neighbour write a tip, or call; who it was is remembered by the mailbox's tag or the diary number."""
    if tip["channel"] in BY_VOICE:
        _call(players, tip, senders)
        return
    fields = {
        "saw": tip["text"],
        "place": tip["place_text"],
        "signs": ",".join(tip["signs"]),
        "channel": tip["channel"],
    }
    written = players.public(
        "write_tip", datetime.fromisoformat(tip["received_at"]), fields=fields
    )
    if tip["informant"]:
        senders[written["tag"]] = tip["informant"]


def _call(players: Players, tip: Mapping[str, Any], senders: dict[str, str]) -> None:
    at = datetime.fromisoformat(tip["received_at"])
    told = {
        "text": tip["text"],
        "place_text": tip["place_text"],
        "signs": tip["signs"],
        "channel": tip["channel"],
    }
    number = players.police("take_call", at, **told)
    if tip["informant"]:
        senders[number] = tip["informant"]


def _tips_by_day(file: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        tip = json.loads(line)
        found[
            datetime.fromisoformat(tip["received_at"]).astimezone(STOCKHOLM).date().isoformat()
        ].append(tip)
    return found


def _days(start: str, until: str) -> Iterator[str]:
    day, last = date.fromisoformat(start), date.fromisoformat(until)
    while day <= last:
        yield day.isoformat()
        day += timedelta(days=1)


def _play_operation(
    players: Players,
    *,
    town: Path,
    plan: Mapping[str, Any],
    evenings: list[str],
    counts: dict[str, Any],
) -> None:
    script = _script(town, plan)
    counts["unserved"] = plan["unserved"]
    for evening in evenings:
        night = on(evening, 23, 30)
        counts[f"evening {evening}"] = players.police(
            "play_evening", night, evening=evening, script=script
        )
        for site in (players.police, players.services, players.police):
            _exchange(players, site, night + timedelta(minutes=5))
    players.services("follow_up", on(evenings[-1], 23, 50), reach=[True, True, False])
    counts["findings"] = players.police(
        "conclude", on(date.fromisoformat(evenings[-1]) + timedelta(days=1), 10)
    )


def _script(town: Path, plan: Mapping[str, Any]) -> dict[str, Any]:
    """Return what happens at the planned visits by the season's hidden truth."""
    truth = {file.stem: json.loads(file.read_text()) for file in (town / "truth").glob("*.json")}
    visits = plan["visits"]
    by = {
        kind: [v["address_id"] for v in visits if v["origin"] in (kind, "BOTH")]
        for kind in ("AD", "TIP")
    }
    script = engine.play_operation(
        truth,
        [v["address_id"] for v in visits],
        seed=OPERATION_SEED,
        by_ad=by["AD"],
        by_tip=by["TIP"],
    )
    checks = [
        {**check, "assignment": visit["assignment"]}
        for check, visit in zip(script["checks"], visits, strict=True)
    ]
    return {**script, "checks": checks}


def _play_notices(players: Players, *, day: str) -> None:
    sent = on(date.fromisoformat(day) + timedelta(days=1), 13)
    served = players.police("serve_notices", sent)
    _exchange(players, players.police, sent + timedelta(hours=3))
    for number, letter in enumerate(served):
        for step, fields in enumerate(ANSWERS[number % len(ANSWERS)]):
            at = sent + timedelta(days=2 + 2 * step, hours=number % 8)
            players.public("answer_notice", at, code=letter["code"], fields=fields)
    done = sent + timedelta(days=5, hours=8)
    _exchange(players, players.police, done)
    players.police("take_in_replies", done + timedelta(minutes=5))
