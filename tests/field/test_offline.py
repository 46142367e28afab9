"""A phone without a network, in a real browser: what is recorded is kept, encrypted, and arrives once."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
HELD = """async () => {
  const db = await new Promise((done) => { indexedDB.open("nosvidere-field").onsuccess = (e) => done(e.target.result); });
  const all = (name) => new Promise((done) => { db.transaction(name).objectStore(name).getAll().onsuccess = (e) => done(e.target.result); });
  const text = async (name) => (await all(name)).map((box) => new TextDecoder().decode(box.sealed)).join();
  return {
    extractable: (await all("keys")).map((key) => key.extractable),
    text: (await text("outbox")) + (await text("pack")),
    waiting: (await all("outbox")).length,
    packs: (await all("pack")).length,
    cached: (await Promise.all((await caches.keys()).map(async (n) => (await (await caches.open(n)).keys()).map((r) => new URL(r.url).pathname)))).flat(),
  };
}"""


class Site:
    """The police site in a process of its own, which can be cut off and come back over the same data."""

    def __init__(self, home: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.home, self.process, self.told = home, None, {}

    def start(self) -> None:
        paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.field.server", str(self.home), str(self.port)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
            cwd=ROOT,
            text=True,
        )
        self.told = json.loads(self.process.stdout.readline())

    def stop(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def address(self, path: str) -> str:
        return f"{self.told['address']}{path}"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("police"))
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield browser
        browser.close()


def signed_in(browser, site: Site, who: str) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", locale="sv-SE"
    )
    cookie = {"name": site.told["cookie"], "value": site.told[who], "url": site.told["address"]}
    context.add_cookies([cookie])
    return context


def open_shift(context: BrowserContext, site: Site) -> Page:
    """Open the own shift and wait until the phone is ready to be without a network."""
    page = context.new_page()
    page.goto(site.address("/falt/"))
    page.wait_for_selector("[data-outbox][data-ready]", state="attached")
    return page


def record_check(page: Page, number: int, outcome: str) -> None:
    page.locator("[data-visits] button").nth(number).click()
    form = page.locator("form[data-kind=check]")
    form.get_by_label("endast utifrån").check()
    form.get_by_label(outcome, exact=True).check()
    form.get_by_role("button").click()
    page.wait_for_selector("[data-record]", state="hidden")


def test_two_records_made_without_a_network_outlive_the_page_and_arrive_once(browser, site):
    context = signed_in(browser, site, "officer")
    open_shift(context, site).close()
    site.stop()
    context.set_offline(True)

    page = context.new_page()
    page.goto(site.address("/falt/"))
    page.wait_for_selector("[data-visits][data-ready]")
    record_check(page, 0, "inget av intresse")
    record_check(page, 1, "ingen öppnade")
    page.get_by_text("2 inte skickade").wait_for()
    held = page.evaluate(HELD)
    page.close()
    again = context.new_page()
    again.goto(site.address("/falt/"))
    again.get_by_text("2 inte skickade").wait_for()
    site.start()
    context.set_offline(False)
    again.get_by_text("Allt är skickat.").wait_for()
    after = again.evaluate(HELD)
    again.close()
    open_shift(context, site).get_by_text("Allt är skickat.").wait_for()
    context.close()

    assert held["waiting"] == 2
    assert set(held["extractable"]) == {False}
    assert "nothing" not in held["text"]
    assert site.told["place"] not in held["text"]
    assert after["waiting"] == 0
    assert {path for path in held["cached"] if not path.startswith("/static/")} == {
        "/falt/utan-nat/"
    }
    assert checks_at_debriefing(browser, site) == 2


def checks_at_debriefing(browser, site: Site) -> int:
    context = signed_in(browser, site, "lead")
    page = context.new_page()
    page.goto(site.address(f"/insatser/{site.told['operation']}/avstamning/"))
    count = page.locator(".to-conclude article").count()
    context.close()
    return count


def test_signing_out_elsewhere_wipes_the_visits_and_keeps_what_was_not_sent(browser, site):
    context = signed_in(browser, site, "officer")
    open_shift(context, site).close()
    context.set_offline(True)
    page = context.new_page()
    page.goto(site.address("/falt/utan-nat/"))
    page.wait_for_selector("[data-visits][data-ready]")
    record_check(page, 0, "fel adress")
    context.clear_cookies()

    context.set_offline(False)
    page.wait_for_function("() => !document.querySelector('[data-visits]').children.length")
    held = page.evaluate(HELD)
    context.close()

    assert (held["packs"], held["waiting"]) == (0, 1)


def test_the_lead_s_pages_are_accessible_and_stick_out_nowhere(browser, site):
    context = signed_in(browser, site, "lead")
    operation, shift, visit = (site.told[name] for name in ("operation", "shift", "visit"))
    for path in (
        "/insatser/",
        f"/insatser/{operation}/",
        f"/insatser/besok/{visit}/",
        f"/insatser/pass/{shift}/genomgang/",
        f"/insatser/{operation}/avstamning/",
        f"/insatser/{operation}/rapport/",
    ):
        page = context.new_page()
        page.goto(site.address(path))

        found = Axe().run(page)["violations"]
        wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        page.close()

        assert [
            (path, one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found
        ] == []
        assert (path, wide) == (path, 0)
    context.close()


def test_the_pages_of_the_field_are_accessible_and_large_enough(browser, site):
    context = signed_in(browser, site, "officer")
    visit = site.told["visit"]
    for path in (
        "/falt/",
        f"/falt/besok/{visit}/",
        f"/falt/besok/{visit}/anmalan/",
        "/falt/mina/",
        "/falt/utan-nat/",
    ):
        page = context.new_page()
        page.goto(site.address(path))

        found = Axe().run(page)["violations"]
        wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        small = page.evaluate(
            "() => [...document.querySelectorAll('.in-the-field .button, .in-the-field .choice, .in-the-field .input, .visit')]"
            ".filter((one) => one.offsetParent && one.getBoundingClientRect().height < 48).map((one) => one.outerHTML.slice(0, 80))"
        )
        page.close()

        assert [
            (path, one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found
        ] == []
        assert (path, wide, small) == (path, 0, [])
    context.close()
