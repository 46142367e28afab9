"""Photos inside: opened apart, kept bare, shown to one who has opened the tip, gone when the text goes."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from nosvidere.audit.models import AuditEvent
from nosvidere.courier import store
from nosvidere.courier.models import Delivery, Enclosure
from nosvidere.engine.photos import NotOpened
from nosvidere.intake import actions, darkroom
from nosvidere.intake.models import Photo, SourceItem, Tip
from nosvidere.kernel.refused import Refused
from nosvidere.kernel.time import now
from nosvidere.rules.access import ANALYST, SOURCE_HANDLER, SYSTEM
from nosvidere.sites.purging import purge


def jpeg(*, taken="2020:10:01 21:30:05"):
    exif, written = Image.Exif(), io.BytesIO()
    exif.get_ifd(0x8769)[0x9003] = taken
    exif.get_ifd(0x8825).update({1: "N", 2: (57.0, 42.0, 30.0), 3: "E", 4: (11.0, 58.0, 0.0)})
    Image.new("RGB", (60, 40), "red").save(written, "JPEG", exif=exif)
    return written.getvalue()


@pytest.fixture
def with_photos(letter, at):
    """Return a function that takes in a letter with photos and opens them."""

    def take(*contents, kind="tip", **fields):
        delivery = letter(kind, **{"saw" if kind == "tip" else "text": "Besök."}, **fields)
        for position, content in enumerate(contents):
            Enclosure.objects.create(
                delivery=delivery, position=position, sealed=store.seal(content)
            )
        actions.take_in_tips(by=SYSTEM, at=at)
        actions.develop_photos(by=SYSTEM, at=at)
        return Tip.objects.latest("item__received_at")

    return take


def test_a_photo_is_kept_bare_and_the_courier_forgets_it(with_photos):
    tip = with_photos(jpeg())

    (photo,) = tip.photos.all()
    picture = store.unseal(bytes(photo.sealed))
    assert (photo.state, photo.width, photo.height) == ("DEVELOPED", 60, 40)
    assert not Image.open(io.BytesIO(picture)).getexif()
    assert store.unseal(bytes(photo.sealed_told)) == b"{}"
    assert not Enclosure.objects.exists()
    assert Delivery.objects.get().taken_at


def test_place_and_time_come_as_text_where_the_sender_ticked(with_photos, sign_in):
    tip = with_photos(jpeg(), photo_place="keep")

    page = open_page(sign_in(SOURCE_HANDLER), tip)

    assert "Tid enligt kameran: 2020-10-01 21:30" in page
    assert "Plats enligt kameran: 57.70833, 11.96667" in page


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"%PDF-1.7", "ingen bild av de slag"), (jpeg()[:-100], "skadad"), (b"", "ingen bild")],
)
def test_what_cannot_be_opened_is_told_and_the_tip_stays(with_photos, sign_in, content, words):
    tip = with_photos(content, jpeg())

    page = open_page(sign_in(SOURCE_HANDLER), tip)

    assert words in page
    assert "Besök." in page
    assert [photo.state for photo in tip.photos.all()] == ["REFUSED", "DEVELOPED"]
    assert bytes(tip.photos.first().sealed) == b""


def test_a_photo_that_waits_says_so(letter, at, sign_in):
    delivery = letter(saw="Besök.")
    Enclosure.objects.create(delivery=delivery, position=0, sealed=store.seal(jpeg()))
    actions.take_in_tips(by=SYSTEM, at=at)

    page = open_page(sign_in(SOURCE_HANDLER), Tip.objects.get())

    assert "Bilden öppnas strax" in page
    assert "<img" not in page


def test_photos_of_a_later_letter_stand_after_those_of_the_first(with_photos):
    tip = with_photos(jpeg(), jpeg())
    with_photos(jpeg(), kind="followup")

    assert [photo.position for photo in tip.photos.all()] == [1, 2, 3]


def open_page(client, tip):
    return client.post(f"/tips/{tip.pk}/oppna/", {"why": "Läsning"}).content.decode()


def address_in(page):
    return page.partition('<img src="')[2].partition('"')[0].replace("&amp;", "&")


def test_who_opens_the_tip_sees_the_photo_and_each_look_is_in_the_log(with_photos, sign_in):
    tip = with_photos(jpeg())
    client = sign_in(SOURCE_HANDLER)
    before = client.get(f"/tips/{tip.pk}/").content.decode()

    shown = client.get(address_in(open_page(client, tip)))

    assert "<img" not in before
    assert "Bilder" in before
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Cache-Control"] == "no-store"
    assert Image.open(io.BytesIO(shown.content)).size == (60, 40)
    assert AuditEvent.objects.filter(act="photo.read", object_id=str(tip.pk)).count() == 1


def test_a_photo_is_not_shown_without_its_tip_opened_nor_to_another(with_photos, sign_in):
    tip = with_photos(jpeg())
    client = sign_in(SOURCE_HANDLER)
    bare = f"/tips/{tip.pk}/bild/1/"
    address = address_in(open_page(client, tip))

    assert client.get(bare).status_code == 403
    assert client.get(f"{bare}?open=x").status_code == 403
    assert sign_in(SOURCE_HANDLER, code="tester-2").get(address).status_code == 403
    assert sign_in(ANALYST, code="tester-3").get(address).status_code == 403
    assert not AuditEvent.objects.filter(act="photo.read").exists()


def test_a_photo_that_went_meanwhile_is_gone(with_photos, sign_in):
    tip = with_photos(jpeg())
    client = sign_in(SOURCE_HANDLER)
    address = address_in(open_page(client, tip))
    Photo.objects.update(state="REFUSED")

    assert client.get(address).status_code == 410


def test_only_a_source_handler_opens_a_photo(with_photos, analyst, at):
    photo = with_photos(jpeg()).photos.get()

    with pytest.raises(Refused):
        actions.open_photo(photo=photo, by=analyst, at=at)


def test_photos_go_with_the_year_of_the_text_and_with_the_item(with_photos, at):
    tip = with_photos(jpeg())

    purge(at=at + timedelta(days=364))
    assert Photo.objects.count() == 1
    purge(at=at + timedelta(days=366))
    assert not Photo.objects.exists()

    tip = with_photos(jpeg())
    SourceItem.objects.filter(pk=tip.pk).delete()
    assert not Photo.objects.exists()


def test_a_photo_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(darkroom, "WAIT_SECONDS", 0.001)

    with pytest.raises(NotOpened, match="gave_up"):
        darkroom.develop(jpeg(), keep=False)


def test_a_photo_says_where_it_stands_among_the_others():
    assert str(Photo(position=2)) == "2"
    assert now()


def test_a_tip_in_the_slow_lane_stands_last_and_says_why(letter, at, sign_in):
    for number, lane in enumerate(("slow", "", "")):
        letter(saw=f"Besök {number}.", sender=str(number), **({"lane": lane} if lane else {}))
    letter(saw="Fara.", sender="9", lane="slow", danger="yes")
    letter(saw="Fara.", sender="8", danger="yes")
    actions.take_in_tips(by=SYSTEM, at=at)
    client = sign_in(SOURCE_HANDLER)

    rows = client.get("/tips/").context["rows"]
    slow = client.get("/tips/?lage=SLOW_LANE")

    lanes = [Tip.objects.get(item__diary_no=row.number).lane for row in rows]
    assert lanes == ["", "slow", "", "", "slow"]
    assert "massutskick" in rows[-1].note
    assert {row.number for row in slow.context["rows"]} == {rows[1].number, rows[-1].number}
    assert "Avsändaren fick samma tack" in slow.content.decode()
    assert "efter de andra" in client.get(rows[-1].href).content.decode()


def test_a_lane_that_does_not_exist_is_none(letter, at):
    letter(saw="Besök.", lane="fast")

    actions.take_in_tips(by=SYSTEM, at=at)

    assert Tip.objects.get().lane == ""
