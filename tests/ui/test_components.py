"""Every component says what it is, to eyes and to screen readers, without inline style or script."""

import pytest
from django.template import loader

from nosvidere.ui.components import (
    Crumb,
    ErrorItem,
    Event,
    Figure,
    Key,
    Language,
    Ledger,
    LedgerEntry,
    MapRow,
    MapTable,
    Notice,
    Option,
    Pager,
    PlaceCard,
    Status,
    Step,
    Tab,
    Toast,
    crumbs,
    pager_for,
)
from nosvidere.ui.drawing import (
    Bar,
    Point,
    WeightMark,
    WeightPart,
    bar_chart,
    series_chart,
    weight,
)


def shown(component: str, **values: object) -> str:
    return " ".join(loader.render_to_string(f"ui/{component}.html", values).split())


def test_a_button_is_a_submit_button_with_its_verb():
    html = shown(
        "button", label="Skicka tipset", kind="primary", name="send", value="1", form="tip"
    )

    assert (
        '<button class="button button-primary" type="submit" name="send" value="1" form="tip">'
        in html
    )
    assert "Skicka tipset</button>" in html


def test_a_button_that_leads_somewhere_is_a_link():
    html = shown(
        "button", label="Avbryt", href="/tips", key="a", says="Avbryt bedömningen", id="stop"
    )

    assert '<a class="button" href="/tips" id="stop"' in html
    assert 'aria-keyshortcuts="a"' in html
    assert 'aria-label="Avbryt bedömningen"' in html


def test_a_refused_button_says_why():
    html = shown("button", label="Godkänn", refused="Två håll krävs.", id="approve")

    assert 'aria-disabled="true" aria-describedby="approve-reason"' in html
    assert '<span class="button-reason" id="approve-reason">Två håll krävs.</span>' in html
    assert 'type="submit"' not in html


def test_a_button_opens_a_dialog_without_script():
    html = shown("button", label="Skicka", opens="serve", id="b", key="s", says="Skicka brevet")

    assert 'type="button"' in html
    assert 'popovertarget="serve" aria-haspopup="dialog"' in html


def test_a_choice_ties_hint_and_error_to_its_group():
    html = shown(
        "choice",
        legend="Vad gör vi?",
        name="act",
        hint="Välj ett.",
        error="Välj något.",
        options=(Option("a", "Följ", "i 60 dagar", is_chosen=True), Option("b", "Lägg åt sidan")),
        digits=True,
    )

    assert 'aria-describedby="act_hint act_error" data-digits' in html
    assert "<legend>Vad gör vi?</legend>" in html
    assert 'value="a" id="act_0" checked aria-describedby="act_0_hint"' in html
    assert html.count('type="radio"') == 2


def test_a_choice_of_many_has_checkboxes():
    html = shown("choice", legend="Vad?", name="act", options=(Option("a", "A"),), many=True)

    assert 'type="checkbox"' in html
    assert "aria-describedby" not in html


def test_an_error_summary_says_how_many_and_links_to_each_field():
    html = shown(
        "error_summary", items=(ErrorItem("Hela formuläret"), ErrorItem("Fyll i dagen.", "#id_on"))
    )

    assert 'role="alert" tabindex="-1" aria-labelledby="error-summary-title"' in html
    assert "2 saker att rätta" in html
    assert '<a href="#id_on">Fyll i dagen.</a>' in html
    assert "<li>Hela formuläret</li>" in html


def test_no_errors_show_no_summary():
    assert shown("error_summary", items=()) == ""


@pytest.mark.parametrize(
    ("kind", "word", "role"),
    [
        ("note", "Bra att veta", "note"),
        ("time", "Tiden går", "note"),
        ("danger", "Fara för någon", "alert"),
    ],
)
def test_a_notice_says_its_kind_in_a_word_and_a_shape(kind, word, role):
    html = shown("notice", notice=Notice("Text.", kind=kind, href="/x", link="Mer"))

    assert f'role="{role}"' in html
    assert word in html
    assert "<path" in html
    assert '<a href="/x">Mer</a>' in html


def test_a_notice_may_have_a_title_of_its_own():
    assert "Eget ord" in shown("notice", notice=Notice("Text.", title="Eget ord"))


def test_a_toast_undoes_by_posting():
    html = shown("toast", toast=Toast("Klart.", "/undo"), csrf_token="token")

    assert '<form method="post" action="/undo">' in html
    assert 'name="csrfmiddlewaretoken" value="token"' in html
    assert "Ångra" in html


def test_a_toast_without_undo_only_says():
    assert "<form" not in shown("toast", toast=Toast("Klart."))


