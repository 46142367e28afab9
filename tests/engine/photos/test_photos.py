"""A stranger's photo comes out upright and bare, or with a reason; the process that opens it can reach nothing."""

import io
import json
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image

from nosvidere.engine.photos import GAVE_UP, PROBLEMS, PROCESS, NotOpened, process, read_answer

GOTHENBURG = {1: "N", 2: (57.0, 42.0, 30.0), 3: "E", 4: (11.0, 58.0, 0.0)}


@pytest.fixture(scope="module", autouse=True)
def _prepared():
    limit = Image.MAX_IMAGE_PIXELS
    process.prepare()
    yield
    Image.MAX_IMAGE_PIXELS = limit


def exif(*, orientation=6, taken="2020:10:01 21:30:05", gps=GOTHENBURG):
    written = Image.Exif()
    written[274] = orientation
    written[271] = "Kameramärket"
    if taken:
        written.get_ifd(0x8769)[0x9003] = taken
    written.get_ifd(0x8825).update(gps)
    return written


def photo(kind="JPEG", *, size=(60, 40), mode="RGB", **more):
    written = io.BytesIO()
    Image.new(mode, size, "red").save(written, kind, **more)
    return written.getvalue()


def png(width, height, *, content=b""):
    """Return a PNG whose head promises these sides."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(content)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def opened(content, *, keep=False):
    return read_answer(process.answer(content, keep=keep))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_the_four_kinds_come_out_as_jpeg_with_nothing_beside_the_picture(kind):
    bare = opened(photo(kind, exif=exif(), **({"comment": b"hemligt"} if kind == "JPEG" else {})))

    shown = Image.open(io.BytesIO(bare.picture))
    assert shown.format == "JPEG"
    assert not shown.getexif()
    assert not {"exif", "icc_profile", "comment", "xmp"} & set(shown.info)
    assert b"Kamera" not in bare.picture
    assert (bare.taken, bare.lat, bare.lon) == ("", None, None)


def test_a_photo_is_turned_before_its_orientation_is_forgotten():
    bare = opened(photo(exif=exif(orientation=6)))

    assert (bare.width, bare.height) == (40, 60)


def test_place_and_time_are_read_out_as_text_where_the_sender_let_them():
    bare = opened(photo(exif=exif()), keep=True)

    assert bare.taken == "2020-10-01 21:30"
    assert (bare.lat, bare.lon) == (57.70833, 11.96667)
    assert not Image.open(io.BytesIO(bare.picture)).getexif()


@pytest.mark.parametrize(
    "gps",
    [
        {},
        {1: "N", 2: (57.0,), 3: "E", 4: (11.0,)},
        {1: "N", 2: (99.0, 0.0, 0.0), 3: "E", 4: (1.0, 1.0, 1.0)},
    ],
)
def test_a_place_that_cannot_be_is_none(gps):
    bare = opened(photo(exif=exif(gps=gps, taken="igår kväll hos grannen")), keep=True)

    assert (bare.taken, bare.lat, bare.lon) == ("", None, None)


def test_a_place_that_is_no_number_is_none():
    nowhere = (float("nan"),) * 3

    assert process._place({**GOTHENBURG, 2: nowhere}) == {}


def test_south_and_west_are_below_zero():
    south = GOTHENBURG | {1: "S", 3: "W"}

    bare = opened(photo(exif=exif(gps=south)), keep=True)

    assert (bare.lat, bare.lon) == (-57.70833, -11.96667)


def test_what_can_be_seen_through_is_laid_on_white():
    bare = opened(photo("PNG", mode="RGBA", size=(4, 4)))

    assert Image.open(io.BytesIO(bare.picture)).mode == "RGB"


def test_a_large_photo_is_made_smaller():
    bare = opened(photo(size=(5000, 100)))

    assert bare.width == process.LONGEST_SIDE


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "not_a_photo"),
        (b"%PDF-1.7\n", "not_a_photo"),
        (b"\xff\xd8\xff\xe0 says that it is a JPEG", "broken"),
        (photo("GIF"), "not_a_photo"),
        (photo(size=(400, 400))[:700], "broken"),
        (png(60_000, 60_000), "too_many_pixels"),
        (png(9_000, 9_000), "too_many_pixels"),
        (png(4_000, 4_000, content=b"x"), "broken"),
    ],
)
def test_what_lies_bursts_or_is_broken_has_its_reason(content, problem):
    with pytest.raises(NotOpened, match=problem):
        opened(content)


@pytest.mark.parametrize(
    "answered",
    [
        b"",
        b"[]\n",
        b"not json\n",
        b'{"problem": "<script>"}\n',
        b'{"problem": 7}\n',
        b'{"width": 10, "height": 10}\n<html>',
        b'{"width": "10", "height": 10}\n\xff\xd8\xff',
        b'{"width": 0, "height": 10}\n\xff\xd8\xff',
        b'{"width": true, "height": 10}\n\xff\xd8\xff',
    ],
)
def test_an_answer_that_is_none_is_not_believed(answered):
    with pytest.raises(NotOpened, match=GAVE_UP):
        read_answer(answered)


def test_what_the_camera_said_is_believed_only_in_its_own_form():
    told = {"width": 1, "height": 1, "taken": "<b>igår</b>", "lat": "57", "lon": 11.9}

    bare = read_answer(json.dumps(told).encode() + b"\n\xff\xd8\xff")

    assert (bare.taken, bare.lat, bare.lon) == ("", None, None)


def test_every_reason_has_its_words():
    reasons = (process.NOT_A_PHOTO, process.TOO_MANY_PIXELS, process.BROKEN, GAVE_UP)

    assert set(PROBLEMS) == set(reasons)


REACH = f"""
import importlib.util, json, resource, socket
spec = importlib.util.spec_from_file_location("apart", {str(PROCESS)!r})
apart = importlib.util.module_from_spec(spec)
spec.loader.exec_module(apart)
apart.prepare()
apart.narrow()
tries = {{
    "file": lambda: open("/etc/hostname"),
    "socket": lambda: socket.socket(),
    "memory": lambda: bytearray(apart.MEMORY_BYTES),
}}
failed = []
for name, attempt in tries.items():
    try:
        attempt()
    except (OSError, MemoryError):
        failed.append(name)
