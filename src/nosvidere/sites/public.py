"""The public site: the tip pages and the relay of sealed letters. It knows public keys only, and no visitor."""

from pathlib import Path

from nosvidere.public import languages
from nosvidere.sites.common import settings_for
from nosvidere.sites.environment import SiteHome, as_count, as_onion, home, read

# FULL: a tip is on the disk before its sender is thanked.
globals().update(settings_for("public", synchronous="FULL"))
_SAID = globals()

LANGUAGES = languages.LANGUAGES
# Those that the deployer has had reviewed by somebody who speaks them; the pages say so of the others.
REVIEWED_LANGUAGES = read("REVIEWED_LANGUAGES", languages.as_languages, frozenset[str]())
INSTALLED_APPS = [
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "nosvidere.sites.apps.SitesConfig",
    "nosvidere.ui",
    "nosvidere.drop",
    "nosvidere.public",
]
# No sessions and no cookies: nothing to recognise a visitor by.
MIDDLEWARE = [
    "nosvidere.sites.onion.OnionMiddleware",
    "nosvidere.ui.csp.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
]
# Photos are held in memory until they are sealed: nothing that a stranger sends reaches the disk in the clear.
FILE_UPLOAD_HANDLERS = ["nosvidere.public.photos.PhotoHandler"]
# The pepper lies beside the database, never in it.
SiteHome.of("public").secret("pepper")
PEPPER_FILE = SiteHome.of("public").keys / "pepper"
# The public keys of the two inside parties, put here by whoever deploys (the demo does it itself).
PARTIES = home() / "public" / "parties.json"
# How many proxies of our own stand in front: so many entries of X-Forwarded-For are true, and nothing else of it.
PROXIES = read("PROXIES", as_count, 0)
ONION = read("ONION", as_onion, "")
if ONION:
    _SAID["ALLOWED_HOSTS"].append(ONION.removeprefix("http://"))
# An address index that whoever deploys may lay here (`register index`): then the tip's page suggests addresses from it.
PLACES_INDEX = read("PLACES_INDEX", Path, home() / "public" / "places.index")
# The numbers that the pages show, each checked on a day; one that is missing is not shown (`check --deploy` says which).
CONTACTS = read("CONTACTS", Path, home() / "public" / "contacts.json")
