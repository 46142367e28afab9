"""Ads: imported on a lawful ground, minimised, linked, explained."""

import json
from datetime import date

import pytest
from tests.intake.conftest import GROUNDS, OTHER_TWO, THREE_ADS, ad

from nosvidere.audit.models import AuditEvent
from nosvidere.engine.linkage import UnusableFile
from nosvidere.intake import queries
from nosvidere.intake.actions import import_ads, import_and_link, link_ads
from nosvidere.intake.models import Ad, AdBatch, AdLinking, SourceItem
from nosvidere.kernel.refused import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture
def linked(ads_file, source_handler, at):
    """Five ads in two groups."""
    return import_and_link(
        file=ads_file(*THREE_ADS, *OTHER_TWO), **GROUNDS, by=source_handler, at=at
    )


def groups(reader):
    return list(queries.ad_groups(reader=reader))


def test_of_an_ad_only_hashes_place_and_dates_are_kept(ads_file, source_handler, at):
    batch = import_ads(file=ads_file(*THREE_ADS), **GROUNDS, by=source_handler, at=at)

    kept = json.dumps(list(Ad.objects.values()), default=str) + json.dumps(
        list(SourceItem.objects.values()), default=str
    )
    assert (batch.taken, batch.seen_again, batch.rejected) == (3, 0, 0)
    assert not any(
        word in kept for word in ("174 06", "1740601", "Rummet", "hamnen", "segel", '"a-1"')
    )
    first = Ad.objects.select_related("item", "place").order_by("item__diary_no").first()
    assert str(first.place) == "Tångvägen 1"
    assert first.item.lawful_ground == GROUNDS["legal_ground"]
    assert first.item.expires_on == date(2021, 3, 19)
    assert AuditEvent.objects.get(act="ad.import").fields == {"taken": 3, "rejected": 0}


def test_an_ad_seen_again_only_gets_its_later_date(ads_file, source_handler, at):
    import_ads(file=ads_file(*THREE_ADS), **GROUNDS, by=source_handler, at=at)
    later, earlier = ad(1, seen_at="2020-09-28"), ad(2, seen_at="2020-09-01")

    batch = import_ads(file=ads_file(later, earlier), **GROUNDS, by=source_handler, at=at)

    assert (batch.taken, batch.seen_again) == (0, 2)
    seen = dict(Ad.objects.order_by("item__diary_no").values_list("first_seen_on", "last_seen_on"))
    assert seen[date(2020, 9, 20)] in {date(2020, 9, 28), date(2020, 9, 20)}
    assert Ad.objects.filter(last_seen_on=date(2020, 9, 28)).count() == 1
    assert Ad.objects.filter(last_seen_on=date(2020, 9, 22)).count() == 1
    assert SourceItem.objects.filter(expires_on=date(2021, 3, 27)).count() == 1


def test_the_day_is_that_of_stockholm(ads_file, source_handler, at):
    import_ads(
        file=ads_file(ad(1, seen_at="2020-09-20T23:30:00+00:00")),
        **GROUNDS,
        by=source_handler,
        at=at,
    )

    assert Ad.objects.get().first_seen_on == date(2020, 9, 21)


def test_bad_rows_are_listed_with_line_and_reason(ads_file, source_handler, at):
    batch = import_ads(
        file=ads_file(THREE_ADS[0], ad(7, seen_at="i går"), THREE_ADS[0]),
        **GROUNDS,
        by=source_handler,
        at=at,
    )

    assert (batch.taken, batch.rejected) == (1, 2)
    assert [line for line, _ in batch.rejections] == [3, 4]


@pytest.mark.parametrize(
    "grounds",
    [
        {"lawful_source": "", "legal_ground": "PBL 2 kap."},
        {"lawful_source": "För hand", "legal_ground": "PBL"},
        {"lawful_source": "x" * 121, "legal_ground": "PBL 2 kap."},
    ],
)
def test_no_import_without_source_and_ground(ads_file, source_handler, at, grounds):
    with pytest.raises(Refused):
        import_ads(file=ads_file(*THREE_ADS), **grounds, by=source_handler, at=at)

    assert not AdBatch.objects.exists()


def test_the_analyst_imports_no_ads(ads_file, analyst, at):
    with pytest.raises(Refused):
        import_ads(file=ads_file(*THREE_ADS), **GROUNDS, by=analyst, at=at)


def test_a_missing_file_says_what_to_do(tmp_path, source_handler, at):
    with pytest.raises(UnusableFile, match="Gör så här"):
        import_ads(file=tmp_path / "nej.csv", **GROUNDS, by=source_handler, at=at)

    assert not AdBatch.objects.exists()


def test_ads_that_share_a_contact_stand_together(linked, source_handler):
    three, two = groups(source_handler)

    assert (three["ads"], three["towns"], three["places"]) == (3, 2, 2)
    assert (three["first_on"], three["last_on"]) == (date(2020, 9, 20), date(2020, 9, 22))
    assert two["ads"] == 2
    assert AuditEvent.objects.get(act="ad.link").fields == {"ads": 5, "groups": 2}


def test_linking_again_gives_the_same(linked, source_handler, at):
    before = list(Ad.objects.order_by("pk").values_list("pk", "text_group", "organiser_group"))

    assert link_ads(by=source_handler, at=at) == 2

    assert (
        list(Ad.objects.order_by("pk").values_list("pk", "text_group", "organiser_group"))
        == before
    )
    assert AdLinking.objects.count() == 1


def test_a_group_is_explained_by_what_was_kept(linked, source_handler):
    three, two = (g["organiser_group"] for g in groups(source_handler))

    why = queries.explain_group(reader=source_handler, group=three)
    pair = queries.explain_group(reader=source_handler, group=two)

    assert "contact" in why.kinds
    assert any("delar en kontaktuppgift" in sentence for sentence in why.sentences)
    assert any("för sin säkerhet" in sentence for sentence in why.sentences)
    assert not pair.is_organised


def test_an_expired_ad_is_linked_to_nothing(linked, source_handler, at):
    SourceItem.objects.filter(
        ad__organiser_group=groups(source_handler)[0]["organiser_group"]
    ).update(state="EXPIRED")

    assert link_ads(by=source_handler, at=at) == 1
    assert len(list(queries.ad_records())) == 2


def test_the_group_of_an_ad_tells_where_it_was_seen(linked):
    one = Ad.objects.select_related("place").order_by("item__diary_no").first()

    group, sightings = queries.group_sightings(one)

    assert group == one.organiser_group
    assert {s.municipality for s in sightings} == {"Havsby", "Sjöby", ""}


def test_an_ad_that_stands_alone_is_its_own_group(ads_file, source_handler, at):
    import_ads(file=ads_file(THREE_ADS[0]), **GROUNDS, by=source_handler, at=at)
    one = Ad.objects.get()

    assert queries.group_sightings(one)[0] == str(one.pk)
    assert str(one) == one.item.diary_no


def test_nothing_is_explained_before_the_first_linking(ads_file, source_handler, at):
    import_ads(file=ads_file(THREE_ADS[0]), **GROUNDS, by=source_handler, at=at)

    assert queries.last_linking(reader=source_handler) is None
    assert queries.explain_group(reader=source_handler, group="o1").ads == 0
