"""What a form carries instead of a session: when it was handed out, and a code that its page must not show.

There are no cookies here, so nothing rides along with a request that somebody else made the browser send. The time is
signed all the same, so that a form is as old as it says.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import blake2b

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.encoding import force_bytes

from nosvidere.engine.sealing import Code, Unreadable, open_bytes, seal_bytes
from nosvidere.kernel.refused import Refused

FORM_SECONDS = 24 * 3600
LEAST_SECONDS = 3  # nobody writes a tip in less
CODE_BYTES = 10
SALT = "nosvidere.public.form"
PERSON = b"nv.hidden.code"


class CodePutAway(Refused):
    """The page has been open for so long that the code must be typed again."""


def form_token(at: datetime) -> str:
    """Return a signed note of when a form was handed out, unlike every other."""
    return Signer(salt=SALT).sign(f"{int(at.timestamp())}.{secrets.token_hex(8)}")


def renewed_token(token: str, at: datetime) -> str:
    """Return a new token in place of one; whoever held one of ours has long begun, and need not wait again."""
    is_ours = _handed_out(token) is not None
    return form_token(at - timedelta(seconds=LEAST_SECONDS if is_ours else 0))


def form_age(token: str, at: datetime) -> int | None:
    """Return the age in seconds of a form token; None for one that is not ours, is from the future or has run out."""
    handed_out = _handed_out(token)
    if handed_out is None:
        return None
    age = int(at.timestamp()) - handed_out
    return age if 0 <= age <= FORM_SECONDS else None


def form_mark(token: str) -> str:
    """Return the name under which a form is known once it has been sent."""
    return blake2b(token.encode(), digest_size=16).hexdigest()


def _handed_out(token: str) -> int | None:
    try:
        return int(Signer(salt=SALT).unsign(token).partition(".")[0])
    except (BadSignature, ValueError):
        return None


def hide_code(code: Code, at: datetime) -> str:
    """Return the code locked with the site's own key, for a page that goes on with it within a day."""
    stamp = int(at.timestamp()).to_bytes(8, "big")
    return seal_bytes(code.secret + stamp, _key()).hex()


def find_code(hidden: str, at: datetime) -> Code:
    """Return the code that a page carries; raise CodePutAway when it is older than a day or not ours."""
    try:
        opened = open_bytes(bytes.fromhex(hidden), _key())
    except (Unreadable, ValueError) as error:
        raise CodePutAway("Sidan hade legat öppen för länge. Skriv koden igen.") from error
    age = int(at.timestamp()) - int.from_bytes(opened[CODE_BYTES:], "big")
    if not 0 <= age <= FORM_SECONDS:
        raise CodePutAway("Sidan hade legat öppen för länge. Skriv koden igen.")
    return Code(int.from_bytes(opened[:CODE_BYTES], "big"))


def _key() -> bytes:
    return blake2b(force_bytes(settings.SECRET_KEY), digest_size=32, person=PERSON).digest()
