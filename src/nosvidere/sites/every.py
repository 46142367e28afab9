"""All apps in one settings module, for tests, type checks and new migrations; it serves nobody."""

from nosvidere.sites.common import STAFF_APPS, STAFF_MIDDLEWARE, settings_for, staff_settings
from nosvidere.sites.environment import SiteHome

globals().update(settings_for("every"))
globals().update(staff_settings("every"))

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
PARTIES = SiteHome.of("every").path / "parties.json"
