"""What others than the source handler may read of a text: no words on who people are, no way to reach anybody."""

from nosvidere.engine.signs import contact_spans, mask

CONTACT = "[kontaktuppgift]"


def sanitised(text: str) -> str:
    """Return the text with excluded words masked and phone numbers, personal numbers and addresses of mail taken out."""
    parts, done = [], 0
    for contact in contact_spans(text):
        parts += [text[done : contact.start], CONTACT]
        done = contact.end
    return mask("".join([*parts, text[done:]]))