print(json.dumps([failed, resource.getrlimit(resource.RLIMIT_CPU)[0]]))
"""


def test_the_process_can_reach_no_file_no_network_and_no_more_memory():
    done = subprocess.run(
        [sys.executable, "-I", "-c", REACH], capture_output=True, check=True, env={}
    )

    failed, cpu_seconds = json.loads(done.stdout)
    assert failed == ["file", "socket", "memory"]
    assert cpu_seconds == process.CPU_SECONDS


def test_one_photo_is_read_to_its_end_and_answered_at_once():
    told = io.BytesIO()

    process.respond(io.BytesIO(photo(exif=exif())), told, keep=False)

    bare = read_answer(told.getvalue())
    assert (bare.width, bare.height, bare.taken) == (40, 60, "")


@pytest.mark.parametrize(("words", "lat"), [((), None), (("keep",), 57.70833)])
def test_the_child_tells_the_place_only_when_asked_to_keep_it(words, lat):
    command = [sys.executable, "-I", str(PROCESS), *words]

    done = subprocess.run(command, input=photo(exif=exif()), capture_output=True, check=True)

    assert read_answer(done.stdout).lat == lat


def test_the_process_answers_by_its_path_and_imports_nothing_of_ours():
    command = [sys.executable, "-I", str(PROCESS), "keep"]

    done = subprocess.run(command, input=photo(exif=exif()), capture_output=True, check=True)

    assert read_answer(done.stdout).taken == "2020-10-01 21:30"
    assert "nosvidere" not in PROCESS.read_text()
