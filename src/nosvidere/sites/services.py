"""The social services' site: own key, own database, own log; the police cannot read it."""

from nosvidere.sites.common import STAFF_APPS, STAFF_MIDDLEWARE, settings_for, staff_settings

globals().update(settings_for("services"))
globals().update(staff_settings("services"))

INSTALLED_APPS = [*STAFF_APPS, "nosvidere.services"]
MIDDLEWARE = STAFF_MIDDLEWARE
