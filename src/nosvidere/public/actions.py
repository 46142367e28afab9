"""What visitors send: sealed to the police before it is written anywhere. Nothing here is logged with its content."""

from collections.abc import Mapping, Sequence
from datetime import date

from nosvidere.drop.actions import accept_letter
from nosvidere.drop.queries import mailbox_of
from nosvidere.engine.sealing import Code, new_code

POLICE = "police"
# The one who reads must see that this is about the pages.
SHORTCOMING_HEAD = "Om sidans tillgänglighet, inte ett tips:\n"


def send_tip(
    *,
    fields: Mapping[str, str],
    lang: str,
    on: date,
    photos: Sequence[bytes] = (),
    form: str = "",
) -> Code:
    """Send a tip and return the code that only its sender has; raises Refused with nothing stored.

    `form` is the mark of the form that it came with: the same form is taken once.
    """
    code = new_code()
    _send("tip", fields, code=code, lang=lang, on=on, photos=photos, form=form)
    return code


def send_message(
    *, fields: Mapping[str, str], code: Code, lang: str, on: date, photos: Sequence[bytes] = ()
) -> None:
    """Send an answer to a question, or something more, to the mailbox of a code."""
    _send("followup", fields, code=code, lang=lang, on=on, photos=photos)


def withdraw_tip(*, fields: Mapping[str, str], code: Code, lang: str, on: date) -> None:
    """Ask for a tip to be taken back; the inside decides and logs."""
    _send("withdraw", fields, code=code, lang=lang, on=on)


def answer_notice(*, fields: Mapping[str, str], code: Code, lang: str, on: date) -> None:
    """Send a landlord's answer: acknowledged, a measure, or contested."""
    _send("landlord", fields, code=code, lang=lang, on=on)


def report_shortcoming(*, text: str, lane: Mapping[str, str], lang: str, on: date) -> Code:
    """Send what on the pages does not work for somebody; return the code that opens the answer."""
    code = new_code()
    fields = {"text": SHORTCOMING_HEAD + text, **lane}
    _send("followup", fields, code=code, lang=lang, on=on)
    return code


def _send(
    kind: str,
    fields: Mapping[str, str],
    *,
    code: Code,
    lang: str,
    on: date,
    photos: Sequence[bytes] = (),
    form: str = "",
) -> None:
    accept_letter(
        to=POLICE,
        kind=kind,
        fields=fields,
        mailbox=mailbox_of(code),
        lang=lang,
        on=on,
        attachments=photos,
        code=code,
        form=form,
    )
