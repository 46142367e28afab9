"""The relay by itself: the public host's letters on a socket of their own, for the two inside parties over mutual TLS."""

from pathlib import Path

from nosvidere.sites import public
from nosvidere.sites.environment import read

globals().update({name: value for name, value in vars(public).items() if name.isupper()})
SITE = "relay"
ROOT_URLCONF = "nosvidere.sites.relay_urls"
# The relay's own certificate and key, and the authority whose clients it takes; `serve relay` does not start without.
RELAY_CERTIFICATE = read("RELAY_CERTIFICATE", Path, Path("relay.pem"))
RELAY_KEY = read("RELAY_KEY", Path, Path("relay-key.pem"))
RELAY_AUTHORITY = read("RELAY_AUTHORITY", Path, Path("authority.pem"))
