"""The whole journey in a real browser with JavaScript off, each page without an accessibility violation."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_core_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from playwright.sync_api import Page, sync_playwright
from tests.public.conftest import Police
from tests.public.test_map import houses

from nosvidere.engine.places import Index

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NARROW = {"width": 320, "height": 640}
AAA = "{rules: {'color-contrast-enhanced': {enabled: true}}}"  # 7:1, beside all that is on
STICKS_OUT = "() => document.documentElement.scrollWidth - innerWidth"
TOO_SMALL = """() => [...document.querySelectorAll(
    '.button, .choice, .leave a:first-child, .foot a, .foot button, .doors a, .call a, summary, .input, .map-cell'
)].filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 48).map(one => one.outerHTML)"""


PHOTO: Any = {
    "name": "IMG_1.jpg",
    "mimeType": "image/jpeg",
    "buffer": b"\xff\xd8\xff\xe0" + bytes(3_000_000),
}


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing, as the site does."""


@dataclass
class Host:
    """The public site on the test's own connection to the database, and the police behind it.

    Playwright keeps an event loop in the test's thread, where Django would open a connection of its own; so the police
    do their part in a thread too.
    """

    police: Police
    shared: Any
    url: str = ""

    def serve(self, server: WSGIServer) -> None:
        connections["default"] = self.shared
        server.serve_forever(poll_interval=0.01)

    def do(self, act: Callable[..., Any], *values: Any) -> Any:
        """Let the police do something."""
        with ThreadPoolExecutor(1, initializer=self._connect) as apart:
            return apart.submit(act, *values).result()

    def _connect(self) -> None:
        connections["default"] = self.shared


@pytest.fixture
def host(police) -> Iterator[Host]:
    """The public site, answering."""
    server = make_server("127.0.0.1", 0, WSGIHandler(), WSGIServer, Quiet)
    host = Host(police, connections["default"], f"http://127.0.0.1:{server.server_port}")
    host.shared.inc_thread_sharing()
    thread = threading.Thread(target=host.serve, args=(server,))
    thread.start()
    yield host
    server.shutdown()
    thread.join()
    server.server_close()
    host.shared.dec_thread_sharing()


@dataclass
class Reader:
    """A person with a browser that runs no script, and beside it one that only examines what is shown."""

    page: Page
    examiner: Page
    asked: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.look()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.look()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label).fill(text)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label).check()

    def look(self) -> None:
        """Hold the page to what every page keeps: no violation, nothing sticking out, nothing small to press."""
        self.page.wait_for_load_state()  # a page that is half read is nobody's page
        self.examiner.set_content(self.page.content())
        found = Axe().run(self.examiner, options=AAA)["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
        assert self.examiner.evaluate(STICKS_OUT) <= 0
        assert self.examiner.evaluate(TOO_SMALL) == []


@pytest.fixture
def reader(host) -> Iterator[Reader]:
    """A reader at 320 px: 1280 px at four times the size."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        scriptless = browser.new_context(java_script_enabled=False, viewport=NARROW)
        reader = Reader(scriptless.new_page(), browser.new_page(viewport=NARROW))
        reader.page.on("request", lambda request: reader.asked.append(request.url))
        yield reader
        browser.close()


def write_tip(reader: Reader) -> str:
    """Write a tip from the first page to the code, with a mistake and a change of language; return the code."""
    reader.follow("Tipsa")
    reader.follow("Börja berätta")
    reader.press("Fortsätt")  # nothing filled in yet
    reader.fill("Skriv adressen", "Fyrgatan 3")
    reader.press("Fortsätt")
    reader.tick("Många okända besöker samma lägenhet")
    reader.tick("Någon skriker")
    reader.fill("Berätta med egna ord", "De pratade rumänska.")
    reader.press("Fortsätt")
    reader.press("English")
    reader.press("svenska")
    reader.tick("Jag såg eller hörde det själv")
    reader.page.get_by_label("Vill du skicka bilder").set_input_files(PHOTO)
    reader.press("Skicka tipset")
    code = reader.page.locator(".code").inner_text()
    reader.fill("Skriv de fyra sista tecknen", code[-6:])
    reader.press("Kolla")
    return code


def test_a_neighbour_tells_and_follows_up_without_any_script(host, reader):
    reader.go(f"{host.url}/")
    assert reader.asked == [f"{host.url}/"]

    code = write_tip(reader)
    (letter,) = host.do(host.police.letters)
    host.do(host.police.answer, letter.tag, letter.mailbox_public, ("question", "När?"))
    reader.follow("Jag har en kod")
    reader.fill("Din kod", code.lower())
    reader.press("Titta efter svar")
    reader.fill("Svara eller berätta mer", "På kvällen.")
    reader.press("Skicka")
    reader.page.locator("summary").first.click()
    reader.press("Ta tillbaka tipset")

    assert letter.fields["signs"] == "F01,C02"
    assert [key.size for key in letter.attachments] == [3_000_004]
    assert sorted(one.kind for one in host.do(host.police.letters)) == [
        "followup",
        "tip",
        "withdraw",
    ]
    assert {url.split("/")[2] for url in reader.asked} == {host.url.removeprefix("http://")}
    assert reader.page.context.cookies() == []
    assert all(code not in url for url in reader.asked)


def test_a_landlord_reads_and_answers_without_any_script(host, reader):
    code = host.do(host.police.write_notice)
    reader.go(f"{host.url}/hjalp/hyra-ut/")

    reader.follow("Jag har fått ett brev")
    reader.fill("Din kod", " ".join(code.words()))
    reader.press("Öppna")
    reader.press("Berätta vad jag har gjort")
    reader.tick("Samtal med hyresgästen")
    reader.fill("Vilken dag?", "2020-10-17")
    reader.press("Skicka")

    (letter,) = host.do(host.police.letters)
    assert letter.fields == {"act": "measure", "measure": "talk", "taken_on": "2020-10-17"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_that_only_tell_have_no_violation(host, reader, scheme):
    host.do(host.police.publish_picture, {"addresses_checked": "30", "reported": "färre än 5"})
    reader.examiner.emulate_media(color_scheme=scheme)

    for path in ("lagesbild", "vad-hander", "hjalp/salt-sex", "hjalp/kopt-sex", "integritet"):
        reader.go(f"{host.url}/{path}/")
    reader.go(f"{host.url}/en/tillganglighet/")


@pytest.mark.parametrize("path", ["", "tipsa/", "en/hyresvard/"])
def test_the_way_out_is_the_first_stop_of_the_keyboard(host, reader, path):
    reader.page.goto(f"{host.url}/{path}")

    reader.page.keyboard.press("Tab")

    assert reader.page.evaluate("() => document.activeElement.href") == "https://www.smhi.se/"


def test_a_place_is_pointed_out_by_keyboard_without_any_script(host, site, reader, tmp_path):
    site.PLACES_INDEX = tmp_path / "places.index"
    Index.build(houses()).save(site.PLACES_INDEX)
    reader.go(f"{host.url}/tipsa/")
    reader.fill("Skriv adressen", "två trappor")

    reader.press("Visa karta")
    while reader.page.locator(".map-cell").count():
        reader.page.locator(".map-cell").first.focus()
        with reader.page.expect_navigation():
            reader.page.keyboard.press("Enter")
        reader.look()
    reader.press("English")
    house = reader.page.locator(".houses button").first
    address = house.inner_text()
    house.click()
    reader.look()

    typed = reader.page.get_by_role("textbox").first.input_value()
    assert typed == f"{address}, Videhamn\ntvå trappor"
    assert all("?" not in url for url in reader.asked)
