"""Judgements about groups of ads, their log, their texts, and input that is no good."""

from datetime import timedelta

import duckdb
import pytest
from django.conf import settings as site
from django.urls import reverse
from tests.intake.conftest import GROUNDS, HANDLER, OTHER_TWO, TEXT, THREE_ADS, ad

from nosvidere.audit.models import AuditEvent
from nosvidere.engine.linkage.evidence import contact_edge
from nosvidere.intake import queries
from nosvidere.intake.actions import (
    forget_gone_ads,
    hold_apart,
    import_ads,
    import_and_link,
    link_ads,
    link_new_ads,
    open_texts,
    release,
)
from nosvidere.intake.actions.items import KEY_FILE
from nosvidere.intake.index import index_file
from nosvidere.intake.models import Ad, AdBatch, AdLinking, Apart, GroupChange, SourceItem
from nosvidere.kernel.refused import Refused
from nosvidere.rules.access import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
WHY = "Bekräftat två olika lägenheter"


@pytest.fixture
def group(ads_file, at):
    """The name of a group of three ads."""
    import_and_link(file=ads_file(*THREE_ADS, *OTHER_TWO), **GROUNDS, by=HANDLER, at=at)
    return queries.ad_groups(reader=HANDLER)[0]["organiser_group"]


def members(group):
    return list(queries.ads_in_group(reader=HANDLER, group=group))


def test_new_ads_join_the_groups_that_are_there(group, ads_file, at):
    more = [ad(20 + n, phone="070-174 06 01", text=f"{TEXT} nytt{n}") for n in range(3)]

    import_and_link(file=ads_file(*more), **GROUNDS, by=HANDLER, at=at)

    assert len(members(group)) == 6
    assert AdLinking.objects.get().ads == 8


def test_the_batch_gives_what_the_additions_gave(group, ads_file, at):
    import_and_link(file=ads_file(ad(20, phone="070-174 06 01")), **GROUNDS, by=HANDLER, at=at)
    rows = Ad.objects.order_by("pk").values_list("pk", "text_group", "organiser_group")
    before = list(rows)

    link_ads(by=HANDLER, at=at)

    assert list(rows.all()) == before


def test_an_index_out_of_step_is_made_anew(group, at):
    Ad.objects.filter(pk=members(group)[0].pk).delete()

    link_new_ads(by=HANDLER, at=at)

    assert AdLinking.objects.get().ads == 4


def test_a_batch_without_an_index_counts_the_words_anew(group, at):
    index_file().unlink()
    AdLinking.objects.update(background_ads=4)

    link_ads(by=HANDLER, at=at + timedelta(days=1))

    kept = AdLinking.objects.get()
    assert (kept.background_ads, kept.background_at) == (5, at + timedelta(days=1))
    assert len(members(group)) == 3


def test_the_groups_are_the_same_however_many_ads_are_written_at_a_time(ads_file, at, monkeypatch):
    monkeypatch.setattr("nosvidere.intake.actions.linking.AT_A_TIME", 2)

    import_and_link(file=ads_file(*THREE_ADS, *OTHER_TWO), **GROUNDS, by=HANDLER, at=at)

    sizes = [found["ads"] for found in queries.ad_groups(reader=HANDLER)]
    assert sorted(sizes) == [2, 3]
    assert not Ad.objects.filter(organiser_group="").exists()


def test_only_what_two_ads_of_the_group_share_is_told():
    within, outside = (
        contact_edge("a", other, count=2, out_of=9, is_quarantined=False) for other in "bx"
    )

    shared = queries.shared_in_group(edges=[within, outside], numbers={"a": "A-1", "b": "A-2"})

    assert [(row.left, row.right) for row in shared] == [("A-1", "A-2")]


def test_without_an_index_the_page_of_a_judgement_says_what_to_do(sign_in, group):
    one, _, other = members(group)
    index_file().unlink()
    asked = {"a": one.item.diary_no, "b": other.item.diary_no}

    page = sign_in("analyst").get(reverse("intake:apart", args=[group]), asked)

    assert "Gruppera om först" in page.content.decode()


def test_two_held_apart_part_and_come_together_again(group, analyst, at):
    one, other = members(group)[0], members(group)[2]

    said = hold_apart(one=one, other=other, reason=WHY, by=analyst, at=at)
    link_ads(by=HANDLER, at=at)
    one.refresh_from_db()
    other.refresh_from_db()
    assert one.organiser_group != other.organiser_group
    assert GroupChange.objects.get().kind == "split"
    assert str(said) == WHY

    release(apart=said, by=analyst, at=at)

    one.refresh_from_db()
    other.refresh_from_db()
    assert one.organiser_group == other.organiser_group
    assert [change.kind for change in queries.group_changes(reader=analyst)] == ["merged", "split"]
    assert str(GroupChange.objects.first()) == "slogs ihop"
    assert AuditEvent.objects.filter(act__in=["ad.hold_apart", "ad.release"]).count() == 2
    with pytest.raises(Refused, match="redan"):
        release(apart=said, by=analyst, at=at)