def test_a_ledger_gives_both_sides_the_same_room_and_names_what_is_unknown():
    entry = LedgerEntry(
        "Korta besök", "två grannar", "sett", "2020-10-12", "2020-12-11", "+4", "/e"
    )
    passed = LedgerEntry(
        "Gammalt", "ägaren", "bekräftat", "2020-07-01", "2020-09-01", has_passed=True
    )
    html = shown("ledger", ledger=Ledger((entry, passed), (), ("vilken dörr",)))

    assert html.count('<section class="ledger-side">') == 2
    assert "Talar för <span>2</span>" in html
    assert "Inget talar emot än. Leta också efter det." in html
    assert "Gäller till" in html
    assert "Gällde till" in html
    assert "<li>vilken dörr</li>" in html


def test_a_ledger_with_nothing_for_says_so():
    assert "Inget talar för än." in shown("ledger", ledger=Ledger((), ()))


def test_a_weight_lists_its_parts_and_what_is_left():
    drawn = weight(
        [WeightPart("Besök", 4, "två håll"), WeightPart("Frisör", -1.5)],
        says="Två uppgifter.",
        marks=[WeightMark("kan bli uppslag", 2), WeightMark("stark", 6)],
    )
    html = shown("weight", weight=drawn)

    assert "Två uppgifter." in html
    assert "+4" in html
    assert "−1,5" in html
    assert '<strong class="numeric">2,5</strong>' in html
    assert "kan bli uppslag (2), stark (6)." in html


def test_a_bar_chart_has_its_sentence_its_intervals_and_its_table():
    chart = bar_chart(
        [Bar("Hamnen", 4, "4 (2–6)", 2, 6), Bar("Bruket", 1, "1")],
        says="Flest i Hamnen.",
        headings=("Del", "Antal"),
        note="95 %.",
    )
    html = shown("bar_chart", chart=chart)

    assert "<figcaption" in html
    assert html.count('class="chart-interval"') == 3
    assert '<th scope="row">Hamnen</th>' in html
    assert "95 %." in html


def test_a_series_draws_the_effort_beneath():
    chart = series_chart(
        [Point("v. 1", 2, 1, 4, 10), Point("v. 2", 3, 2, 5, 12)],
        says="Fler.",
        name="tips",
        period="Vecka",
        effort_name="kontroller",
        note="Intervall.",
    )
    html = shown("series_chart", chart=chart)

    assert 'class="chart-effort"' in html
    assert "kontroller" in html
    assert html.count('class="chart-interval"') == 2


def test_a_series_without_effort_or_intervals_draws_neither():
    chart = series_chart([Point("v. 1", 2)], says="Ett.", name="tips", period="Vecka")
    html = shown("series_chart", chart=chart)

    assert "chart-effort" not in html
    assert "chart-interval" not in html


def test_a_timeline_marks_what_is_still_to_come():
    events = (
        Event("2020-10-12", "Kom in", "Formulär.", "K-1", "/t", "2020-10-12"),
        Event("2020-12-13", "Gallras", is_coming=True),
    )
    html = shown("timeline", events=events)

    assert '<time datetime="2020-10-12">' in html
    assert '<a href="/t">Kom in</a>' in html
    assert "(kommer)" in html


def test_a_place_card_shows_state_numbers_and_the_next_step():
    card = PlaceCard(
        "Fyrgränd 7",
        "Hamnen",
        "/p",
        "bedöms",
        "working",
        "Fyra uppgifter.",
        (Figure("För", "3", "två håll"),),
        "Bedöm",
        "/next",
    )
    html = shown("place_card", place=card)

    assert '<a href="/p">Fyrgränd 7</a>' in html
    assert '<span class="state state-working">bedöms</span>' in html
    assert '<a href="/next">Bedöm</a>' in html
    assert "två håll" in html


def test_a_bare_place_card_needs_nothing_more_than_where():
    html = shown("place_card", place=PlaceCard("Fyrgränd 7", "Hamnen", "/p"))

    assert "state" not in html


def test_a_state_without_a_shape_is_still_a_word():
    assert shown("state", label="ny") == '<span class="state">ny</span>'


def test_a_map_is_drawn_from_its_table_and_keeps_places_without_coordinates_there():
    rows = (MapRow("Fyrgränd 7", ("Hamnen",), "/p", 57.7, 11.9), MapRow("Tallen 4", ("Skogen",)))
    html = shown("map", map=MapTable("m", "Platser", ("Plats", "Del"), rows, "/tiles.pmtiles"))

    assert 'data-map="m-table" data-tiles="/tiles.pmtiles"' in html
    assert '<tr data-row data-lat="57.700000" data-lon="11.900000">' in html
    assert '<tr data-row><th scope="row">Tallen 4</th>' in html
    assert 'aria-label="Karta: Platser"' in html


def test_the_map_brings_its_parts_from_this_host():
    assert 'href="/static/vendor/maplibre/maplibre-gl.css"' in shown("map_head")
    assert 'src="/static/ui/map.js"' in shown("map_scripts")


