"""A police site with keys and an index, letters as the courier leaves them, and files of tips and ads."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.making import make_place

from nosvidere.courier import store
from nosvidere.courier.models import Delivery
from nosvidere.engine import sealing
from nosvidere.intake.actions import grade_tip, open_tip, take_call
from nosvidere.intake.actions.items import KEY_FILE
from nosvidere.intake.models import Tip
from nosvidere.kernel.ids import new_id
from nosvidere.register.actions import rebuild_index
from nosvidere.rules.access import SOURCE_HANDLER, SYSTEM, Actor
from nosvidere.rules.triage import Grading

GRADING = Grading("B", "2", "FACT", ("F01", "T01"), "Många kommer och går på kvällarna.")
HANDLER = Actor("handler-1", frozenset({SOURCE_HANDLER}), "vastkust")
ADS_HEAD = "ad_id,seen_at,source,phone,place_text,text"
TEXT = "Rummet i gult hus vid hamnen öppet varje kväll ring först och vänta vid den blå porten"


@pytest.fixture
def house(db, settings, tmp_path, at):
    """A site of its own with keys, two places and an index of them; the places by number."""
    settings.HOME, settings.KEYS = tmp_path / "home", tmp_path / "keys"
    for folder in (settings.HOME, settings.KEYS):
        folder.mkdir()
    (settings.KEYS / KEY_FILE).write_bytes(b"k" * 32)
    settings.HOME_MUNICIPALITY = "Havsby"
    places = {n: make_place(n) for n in (1, 2)}
    places[3] = make_place(3, street="Ankargatan", municipality="Sjöby", district="")
    rebuild_index(by=SYSTEM, at=at)
    return places


@pytest.fixture
def letter(house, at):
    """Return a function that leaves a letter as the courier does when it has pulled one."""
    made: dict[str, sealing.Mailbox] = {}

    def leave(
        kind: str = "tip", *, sender: str = "a", received_at: datetime = at, **fields: str
    ) -> Delivery:
        mailbox = made.setdefault(sender, sealing.derive(sealing.new_code(), "demo"))
        return Delivery.objects.create(
            letter_id=new_id().hex,
            kind=kind,
            tag=sealing.tag(mailbox.mid, b"p" * 32).hex(),
            mailbox=mailbox.public_key,
            sent_on=at.date(),
            received_at=received_at,
            sealed_fields=store.seal(sealing.as_canonical(fields)),
        )

    return leave


@pytest.fixture
def make_tip(house, at):
    """Return a function that takes a tip down by phone, in the state asked for."""

    def make(
        text: str = "Många kommer och går.", *, is_graded: bool = False, **values: object
    ) -> Tip:
        told = {"place_text": "Tångvägen 1", "signs": ["F01"], **values}
        tip = take_call(text=text, **told, by=HANDLER, at=at)
        if is_graded:
            open_tip(tip=tip, why="Läsning", by=HANDLER, at=at)
            grade_tip(tip=tip, grading=GRADING, by=HANDLER, at=at + timedelta(minutes=5))
        return tip

    return make


@pytest.fixture
def tips_file(tmp_path):
    """Return a function that writes a file of tips from dicts or from raw lines."""

    def write(*rows: object) -> Path:
        file = tmp_path / "tips.jsonl"
        lines = [
            row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows
        ]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file

    return write


def told(number: int = 1, **values: object) -> dict[str, object]:
    """Return a row of a file of tips."""
    row = {
        "id": f"t-{number}",
        "received_at": "2020-09-20T18:30:00+02:00",
        "channel": "web",
        "text": "Många kommer och går.",
        "signs": ["F01"],
        "place_text": "Tångvägen 1",
        "informant": None,
    }
    return {**row, **values}


@pytest.fixture
def ads_file(tmp_path):
    """Return a function that writes a file of ads."""

    def write(*rows: str, name: str = "ads.csv") -> Path:
        file = tmp_path / name
        file.write_text("\n".join([ADS_HEAD, *rows]) + "\n", encoding="utf-8")
        return file

    return write


def ad(
    number: int, *, seen_at: str = "2020-09-20", phone: str = "", place: str = "", text: str = TEXT
) -> str:
    """Return a row of a file of ads."""
    return f"a-{number},{seen_at},sida-a.example,{phone},{place},{text}"


THREE_ADS = (
    ad(1, phone="070-174 06 01", place="Tångvägen 1"),
    ad(2, phone="070-174 06 01", place="Ankargatan 3 Sjöby", seen_at="2020-09-22"),
    ad(
        3,
        phone="070-174 06 01",
        text="Helt annan text om båtar segel rep ankare vind vågor fyr och horisont",
    ),
)
OTHER_TWO = (
    ad(
        8,
        phone="070-174 06 80",
        text="Grön trappa tredje dörren stilla eftermiddag kaffe bullar fönster mot parken",
    ),
    ad(
        9,
        phone="070-174 06 80",
        text="Grön trappa tredje dörren stilla eftermiddag kaffe bullar fönster mot parken",
    ),
)
GROUNDS = {"lawful_source": "Registrerade för hand", "legal_ground": "PBL 2 kap. 1 §"}
