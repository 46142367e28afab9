"""What the process that opened a photo answered, believed no further than it can be checked."""

import json
import re
from dataclasses import dataclass
from typing import Any

LARGEST_HEAD = 400
LARGEST_PICTURE = 40 * 1024 * 1024
LONGEST_SIDE = 4096
JPEG = b"\xff\xd8\xff"
TAKEN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
PROBLEMS = {
    "not_a_photo": "Filen är ingen bild av de slag vi kan öppna, vad den än kallades.",
    "too_many_pixels": "Bilden säger sig vara orimligt stor. Den är inte öppnad.",
    "broken": "Bilden är skadad och går inte att öppna.",
    "gave_up": "Bilden tog för mycket tid eller minne. Försöket avbröts.",
}
GAVE_UP = "gave_up"


class NotOpened(Exception):
    """A photo that could not be opened: holds one of the codes of PROBLEMS."""


@dataclass(frozen=True, slots=True)
class BarePhoto:
    """A picture as JPEG without anything beside it, and when and where its camera says that it was taken."""

    picture: bytes
    width: int
    height: int
    taken: str = ""
    lat: float | None = None
    lon: float | None = None


def read_answer(answered: bytes) -> BarePhoto:
    """Return the photo in an answer; raise NotOpened when there is none, or the answer is no answer."""
    head, _, picture = answered.partition(b"\n")
    told = _head(head)
    is_picture = picture.startswith(JPEG) and len(picture) <= LARGEST_PICTURE
    if not (is_picture and _is_side(told.get("width")) and _is_side(told.get("height"))):
        raise NotOpened(GAVE_UP)
    lat, lon = _place(told)
    return BarePhoto(
        picture, told["width"], told["height"], taken=_taken(told.get("taken")), lat=lat, lon=lon
    )


def _head(head: bytes) -> dict[str, Any]:
    try:
        told = json.loads(head[:LARGEST_HEAD])
    except ValueError as error:
        raise NotOpened(GAVE_UP) from error
    if not isinstance(told, dict):
        raise NotOpened(GAVE_UP)
    if "problem" in told:
        raise NotOpened(told["problem"] if told["problem"] in PROBLEMS else GAVE_UP)
    return told


def _is_side(value: object) -> bool:
    return type(value) is int and 0 < value <= LONGEST_SIDE


def _place(told: dict[str, Any]) -> tuple[float, float] | tuple[None, None]:
    lat, lon = told.get("lat"), told.get("lon")
    return (lat, lon) if _is_between(lat, 90) and _is_between(lon, 180) else (None, None)


def _is_between(value: object, most: int) -> bool:
    return type(value) in (int, float) and -most <= value <= most  # type: ignore[operator]  # a number by now


def _taken(value: object) -> str:
    return value if isinstance(value, str) and TAKEN.fullmatch(value) else ""
