"""All apps in one settings module, for tests, type checks and new migrations; it serves nobody."""

from pathlib import Path

from nosvidere.sites.common import STAFF_APPS, STAFF_MIDDLEWARE, settings_for, staff_settings
from nosvidere.sites.environment import SiteHome

globals().update(settings_for("every"))
globals().update(staff_settings("every"))

# Said once more with their types, so that type checks know what every site has.
_SAID = globals()
SITE: str = _SAID["SITE"]
HOME: Path = _SAID["HOME"]
KEYS: Path = _SAID["KEYS"]
TENANT: str = _SAID["TENANT"]
HOME_MUNICIPALITY: str = _SAID["HOME_MUNICIPALITY"]
KEEP_AD_TEXT: bool = _SAID["KEEP_AD_TEXT"]
DEMO: bool = _SAID["DEMO"]
CLOCK_FROM: str = _SAID["CLOCK_FROM"]
TILES_HREF: str = _SAID["TILES_HREF"]
SECOND_FACTOR_REQUIRED: bool = _SAID["SECOND_FACTOR_REQUIRED"]
DROP_URL: str = _SAID["DROP_URL"]
DROP_CERTIFICATE: str = _SAID["DROP_CERTIFICATE"]
DROP_KEY: str = _SAID["DROP_KEY"]
DROP_AUTHORITY: str = _SAID["DROP_AUTHORITY"]
PUBLIC_URL: str = _SAID["PUBLIC_URL"]

SiteHome.of("every").secret("ad-key")
PARTY = "police"
ROOT_URLCONF = "nosvidere.sites.police_urls"
INSTALLED_APPS = [
    *STAFF_APPS,
    "nosvidere.drop",
    "nosvidere.public",
    "nosvidere.register",
    "nosvidere.intake",
    "nosvidere.leads",
    "nosvidere.operations",
    "nosvidere.field",
    "nosvidere.landlords",
    "nosvidere.support",
    "nosvidere.services",
    "nosvidere.picture",
]
MIDDLEWARE = STAFF_MIDDLEWARE
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SiteHome.of("every").secret("pepper")
PEPPER_FILE = SiteHome.of("every").keys / "pepper"
PROXIES = 0
ONION = ""
PARTIES = SiteHome.of("every").path / "parties.json"
PLACES_INDEX = SiteHome.of("every").path / "places.index"
RELAY_CERTIFICATE: Path | None = None
RELAY_KEY: Path | None = None
RELAY_AUTHORITY: Path | None = None
