"""The site's own store: what is sealed here is opened by this site's store key alone."""

from nosvidere.courier.keys import OwnKeys
from nosvidere.engine.sealing import open_bytes, seal_bytes


def seal(content: bytes) -> bytes:
    """Return the content locked with the site's store key."""
    return seal_bytes(content, OwnKeys.of_site().store())


def unseal(sealed: bytes) -> bytes:
    """Return what `seal` locked; raise Unreadable when it is damaged or another site's."""
    return open_bytes(sealed, OwnKeys.of_site().store())