@pytest.mark.parametrize(("which", "reason"), [(0, WHY), (2, "nej"), (2, "x" * 241)])
def test_a_judgement_needs_two_ads_and_a_reason(group, analyst, at, which, reason):
    ads = members(group)

    with pytest.raises(Refused):
        hold_apart(one=ads[0], other=ads[which], reason=reason, by=analyst, at=at)

    assert not Apart.objects.exists()


def test_no_judgement_without_an_index(group, analyst, at):
    one, _, other = members(group)
    index_file().unlink()

    assert queries.would_part(reader=analyst, one=one, other=other) is None
    with pytest.raises(Refused, match="Gruppera om"):
        hold_apart(one=one, other=other, reason=WHY, by=analyst, at=at)


def test_a_purged_ad_takes_its_judgement_and_leaves_the_index(group, analyst, at):
    one, middle, other = members(group)
    hold_apart(one=one, other=other, reason=WHY, by=analyst, at=at)
    SourceItem.objects.filter(pk=one.pk).delete()

    assert forget_gone_ads(by=SYSTEM, at=at) == 1
    assert forget_gone_ads(by=SYSTEM, at=at) == 0

    assert not Apart.objects.exists()
    assert one.pk.bytes not in index_file().read_bytes()
    assert str(one.pk).encode() not in index_file().read_bytes()
    middle.refresh_from_db()
    other.refresh_from_db()
    assert middle.organiser_group == other.organiser_group != ""


def test_without_an_index_there_is_nothing_to_forget(at):
    assert forget_gone_ads(by=SYSTEM, at=at) == 0


def test_the_page_shows_the_effect_first_and_does_it_when_confirmed(sign_in, group):
    client = sign_in("analyst")
    one, _, other = members(group)
    page = client.get(reverse("intake:group", args=[group])).content.decode()
    assert "Inte samma" in page
    assert "Svagaste stället" in page
    address = (
        f"{reverse('intake:apart', args=[group])}?a={one.item.diary_no}&b={other.item.diary_no}"
    )

    effect = client.get(address).content.decode()
    refused = client.post(address, {"reason": "nej"})
    done = client.post(address, {"reason": WHY})

    assert "Gruppen på 3 annonser delas i" in effect
    assert (refused.status_code, done.status_code) == (422, 302)
    one.refresh_from_db()
    said = Apart.objects.get()
    shown = client.get(reverse("intake:group", args=[group])).content.decode()
    undo = client.get(reverse("intake:release", args=[said.pk])).content.decode()
    client.post(reverse("intake:release", args=[said.pk]))
    assert WHY in shown
    assert "slås ihop igen" in undo
    assert "slogs ihop" in client.get(reverse("intake:changes")).content.decode()
    assert Apart.objects.get().undone_by == "tester-1"
    assert client.get(reverse("intake:release", args=[said.pk])).status_code == 404


def test_only_the_analyst_judges(sign_in, group):
    client = sign_in("source_handler")
    one, _, other = members(group)

    page = client.get(reverse("intake:group", args=[group])).content.decode()
    answer = client.get(
        reverse("intake:apart", args=[group]), {"a": one.item.diary_no, "b": other.item.diary_no}
    )

    assert "Inte samma" not in page
    assert answer.status_code == 403


def test_texts_are_kept_sealed_only_where_that_is_switched_on(settings, ads_file, at):
    import_and_link(file=ads_file(ad(1)), **GROUNDS, by=HANDLER, at=at)
    settings.KEEP_AD_TEXT = True
    import_and_link(file=ads_file(ad(2), ad(3, text="")), **GROUNDS, by=HANDLER, at=at)

    kept = [bytes(sealed) for sealed in Ad.objects.values_list("sealed_text", flat=True)]

    assert sorted(map(bool, kept)) == [False, True]
    assert not any(b"hamnen" in sealed for sealed in kept)


def test_texts_are_opened_side_by_side_with_a_reason_in_the_log(settings, sign_in, ads_file, at):
    settings.KEEP_AD_TEXT = True
    rows = [ad(n, text=TEXT.replace("gult", colour)) for n, colour in enumerate(["rött", "blått"])]
    import_and_link(file=ads_file(*rows), **GROUNDS, by=HANDLER, at=at)
    name = queries.ad_groups(reader=HANDLER)[0]["organiser_group"]
    client = sign_in("source_handler")

    without = client.post(reverse("intake:texts", args=[name]), {"why": "nej"})
    page = client.post(reverse("intake:texts", args=[name]), {"why": "Pröva om texten är lånad"})

    assert without.status_code == 422
    assert "<mark>rött</mark>" in page.content.decode()
    assert AuditEvent.objects.get(act="ad.open_texts").why == "Pröva om texten är lånad"
    assert (
        sign_in("analyst", code="tester-2").post(reverse("intake:texts", args=[name])).status_code
        == 403
    )


