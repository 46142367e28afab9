"""The letter on paper, set by Typst: the notice, the public address and the code that opens the mailbox."""

import io
import json
from datetime import date
from pathlib import Path

import segno
import typst

from nosvidere.engine.sealing import Code
from nosvidere.landlords.letter import notice_text
from nosvidere.landlords.models import Notice

TEMPLATE = Path(__file__).resolve().parent / "templates" / "landlords" / "letter.typ"


def letter_pdf(notice: Notice, *, code: Code, address: str, on: date) -> bytes:
    """Return the letter as PDF. The QR code holds the public address alone: the code is never in an address."""
    told = {
        "paragraphs": notice_text(notice, on=on).split("\n\n"),
        "party": notice.party.name,
        "service_address": notice.party.service_address,
        "number": notice.diary_no,
        "day": on.isoformat(),
        "address": address,
        "symbols": str(code.symbols),
        "words": " ".join(code.words("sv")),
        "qr": _qr(address),
    }
    return typst.compile(
        TEMPLATE.read_bytes(), sys_inputs={"content": json.dumps(told, ensure_ascii=False)}
    )


def _qr(address: str) -> str:
    """Return a QR code as SVG text."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", xmldecl=False, border=1)
    return drawn.getvalue().decode()
