"""The process in which a stranger's photo is opened: started for one photo, held narrow, and gone when it has answered.

It imports nothing of ours and is run by its path (`python -I process.py [keep]`): a photo on standard input, on standard
output a line of JSON and then the picture written anew. After its imports it can open no file and no connection.
"""

import ctypes
import json
import math
import resource
import sys
import warnings
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

import pillow_heif
from PIL import (
    ExifTags,
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
PLUGINS = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, WebPImagePlugin)
MOST_PIXELS = 64_000_000
LONGEST_SIDE = 4096
QUALITY = 88
MEMORY_BYTES = 1280 * 1024**2
CPU_SECONDS = 20
KEEP = "keep"
# linux/sched.h: a network and users of its own, with nothing in them.
NEW_NETWORK, NEW_USERS = 0x40000000, 0x10000000
NO_NEW_PRIVILEGES = 38  # linux/prctl.h, PR_SET_NO_NEW_PRIVS
SECONDS_OF = (1, 60, 3600)
PLACES = 5  # a metre
LIMITS = (
    (resource.RLIMIT_AS, MEMORY_BYTES),
    (resource.RLIMIT_CPU, CPU_SECONDS),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_NOFILE, 0),  # no file and no socket more, on every system
)

NOT_A_PHOTO, TOO_MANY_PIXELS, BROKEN = "not_a_photo", "too_many_pixels", "broken"


class CannotOpen(Exception):
    """A photo that cannot be opened: holds one of the three reasons."""


@dataclass(frozen=True, slots=True)
class Developed:
    """The picture alone, written anew as JPEG, and what the camera noted if that was asked for."""

    picture: bytes
    width: int
    height: int
    told: dict[str, Any]


def develop(content: bytes, *, keep: bool) -> Developed:
    """Return the photo upright and bare; raise CannotOpen. `keep` reads place and time out of it, as text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _develop(content, keep=keep)
    except UnidentifiedImageError as error:
        raise CannotOpen(NOT_A_PHOTO) from error
    except Image.DecompressionBombError as error:
        raise CannotOpen(TOO_MANY_PIXELS) from error
    except (OSError, SyntaxError, ValueError, RuntimeError, EOFError, MemoryError) as error:
        raise CannotOpen(BROKEN) from error


def _develop(content: bytes, *, keep: bool) -> Developed:
    photo = Image.open(BytesIO(content), formats=FORMATS)
    if photo.width * photo.height > MOST_PIXELS:
        raise CannotOpen(TOO_MANY_PIXELS)
    told = _told(photo.getexif()) if keep else {}
    photo.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    photo.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(photo).convert("RGBA")
    # A new picture: nothing of what the file held beside its pixels comes along.
    bare = Image.new("RGB", upright.size, "white")
    bare.paste(upright, mask=upright.getchannel("A"))
    written = BytesIO()
    bare.save(written, "JPEG", quality=QUALITY)
    return Developed(written.getvalue(), bare.width, bare.height, told)


def _told(exif: Image.Exif) -> dict[str, Any]:
    """Return when and where the camera says that the photo was taken, as far as that can be read."""
    told: dict[str, Any] = {}
    with suppress(KeyError, TypeError, ValueError, ZeroDivisionError, AttributeError):
        taken = str(exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal])
        told["taken"] = f"{taken[:10].replace(':', '-')} {taken[11:16]}"
    with suppress(KeyError, TypeError, ValueError, ZeroDivisionError, AttributeError):
        told |= _place(exif.get_ifd(ExifTags.IFD.GPSInfo))
    return told


def _place(gps: dict[int, Any]) -> dict[str, float]:
    found = {
        "lat": _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef] == "S"),
        "lon": _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef] == "W"),
    }
    return found if all(map(math.isfinite, found.values())) else {}


def _degrees(parts: tuple[Any, ...], is_negative: bool) -> float:
    degrees = sum(float(part) / by for part, by in zip(parts, SECONDS_OF, strict=True))
    return round(-degrees if is_negative else degrees, PLACES)


def prepare() -> None:
    """Load all that opening a photo needs: afterwards no file can be read."""
    pillow_heif.register_heif_opener(
        thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
    )
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    small = BytesIO()
    Image.new("RGB", (1, 1)).save(small, "JPEG")
    develop(small.getvalue(), keep=True)


def narrow() -> (
    None
):  # pragma: no cover - only in the child, which can write no data of its coverage
    """Give up memory, time, files and the network; each as far as the operating system lets one."""
    with suppress(OSError, AttributeError):
        system = ctypes.CDLL(None)
        system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        system.unshare(NEW_NETWORK | NEW_USERS)
    for name, limit in LIMITS:
        with suppress(OSError, ValueError):
            resource.setrlimit(name, (limit, limit))


def answer(content: bytes, *, keep: bool) -> bytes:
    """Return the line and the picture that the process answers with."""
    try:
        found = develop(content, keep=keep)
    except CannotOpen as reason:
        return json.dumps({"problem": str(reason)}).encode() + b"\n"
    head = {"width": found.width, "height": found.height, **found.told}
    return json.dumps(head).encode() + b"\n" + found.picture


def respond(asked: BinaryIO, told: BinaryIO, *, keep: bool) -> None:
    """Read the one photo and write the answer."""
    told.write(answer(asked.read(), keep=keep))
    told.flush()


if __name__ == "__main__":  # pragma: no cover - only in the child
    prepare()
    narrow()
    respond(sys.stdin.buffer, sys.stdout.buffer, keep=KEEP in sys.argv[1:])