def test_a_dialog_is_named_by_its_title_and_posts_its_act():
    html = shown(
        "dialog",
        id="serve",
        title="Skicka?",
        text="Går ej att ta tillbaka.",
        action="/s",
        label="Skicka",
    )

    assert 'id="serve" popover role="dialog" aria-labelledby="serve-title"' in html
    assert '<form method="post" action="/s">' in html
    assert "Avbryt" in html


def test_a_dialog_without_an_act_can_only_be_closed():
    html = shown("dialog", id="x", title="Läs", body_template="ui/mark.html")

    assert "Stäng" in html
    assert "<form" not in html
    assert 'class="mark"' in html


def test_tabs_say_which_is_shown():
    html = shown(
        "tabs", label="Delar", tabs=(Tab("A", "/a", is_current=True, count=2), Tab("B", "/b"))
    )

    assert 'aria-label="Delar"' in html
    assert '<a href="/a" aria-current="page">A <span class="count">2</span></a>' in html


def test_a_pager_has_ways_on_where_there_are_pages():
    html = shown("pager", pager=Pager("Sida 2 av 3", "?page=1", "?page=3"))

    assert 'rel="prev" href="?page=1"' in html
    assert 'rel="next" href="?page=3"' in html


@pytest.mark.parametrize(
    ("number", "before", "after"),
    [(1, "", "?q=a&page=2"), (2, "?q=a&page=1", "?q=a&page=3"), (3, "?q=a&page=2", "")],
)
def test_the_pager_keeps_the_search(number, before, after):
    pager = pager_for(number=number, pages=3, count=140, query="q=a")

    assert (pager.previous_href, pager.next_href) == (before, after)
    assert pager.summary == f"Sida {number} av 3, 140 rader"


def test_a_pager_without_search_needs_only_the_page():
    assert pager_for(number=1, pages=2, count=60).next_href == "?page=2"


def test_a_pager_of_one_page_is_not_shown():
    assert shown("pager", pager=pager_for(number=1, pages=1, count=3)) == ""


def test_a_pager_groups_its_thousands():
    summary = pager_for(number=1200, pages=1300, count=20_000).summary

    assert summary == "Sida 1\xa0200 av 1\xa0300, 20\xa0000 rader"


def test_a_weight_on_a_fixed_scale_says_how_wide_it_is():
    drawn = weight([WeightPart("Besök", 2)], says="En uppgift.", scale=8.0)

    assert "Hela bredden är 8 poäng." in shown("weight", weight=drawn)
    assert "Hela bredden" not in shown("weight", weight=weight([WeightPart("a", 2)], says=""))


def test_steps_say_what_is_done_and_where_one_is():
    html = shown(
        "steps",
        label="Steg",
        steps=(Step("Var", "done", "igår", "/var"), Step("Vad", "current"), Step("Kod")),
    )

    assert '<li class="step-current" aria-current="step">' in html
    assert "(klart)" in html
    assert '<a href="/var">Var</a>' in html


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [
        ("empty", "class"),
        ("loading", "aria-busy"),
        ("failed", 'role="alert"'),
        ("not_allowed", "class"),
    ],
)
def test_a_state_of_having_nothing_gives_the_next_step(kind, attribute):
    html = shown("status", status=Status(kind, "Inget här", "Så är det.", "/next", "Gå vidare"))

    assert attribute in html
    assert '<a class="button" href="/next">Gå vidare</a>' in html


def test_key_help_lists_the_page_keys_beside_the_common_ones():
    html = shown("key_help", keys=(Key(("b",), "bekräfta"),))

    assert '<div data-works-with="[data-row]"><dt><kbd>j</kbd>' in html
    assert "<dt><kbd>b</kbd> </dt><dd>bekräfta</dd>" in html


def test_breadcrumbs_end_where_one_is():
    html = shown("crumbs", crumbs=(Crumb("Uppslag", "/l"), Crumb("Fyrgränd 7")))

    assert '<span aria-current="page">Fyrgränd 7</span>' in html


def test_crumbs_drop_the_last_link():
    assert crumbs(("Uppslag", "/l"), ("Fyrgränd 7", "/l/7")) == (
        Crumb("Uppslag", "/l"),
        Crumb("Fyrgränd 7"),
    )
    assert crumbs() == ()


def test_languages_are_links_in_their_own_names():
    html = shown(
        "languages",
        languages=(
            Language("sv", "svenska", "/", is_current=True),
            Language("ar", "العربية", "/ar/"),
        ),
    )

    assert '<a href="/ar/" hreflang="ar" lang="ar">العربية</a>' in html
    assert 'lang="sv" aria-current="true"' in html


def test_languages_beside_a_form_keep_what_is_written():
    html = shown("languages", languages=(Language("en", "English", "/en/"),), form="tip")

    assert (
        '<button type="submit" form="tip" name="language" value="en" lang="en">English</button>'
        in html
    )