def test_texts_that_are_gone_or_switched_off_say_so(settings, sign_in, group, at):
    client = sign_in("source_handler")
    address = reverse("intake:group", args=[group])
    assert "avstängt" in client.get(address).content.decode()
    settings.KEEP_AD_TEXT = True
    assert "gallrade eller har aldrig sparats" in client.get(address).content.decode()
    with pytest.raises(Refused, match="gallrade"):
        open_texts(group=group, why="Pröva texten", by=HANDLER, at=at)
    assert client.post(reverse("intake:texts", args=["o1"]), {"why": WHY}).status_code == 404


def test_a_lost_key_is_refused_with_what_to_do(ads_file, at):
    (site.KEYS / KEY_FILE).unlink()

    with pytest.raises(Refused, match="säkerhetskopian"):
        import_ads(file=ads_file(ad(1)), **GROUNDS, by=HANDLER, at=at)

    assert not AdBatch.objects.exists()


def test_another_key_than_before_is_refused(group, ads_file, at):
    (site.KEYS / KEY_FILE).write_bytes(b"n" * 32)

    with pytest.raises(Refused, match="en annan"):
        import_ads(file=ads_file(ad(30)), **GROUNDS, by=HANDLER, at=at)

    Ad.objects.all().delete()
    assert import_ads(file=ads_file(ad(30)), **GROUNDS, by=HANDLER, at=at).taken == 1


BAD = (
    ad(1, text="", phone="070-174 06 01"),
    ad(2, text="hej"),
    ad(3, text="ord " * 25_000),
    ad(4),
    ad(4),
    ad(5, phone="1500 kr", text="Pris 1500 kronor och 2000 kronor hela kvällen"),
    ad(6, text="", phone=""),
)


def test_odd_ads_are_taken_or_told(ads_file, at):
    batch = import_and_link(file=ads_file(*BAD), **GROUNDS, by=HANDLER, at=at)

    assert (batch.taken, batch.rejected) == (5, 2)
    assert [line for line, _ in batch.rejections] == [6, 8]
    assert all(group for group in Ad.objects.values_list("text_group", flat=True))
    assert not queries.ad_groups(reader=HANDLER).exists()


def test_a_price_is_no_telephone(ads_file, at):
    import_ads(
        file=ads_file(ad(5, text="Pris 1500 kronor och 2000 kronor")), **GROUNDS, by=HANDLER, at=at
    )

    assert Ad.objects.get().contacts == []


def test_a_contact_of_a_whole_site_ties_nobody(ads_file, at):
    rows = [
        ad(
            n,
            phone="08-900 000 00",
            text=" ".join(f"ord{chr(97 + n)}{chr(97 + at)}" for at in range(8)),
        )
        for n in range(14)
    ]

    import_and_link(file=ads_file(*rows), **GROUNDS, by=HANDLER, at=at)

    assert not queries.ad_groups(reader=HANDLER).exists()
    assert len(AdLinking.objects.get().quarantined) == 1


def test_a_row_in_another_encoding_is_told(ads_file, tmp_path, at):
    file = ads_file(ad(1))
    with file.open("ab") as more:
        more.write(ad(2, text="blå båt").encode("latin-1") + b"\n")

    batch = import_ads(file=file, **GROUNDS, by=HANDLER, at=at)

    assert (batch.taken, batch.rejected) == (1, 1)
    assert "UTF-8" in batch.rejections[0][1]


def test_a_parquet_with_other_types_is_read(tmp_path, at):
    file = tmp_path / "ads.parquet"
    duckdb.sql(
        "COPY (SELECT 17 AS ad_id, DATE '2020-09-20' AS seen_at, 701740601 AS phone, 'grön båt vid bryggan' AS text) "
        f"TO '{file}' (FORMAT parquet)"
    )

    batch = import_ads(file=file, **GROUNDS, by=HANDLER, at=at)

    assert (batch.taken, batch.rejected) == (1, 0)


def test_the_negative_control_of_a_run_is_kept_and_shown(sign_in, ads_file, at):
    rows = [
        ad(n, text=" ".join(f"ord{chr(97 + n % 26)}{chr(97 + w)}{n}x" for w in range(12)))
        for n in range(30)
    ]
    import_and_link(file=ads_file(*rows), **GROUNDS, by=HANDLER, at=at)

    page = sign_in("analyst").get(reverse("intake:ads")).content.decode()

    assert AdLinking.objects.get().singles_grouped == 0.0
    assert "Kontroll: 0,0 procent" in page


def test_nothing_about_a_person_is_kept_of_an_ad():
    fields = {field.name for model in (Ad, Apart, GroupChange) for field in model._meta.fields}

    assert not fields & {
        "person",
        "name",
        "language",
        "ethnicity",
        "origin",
        "age",
        "price",
        "wording",
    }
