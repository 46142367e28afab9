"""What a visitor's browser has to fetch: weight of each page, and how long a slow phone takes to show it."""

import statistics
from dataclasses import dataclass

from drop_host import TIP, get, new_tips, post
from playwright.sync_api import CDPSession, Page, sync_playwright

PAGES = (
    *("/", "/tecken/", "/tipsa/", "/folj/", "/hyresvard/", "/lagesbild/", "/vad-hander/"),
    *("/hjalp/salt-sex/", "/hjalp/kopt-sex/", "/hjalp/hyra-ut/", "/integritet/"),
    "/tillganglighet/",
)
NET = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER_CPU = 4
PHONE = {"width": 390, "height": 844}
TIMES = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return [paint ? paint.startTime : -1, page.loadEventEnd];
}"""


@dataclass(frozen=True, slots=True)
class Shown:
    """One page on the slow phone, in milliseconds, the middle of several loads."""

    page: str
    first_paint: float
    ready: float


def weights(port: int) -> dict[str, int]:
    """Return the bytes on the wire of each page, head and compressed body, in Swedish and English together the larger."""
    return {page: max(get(port, page)[2], get(port, "/en" + page)[2]) for page in PAGES}


def journey(port: int) -> int:
    """Return the bytes on the wire of a whole journey: first page, the signs, three screens and the thanks."""
    (tip,) = new_tips(port, 1)
    pages = [get(port, address)[2] for address in ("/", "/tecken/", "/tipsa/")]
    for at, go in (("where", "what"), ("what", "when")):
        pages.append(post(port, "/tipsa/", tip | {"at": at, "go": go})[2])
    return sum(pages) + post(port, "/tipsa/", tip)[2]


def on_a_slow_phone(url: str, *, loads: int = 5) -> list[Shown]:
    """Return how long each page and each screen of a tip takes at 400 kbit/s, 400 ms and a quarter of the processor."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page(viewport=PHONE, locale="sv-SE")
        line = page.context.new_cdp_session(page)
        slow_down(line)
        shown = [_middle(page, address, url + address, loads) for address in PAGES]
        shown += _screens(page, url)
        browser.close()
    return shown


def slow_down(line: CDPSession) -> None:
    """Set the profile of a slow phone on a slow net."""
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send("Network.emulateNetworkConditions", NET)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})


def _middle(page: Page, name: str, address: str, loads: int) -> Shown:
    times = []
    for _ in range(loads):
        page.goto(address, wait_until="load")
        times.append(_times(page))
    return Shown(name, *(statistics.median(column) for column in zip(*times, strict=True)))


def _times(page: Page) -> tuple[float, float]:
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    paint, ready = page.evaluate(TIMES)
    return paint, ready


def _screens(page: Page, url: str) -> list[Shown]:
    """Write a tip on the phone and return how long each screen took."""
    shown = []
    page.goto(f"{url}/tipsa/")
    page.locator("textarea[name=place]").fill(TIP["place"])
    for name in ("tips, skärm 2", "tips, skärm 3", "tips, tack och kod"):
        with page.expect_navigation(wait_until="load"):
            page.locator("#tip .button-primary").click()
        shown.append(Shown(name, *_times(page)))
        if page.locator("textarea[name=saw]").count():
            page.locator("textarea[name=saw]").fill(TIP["saw"])
    return shown
