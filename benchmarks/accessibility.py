"""Every public page in every language, examined by HTML_CodeSniffer (WCAG2AAA) and axe (all of WCAG with its AAA rules).

HTML_CodeSniffer is not part of this repository: it is fetched from the npm registry and checked against its hash.
Run from the repository: `PYTHONPATH=src:. python -m benchmarks.accessibility [LANGUAGE …]`.
"""

import base64
import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

SNIFFER = "html_codesniffer@2.5.1"
SNIFFER_HASH = (
    "vcz0yAaX/OaV6sdNHuT9alBOKkSxYb8h5Yq26dUqgi7XmCgGUSa7U9PiY1PBXQFMjKv1wVPs5/QzHlGuxPDUGg=="
)
READ = (
    *("", "tecken/", "tipsa/", "folj/", "hyresvard/", "vad-hander/", "integritet/", "nej/"),
    *("hjalp/salt-sex/", "hjalp/kopt-sex/", "hjalp/hyra-ut/", "tillganglighet/", "lagesbild/"),
)
SNIFF = """() => new Promise(done => HTMLCS.process('WCAG2AAA', document, () => done(
    HTMLCS.getMessages().map(one => [one.type, one.code, (one.element.outerHTML || '').slice(0, 120)])
)))"""
AXE = """() => axe.run({rules: {'color-contrast-enhanced': {enabled: true}}}).then(
    said => said.violations.flatMap(one => one.nodes.map(node => [one.id, node.html.slice(0, 120)])))"""
# What is folded is examined too; axe 4.4 would else see it behind what stands where it will unfold.
UNFOLD = "() => document.querySelectorAll('details').forEach(one => one.open = true)"
ERROR, WARNING = 1, 2


class Quiet(WSGIRequestHandler):
    """Says nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the framework's name
        """Write nothing."""


def sniffer(folder: Path) -> Path:
    """Fetch HTML_CodeSniffer and return its script; stop if it is not the one expected."""
    subprocess.run(
        ["npm", "pack", "--silent", SNIFFER], cwd=folder, check=True, capture_output=True
    )
    (packed,) = folder.glob("*.tgz")
    digest = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
    assert digest == SNIFFER_HASH, digest
    with tarfile.open(packed) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package/build/HTMLCS.js"


def start_site(folder: Path) -> tuple[str, str, str]:
    """Start the public site with keys and numbers; return its address, a code with a question and a landlord's code."""
    os.environ |= {
        "NOSVIDERE_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "nosvidere.sites.public",
    }
    import django

    django.setup()
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.management import call_command
    from tests.public.conftest import Police

    from nosvidere.drop import actions
    from nosvidere.drop.queries import mailbox_of, tag_of
    from nosvidere.engine.sealing import new_code
    from nosvidere.kernel.time import today
    from nosvidere.public.contacts import WANTED

    call_command("migrate", verbosity=0)
    police = Police("police")
    settings.PARTIES.write_text(json.dumps({"police": police.public()}))
    number = {"number": "070-174 06 05", "name": "Linjen", "checked_on": f"{today()}"}
    settings.CONTACTS.write_text(json.dumps(dict.fromkeys(WANTED, number)))
    actions.publish_keys(party="police", signed=police.key_list(on=today()), on=today())
    police.publish_picture({"addresses_checked": "30", "reported": "färre än 5"})
    code = new_code()
    box = mailbox_of(code)
    tag = bytes.fromhex(tag_of(box.mid))
    police.answer(tag, box.public_key, ("status", "received"), ("question", "Hur ofta?"))
    letter = police.write_notice()
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}", code.symbols, letter.symbols


def journeys(page: Any, root: str, code: str, letter: str) -> Iterator[str]:
    """Walk through every page in one language, and yield the name of each when it is shown."""
    for path in READ:
        page.goto(root + path)
        yield path or "start"
    page.goto(f"{root}tipsa/")
    press = page.locator
    press("button[value=what]").click()
    yield "tip: what to put right"
    page.fill("[name=place]", "Fyrgatan 3")
    press("button[value=what]").click()
    yield "tip: what"
    page.check("[name=danger_signs][value=C02]")
    page.fill("[name=saw]", "De pratade rumänska. Ring 070-174 06 05.")
    press("button[value=when]").click()
    yield "tip: when"
    press("#tip .button-primary").click()
    yield "thanks"
    for name, typed, wanted in (("folj/", code, "dialogue"), ("hyresvard/", letter, "notice")):
        page.goto(root + name)
        page.fill("[name=code]", typed)
        press("#code .button-primary").click()
        yield wanted
    press("button[value=measure]").click()
    yield "notice: measure"
    page.goto(f"{root}tillganglighet/")
    page.fill("[name=text]", "Knappen syns inte.")
    press("#shortcoming .button-primary").click()
    yield "shortcoming: sent"


def examine(page: Any, sniff: Path, say: Callable[[str], None]) -> Counter[str]:
    """Return how many errors, warnings and violations the page has, and say each error."""
    found: Counter[str] = Counter()
    page.wait_for_load_state()
    page.evaluate(UNFOLD)
    page.add_script_tag(path=sniff)
    for kind, name, html in page.evaluate(SNIFF):
        found["HTML_CodeSniffer errors"] += kind == ERROR
        found["HTML_CodeSniffer warnings"] += kind == WARNING
        if kind == ERROR:
            say(f"{name}: {html}")
    import axe_core_python

    page.add_script_tag(path=Path(axe_core_python.__file__).parent / "axe.min.js")
    for name, html in page.evaluate(AXE):
        found["axe violations"] += 1
        say(f"{name}: {html}")
    return found


def main(languages: list[str]) -> int:
    """Examine every page in the languages, print the figures and return how many errors there are."""
    from playwright.sync_api import sync_playwright

    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        sniff = sniffer(folder)
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(1) as apart:  # Django may not open a database beside an event loop
            address, code, letter = apart.submit(start_site, folder).result()
        from nosvidere.public.languages import LANGUAGES

        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for language in languages or [code for code, _name in LANGUAGES]:
            page = browser.new_page(bypass_csp=True, viewport={"width": 390, "height": 844})
            root = f"{address}/" if language == "sv" else f"{address}/{language}/"
            for shown in journeys(page, root, code, letter):
                total += examine(page, sniff, lambda text, at=(language, shown): print(*at, text))
                total["pages"] += 1
            page.close()
            print(language, dict(total), flush=True)
        browser.close()
    return total["HTML_CodeSniffer errors"] + total["axe violations"]


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
