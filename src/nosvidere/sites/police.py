"""The police site: inside, the only place where tips, leads and plans are."""

from nosvidere.sites.common import STAFF_APPS, STAFF_MIDDLEWARE, settings_for, staff_settings
from nosvidere.sites.environment import SiteHome

globals().update(settings_for("police"))
globals().update(staff_settings("police"))
SiteHome.of("police").secret("ad-key")

INSTALLED_APPS = [
    *STAFF_APPS,
    "nosvidere.register",
    "nosvidere.intake",
    "nosvidere.leads",
    "nosvidere.operations",
    "nosvidere.field",
    "nosvidere.landlords",
    "nosvidere.support",
    "nosvidere.picture",
]
MIDDLEWARE = STAFF_MIDDLEWARE
