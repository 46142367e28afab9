"""The public site with the police's keys in place, and the police's side of its mailboxes."""

import json
from datetime import timedelta

import pytest
from tests.drop.conftest import Inside

from nosvidere.drop import actions
from nosvidere.drop.models import Letter
from nosvidere.drop.queries import mailbox_of, tag_of
from nosvidere.engine import sealing
from nosvidere.engine.sealing import FIRST, answer_hash, new_code
from nosvidere.kernel.time import now, today
from nosvidere.public.flood import COUNTS


class Police(Inside):
    """The police's side: reads what arrived and answers, as the courier does."""

    def letters(self):
        """Return each letter in the spool, opened."""
        return [sealing.open_letter(bytes(row.blob), self.intake) for row in Letter.objects.all()]

    def answer(self, letter_tag, mailbox_public, *answers):
        """Lay (kind, text) pairs in a mailbox as one chain."""
        before, proof = FIRST, b""
        for seq, (kind, text) in enumerate(answers, start=1):
            if text == "received":
                proof = sealing.sign_acknowledgement(
                    letter_tag, day=today(), signing_key=self.reply
                )
            blob = sealing.sign_answer(
                text,
                seq=seq,
                prev_hash=before,
                tag=letter_tag,
                signing_key=self.reply,
                mailbox_public=mailbox_public,
                day=today(),
                kind=kind,
                proof=proof,
            )
            before, proof = answer_hash(blob), b""
            sent = actions.OutgoingAnswer(letter_tag.hex(), seq, blob)
            actions.post_answers(answers=[sent], on=today())

    def write_notice(self, text="Dnr 1.\n\nPolisen har uppgifter."):
        """Open a mailbox for a landlord and lay a notice in it; return its code."""
        code = new_code()
        mailbox = mailbox_of(code)
        tag = bytes.fromhex(tag_of(mailbox.mid))
        self.answer(tag, mailbox.public_key, ("notice", text))
        return code

    def publish_picture(self, figures):
        """Publish figures as key to value."""
        content = {
            "title": "Insatsen Lykta",
            "lead_unit": "LPO Lindhamn",
            "from_on": "2020-10-12",
            "until_on": "2020-10-15",
            "figures": [
                {
                    "key": key,
                    "label": "fel adress",
                    "definition": f"det som {key} räknar",
                    "value": n,
                }
                for key, n in figures.items()
            ],
        }
        self._publish("summary", content)

    def publish_dark_figure(self, **content):
        """Publish the interval of a dark figure."""
        self._publish("darkfigure", content)

    def _publish(self, name, content):
        signed = sealing.sign_bulletin(
            content, party="police", name=name, issued_at=now(), signing_key=self.signing
        )
        actions.publish_bulletin(signed=signed)


@pytest.fixture
def site(db, settings, tmp_path, as_site):
    """The public site before anybody has put keys or numbers there."""
    as_site("public")
    settings.PARTIES = tmp_path / "parties.json"
    settings.CONTACTS = tmp_path / "contacts.json"
    settings.PEPPER_FILE = tmp_path / "pepper"
    settings.PEPPER_FILE.write_bytes(b"p" * 32)
    COUNTS.seen.clear()
    return settings


@pytest.fixture
def police(site):
    """The police, whose keys the site knows."""
    party = Police("police")
    site.PARTIES.write_text(json.dumps({"police": party.public()}))
    actions.publish_keys(party="police", signed=party.key_list(on=today()), on=today())
    return party


@pytest.fixture
def an_hour_ago():
    """A form token from an hour back: long enough to have written a tip."""
    from nosvidere.public.tokens import form_token

    return form_token(now() - timedelta(hours=1))


@pytest.fixture
def tip(an_hour_ago):
    """A whole tip as the last screen sends it."""
    return {
        "at": "when",
        "token": an_hour_ago,
        "whole": "1",
        "place": "Fyrgatan 3",
        "signs": ["F01", "F03"],
        "saw": "Många besökare varje kväll.",
        "basis": "FACT",
        "days": "4",
    }
