"""The showcase in a real browser: accessible, within its policy, usable by keyboard, its map truly drawn."""

from collections.abc import Iterator

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VARIANTS = [
    "",
    "?theme=dark",
    "?lang=en&dir=rtl",
    "?mood=outside",
    "?mood=outside&theme=dark",
    "?mood=outside&dir=rtl",
]
WIDTHS = (1440, 390, 320)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
        )
        yield browser
        browser.close()


@pytest.fixture
def tab(browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    yield page
    page.close()


def show(tab: Page, address: str) -> list[str]:
    """Open the page and return what the browser complains of, as it grows."""
    complaints: list[str] = []
    tab.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(address)
    return complaints


@pytest.mark.parametrize("query", VARIANTS)
def test_the_showcase_has_no_accessibility_violation(tab, address, query):
    show(tab, f"{address}/ui/showcase{query}")

    found = Axe().run(tab)["violations"]

    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("query", ["", "?mood=outside"])
def test_the_browser_complains_of_nothing(tab, address, query):
    complaints = show(tab, f"{address}/ui/showcase{query}")

    tab.wait_for_timeout(500)

    assert complaints == []


@pytest.mark.parametrize("query", ["", "?dir=rtl", "?mood=outside", "?mood=outside&dir=rtl"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out_sideways(tab, address, query, width):
    tab.set_viewport_size({"width": width, "height": 800})
    show(tab, f"{address}/ui/showcase{query}")

    assert tab.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def test_outside_everything_to_press_is_large_enough(tab, address):
    tab.set_viewport_size({"width": 390, "height": 800})
    show(tab, f"{address}/ui/showcase?mood=outside")

    small = tab.evaluate(
        "() => [...document.querySelectorAll('.button, .choice, .leave a:first-child, .languages a, summary, .input')]"
        ".filter(one => one.getBoundingClientRect().height < 48).map(one => one.outerHTML.slice(0, 80))"
    )

    assert small == []


def test_outside_the_way_out_is_the_first_stop_and_stays_in_sight(tab, address):
    tab.set_viewport_size({"width": 390, "height": 800})
    show(tab, f"{address}/ui/showcase?mood=outside")

    tab.keyboard.press("Tab")
    href = tab.evaluate("() => document.activeElement.href")
    tab.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    box = tab.locator(".leave a").first.bounding_box()

    assert href == "https://www.smhi.se/"
    assert box is not None
    assert 0 <= box["y"] < 100


def test_the_outside_asks_for_nothing_beyond_its_page(tab, address):
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))

    show(tab, f"{address}/ui/showcase?mood=outside")
    tab.wait_for_timeout(300)

    assert [url for url in asked if not url.startswith("data:")] == [
        f"{address}/ui/showcase?mood=outside"
    ]


def test_the_map_is_drawn_with_its_rings_and_a_cluster_in_words(tab, address):
    show(tab, f"{address}/ui/showcase")
    tab.wait_for_selector("[data-map][data-ready]", timeout=20_000)

    box = tab.locator("[data-map] canvas").bounding_box()
    tab.wait_for_selector(".map-cluster")

    assert box is not None
    assert box["width"] > 300
    assert box["height"] > 300
    assert "2 platser" in tab.locator(".map-cluster").first.inner_text()
    assert len({*tab.locator("[data-map]").screenshot()}) > 100


def test_the_base_map_is_read_from_one_file_and_districts_are_named(tab, address):
    complaints = show(tab, f"{address}/ui/showcase?tiles=/tiles/map.pmtiles")
    tab.wait_for_selector("[data-map][data-ready]", timeout=20_000)

    names = tab.locator(".map-name").all_inner_texts()

    assert names == ["Mitten"]
    assert complaints == []


def test_without_its_tiles_the_map_says_so_and_the_table_stays(tab, address):
    show(tab, f"{address}/ui/showcase?tiles=/tiles/nowhere.pmtiles")

    tab.wait_for_selector("text=Tabellen visar samma platser")

    assert tab.get_by_role("link", name="Kvarnbacken 21").is_visible()


def test_a_row_and_its_ring_belong_together(tab, address):
    show(tab, f"{address}/ui/showcase")
    tab.wait_for_selector("[data-map][data-ready]", timeout=20_000)
    canvas = tab.locator("[data-map] canvas")

    tab.evaluate("() => document.activeElement.blur()")
    before = canvas.screenshot()
    tab.get_by_role("link", name="Kvarnbacken 21").focus()
    tab.wait_for_timeout(400)
    after = canvas.screenshot()
    tab.keyboard.press("m")

    assert before != after
    assert tab.evaluate("() => document.activeElement.tagName") == "CANVAS"


def test_j_and_k_walk_the_rows(tab, address):
    show(tab, f"{address}/ui/showcase")
    focused = "() => document.activeElement.innerText"
    tab.evaluate("() => document.activeElement.blur()")

    tab.keyboard.press("j")
    first = tab.evaluate(focused)
    tab.keyboard.press("j")
    second = tab.evaluate(focused)
    tab.keyboard.press("k")

    assert first.startswith("Många okända besökare")
    assert second != first
    assert tab.evaluate(focused) == first


def test_digits_choose_and_letters_typed_in_a_field_do_not(tab, address):
    show(tab, f"{address}/ui/showcase")
    tab.evaluate("() => document.activeElement.blur()")

    tab.keyboard.press("2")
    is_chosen = tab.locator("input[name=decision][value=check]").is_checked()
    tab.locator("#id_place").focus()
    tab.keyboard.type("j1")

    assert is_chosen
    assert tab.locator("#id_place").input_value() == "j1"
    assert not tab.locator("input[name=decision][value=track]").is_checked()


def test_a_question_mark_shows_the_keys_and_escape_hides_them(tab, address):
    show(tab, f"{address}/ui/showcase")
    tab.evaluate("() => document.activeElement.blur()")

    tab.keyboard.press("?")
    is_shown = tab.locator("#key-help").is_visible()
    tab.keyboard.press("Escape")

    assert is_shown
    assert not tab.locator("#key-help").is_visible()


def test_the_key_help_shows_only_what_works_here(tab, address):
    show(tab, f"{address}/ui/showcase")
    tab.evaluate("() => document.activeElement.blur()")
    tab.evaluate(
        "() => document.querySelectorAll('[data-digits]').forEach((one) => one.removeAttribute('data-digits'))"
    )

    tab.keyboard.press("?")
    told = tab.locator("#key-help").inner_text()

    assert "nästa och föregående rad" in told
    assert "välj svar" not in told
    assert "Spara bedömningen" in told
    assert told.count("Ångra") == 1


def test_a_list_is_cards_on_a_phone_and_a_table_on_a_desk(tab, address):
    show(tab, f"{address}/ui/showcase")
    state = tab.locator(".as-cards .card-state").nth(1)
    name = tab.locator(".as-cards tbody th").nth(1)

    tab.set_viewport_size({"width": 390, "height": 800})
    number, beside = name.bounding_box(), state.bounding_box()
    empty = tab.locator(".as-cards [data-empty]").is_visible()
    tab.set_viewport_size({"width": 1440, "height": 800})

    assert abs(number["y"] - beside["y"]) < 12
    assert beside["x"] + beside["width"] <= 390
    assert not empty
    assert tab.locator(".as-cards [data-empty]").is_visible()


def test_the_frame_of_a_phone_is_low_and_its_banner_one_line(tab, address):
    tab.set_viewport_size({"width": 390, "height": 800})
    show(tab, f"{address}/ui/showcase")

    banner, frame = (tab.locator(name).bounding_box() for name in (".demo-banner", ".masthead"))

    assert banner["height"] < 40
    assert banner["height"] + frame["height"] < 140


def test_what_was_done_is_said_in_the_corner(tab, address):
    show(tab, f"{address}/ui/showcase")

    assert (
        tab.evaluate("() => getComputedStyle(document.querySelector('.toasts')).justifyItems")
        == "start"
    )


def test_a_dialog_opens_without_script(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/ui/showcase")

    page.get_by_role("button", name="Skicka underrättelsen").first.click()

    assert page.locator("#serve").is_visible()
    assert page.get_by_text("Allt som finns på den står i tabellen").is_visible()
    context.close()


def test_forced_colours_and_print_keep_the_contents(tab, address):
    tab.emulate_media(forced_colors="active")
    show(tab, f"{address}/ui/showcase")
    has_forced = tab.evaluate("() => matchMedia('(forced-colors: active)').matches")
    tab.emulate_media(media="print")

    assert has_forced
    assert not tab.locator(".sections").is_visible()
    assert tab.locator(".ledger").first.is_visible()
