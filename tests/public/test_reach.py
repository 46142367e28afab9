"""Who can use the pages: with any of the languages, by keys alone, at 400 %, in forced colours; the way out never covered."""

import pytest
from playwright.sync_api import Page
from tests.public import test_browser

from nosvidere.public.languages import LANGUAGES, WRITTEN

pytestmark = [pytest.mark.browser, pytest.mark.slow]
host, reader = test_browser.host, test_browser.reader

OTHERS = [code for code, _name in LANGUAGES if code not in WRITTEN]
MAIN_PAGES = ("", "tecken/", "tipsa/", "folj/", "hjalp/salt-sex/", "tillganglighet/")
EVERY_PAGE = (
    *MAIN_PAGES,
    *("hjalp/kopt-sex/", "hjalp/hyra-ut/", "vad-hander/", "integritet/", "hyresvard/", "nej/"),
)
AT_THE_WAY_OUT = """() => {
    const way = document.querySelector('.leave a'), box = way.getBoundingClientRect();
    const corners = [[1, .5], [.5, .5], [0, .5]].map(([x, y]) => document.elementFromPoint(
        box.left + 4 + x * (box.width - 8), box.top + y * box.height));
    return corners.every(one => way.contains(one));
}"""
BORDER = "one => getComputedStyle(one).borderTopStyle + ' ' + parseFloat(getComputedStyle(one).borderTopWidth)"
MARK_CONTROLS = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), textarea, summary')]
    .filter(one => one.tabIndex >= 0 && one.getClientRects().length)
    .map((one, number) => one.dataset.stop = number).length"""
MOST_STOPS = 80


def tab_to(page: Page, what: str) -> None:
    """Press the tab key until what is wanted has the focus, and see that the focus is shown."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            outline = "() => getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(outline) != "none"
            return
    pytest.fail(f"{what} is not reached by {MOST_STOPS} presses")


def go_on(page: Page) -> None:
    """Press enter and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("code", OTHERS)
def test_the_pages_of_every_language_are_accessible_at_four_times_the_size(host, reader, code):
    for path in EVERY_PAGE if code == "ar" else MAIN_PAGES:
        reader.go(f"{host.url}/{code}/{path}")


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_every_page_in_swedish_and_english_is_accessible(host, reader, prefix):
    for path in EVERY_PAGE:
        reader.go(f"{host.url}/{prefix}{path}")


@pytest.mark.parametrize("code", ["sv", "en", *OTHERS])
def test_a_tip_is_written_and_sent_by_keys_alone(host, reader, code):
    page = reader.page
    page.goto(f"{host.url}/" if code == "sv" else f"{host.url}/{code}/")

    tab_to(page, ".actions .button-primary")
    go_on(page)
    tab_to(page, ".actions .button-primary")
    go_on(page)
    tab_to(page, "[name=place]")
    page.keyboard.type("Fyrgatan 3")
    tab_to(page, "button[value=what]")
    go_on(page)
    tab_to(page, "[name=signs][value=F01]")
    page.keyboard.press("Space")
    tab_to(page, "button[value=when]")
    go_on(page)
    tab_to(page, "[name=basis]")
    page.keyboard.press("Space")
    tab_to(page, "form .button-primary")
    go_on(page)
    page.wait_for_selector(".code")

    (letter,) = host.do(host.police.letters)
    assert letter.lang == code
    assert letter.fields["signs"] == "F01"
    assert letter.fields["basis"] == "FACT"


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_control_of_a_page_is_reached_by_keys_alone_and_keeps_its_edge(host, reader, path):
    page = reader.page
    page.emulate_media(forced_colors="active")
    page.goto(f"{host.url}/ar/{path}")
    controls = page.evaluate(MARK_CONTROLS)
    seen = set()

    for _ in range(2 * controls):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("() => document.activeElement.dataset.stop"))

    assert {str(number) for number in range(controls)} <= seen
    buttons = page.locator(".button, .leave a:first-child, .input").all()
    assert all(one.evaluate(BORDER).startswith("solid ") for one in buttons)


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_the_way_out_is_never_covered(host, reader, path):
    reader.page.goto(f"{host.url}/{path}")
    height = reader.page.evaluate("() => document.documentElement.scrollHeight")

    for top in range(0, height, 200):
        reader.page.evaluate("top => scrollTo(0, top)", top)
        assert reader.page.evaluate(AT_THE_WAY_OUT), top


@pytest.mark.parametrize(("code", "side"), [("sv", "right"), ("ar", "left"), ("fa", "left")])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_is_mirrored_where_one_reads_from_the_right(host, reader, code, side, width):
    page = reader.page
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{host.url}/" if code == "sv" else f"{host.url}/{code}/")

    way, home = (page.locator(one).bounding_box() for one in (".leave a:first-child", ".top a"))
    assert way is not None
    assert home is not None
    assert (way["x"] > home["x"]) is (side == "right")
    assert page.evaluate(test_browser.STICKS_OUT) <= 0


def test_in_forced_colours_what_can_be_pressed_and_what_is_chosen_keeps_its_edge(host, reader):
    page = reader.page
    page.emulate_media(forced_colors="active")
    page.goto(f"{host.url}/tipsa/")
    page.fill("[name=place]", "Fyrgatan 3")
    page.locator("button[value=what]").click()
    page.check("[name=signs][value=F01]")

    edges = {
        what: page.locator(what).first.evaluate(BORDER)
        for what in (
            ".leave a:first-child",
            ".button-primary",
            ".choice:has(:checked)",
            "textarea",
        )
    }

    assert all(edge.startswith("solid") and edge[-1] != "0" for edge in edges.values()), edges
    assert edges[".choice:has(:checked)"] == "solid 3"


def test_chosen_and_not_chosen_differ_by_more_than_colour(host, reader):
    page = reader.page
    page.goto(f"{host.url}/tipsa/")

    page.check("[name=place_unknown]")

    assert page.is_checked("[name=place_unknown]")
    assert page.locator("[name=place_unknown]").evaluate(
        "one => getComputedStyle(one).appearance"
    ) in {"auto", "checkbox"}  # the browser's own mark, not a colour of ours
