"""What the three sites share. Each site takes these names and adds its own apps, pages and policy."""

from pathlib import Path
from typing import Any

from nosvidere.sites.environment import DEFAULT_PORTS, SiteHome, as_bool, as_list, database, read

PACKAGE = Path(__file__).resolve().parent.parent

# Nothing from other hosts, no inline script, no inline style but what a hash names (ui.csp adds the public page's own).
CONTENT_SECURITY_POLICY: dict[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "connect-src": ("'self'",),
    "worker-src": ("'self'",),
    "manifest-src": ("'self'",),
    "font-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
    "frame-ancestors": ("'none'",),
}

# W002: ui.csp sends X-Frame-Options itself. W003 (outside): without cookies there is no session to forge a request in.
SILENCED_CHECKS = (["security.W002"], ["security.W002", "security.W003"])

LANGUAGE_AND_TIME: dict[str, Any] = {
    "USE_TZ": True,
    "TIME_ZONE": "Europe/Stockholm",
    "LANGUAGE_CODE": "sv",
    "LANGUAGES": [("sv", "svenska"), ("en", "English")],
    "USE_I18N": True,
    "FORMAT_MODULE_PATH": ["nosvidere.sites.formats"],
}


def settings_for(site: str, *, synchronous: str = "NORMAL") -> dict[str, Any]:
    """Return the settings that hold for every site, filled in for one of them."""
    where = SiteHome.of(site)
    (where.path / "static").mkdir(exist_ok=True)
    (where.path / "served").mkdir(exist_ok=True)
    tiles = where.path / "served" / "map.pmtiles"
    return {
        "SITE": site,
        "HOME": where.path,
        "KEYS": where.keys,
        "TENANT": read("TENANT", str, "demo"),
        "HOME_MUNICIPALITY": read("HOME_MUNICIPALITY", str, ""),
        "KEEP_AD_TEXT": read("KEEP_AD_TEXT", as_bool, False),
        "DEMO": read("DEMO", as_bool, False),
        "CLOCK_FROM": read("CLOCK_FROM", str, ""),
        "SECRET_KEY": where.secret("django-secret").hex(),
        "DEBUG": False,
        "ALLOWED_HOSTS": read("ALLOWED_HOSTS", as_list, ["localhost", "127.0.0.1", "[::1]"]),
        "DATABASES": {"default": database(site, where, synchronous=synchronous)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "ROOT_URLCONF": f"nosvidere.sites.{site}_urls",
        "WSGI_APPLICATION": None,
        # Files that a deployer lays here are served as they are: the map's tiles, which hold streets and no cases.
        "WHITENOISE_ROOT": where.path / "served",
        "TILES_HREF": f"/{tiles.name}" if tiles.exists() else "",
        "STATIC_URL": "/static/",
        "STATIC_ROOT": where.path / "static",
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "nosvidere.ui.storage.ForgivingStaticFilesStorage"},
        },
        "TEMPLATES": [_templates(site)],
        "CONTENT_SECURITY_POLICY": CONTENT_SECURITY_POLICY,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2_621_440,
        "LOGGING": LOGGING,
        **LANGUAGE_AND_TIME,
        **_transport(site),
    }


def _templates(site: str) -> dict[str, Any]:
    processors = ["django.template.context_processors.request"]
    if site != "public":
        processors.append("nosvidere.sites.shell.shell")
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": processors, "builtins": ["django.templatetags.i18n"]},
    }


def _transport(site: str) -> dict[str, Any]:
    """Return what depends on whether the site stands behind TLS: always, except on this machine alone."""
    secure = read("TLS", as_bool, False)
    return {
        "SESSION_COOKIE_SECURE": secure,
        "CSRF_COOKIE_SECURE": secure,
        "SECURE_SSL_REDIRECT": secure,
        "SECURE_HSTS_SECONDS": 31_536_000 if secure else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": secure,
        "SECURE_HSTS_PRELOAD": secure,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if secure else None,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "X_FRAME_OPTIONS": "DENY",
        "SILENCED_SYSTEM_CHECKS": SILENCED_CHECKS[site == "public"],
        "CSRF_FAILURE_VIEW": "nosvidere.ui.views.csrf_refused",
        # Inside, a form must say where it comes from, or the browser sends "Origin: null"; outside nothing is said.
        "SECURE_REFERRER_POLICY": "no-referrer" if site == "public" else "same-origin",
    }


SIGN_IN: dict[str, Any] = {
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": "service_code",
    "ACCOUNT_USER_MODEL_EMAIL_FIELD": None,
    "ACCOUNT_LOGIN_METHODS": {"username"},
    "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*"],
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_ADAPTER": "nosvidere.accounts.adapter.StaffAdapter",
    "ACCOUNT_FORMS": {
        "login": "nosvidere.accounts.forms.SignInForm",
        "change_password": "nosvidere.accounts.forms.NewPasswordForm",
        "reauthenticate": "nosvidere.accounts.forms.SureForm",
    },
    "ACCOUNT_LOGOUT_ON_GET": False,
    "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
    "ACCOUNT_SESSION_REMEMBER": False,
    "ACCOUNT_RATE_LIMITS": {"login_failed": "5/5m/key"},
}
SECOND_FACTOR: dict[str, Any] = {
    "MFA_FORMS": {
        "authenticate": "nosvidere.accounts.forms.SecondFactorForm",
        "reauthenticate": "nosvidere.accounts.forms.SecondFactorForm",
        "activate_totp": "nosvidere.accounts.forms.SetUpForm",
        "deactivate_totp": "nosvidere.accounts.forms.TakeAwayForm",
    },
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": False,
    "MFA_ADAPTER": "nosvidere.accounts.adapter.SealedMFAAdapter",
}


def staff_settings(site: str) -> dict[str, Any]:
    """Return what the two sites with sign-in add: allauth with a second factor, sessions and the drop's address."""
    demo = read("DEMO", as_bool, False)
    SiteHome.of(site).secret("second-factor-key")
    return {
        "AUTH_USER_MODEL": "accounts.Account",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
                "OPTIONS": {"min_length": 12},
            },
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
            {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
        ],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "/",
        "SESSION_COOKIE_NAME": f"{site}-session",
        "CSRF_COOKIE_NAME": f"{site}-csrf",
        "SESSION_COOKIE_AGE": 8 * 3600,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        **SIGN_IN,
        **SECOND_FACTOR,
        "MFA_TOTP_ISSUER": f"Nos Videre ({site})",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": demo,
        "SECOND_FACTOR_REQUIRED": not demo,
        "DROP_URL": read("DROP_URL", str, f"http://127.0.0.1:{DEFAULT_PORTS['public']}"),
        "PUBLIC_URL": read(
            "PUBLIC_URL", str, read("DROP_URL", str, f"http://127.0.0.1:{DEFAULT_PORTS['public']}")
        ),
        # What the courier shows the drop, and whose certificate it takes from it; without, the system's own authorities.
        "DROP_CERTIFICATE": read("DROP_CERTIFICATE", str, ""),
        "DROP_KEY": read("DROP_KEY", str, ""),
        "DROP_AUTHORITY": read("DROP_AUTHORITY", str, ""),
        "PARTY": site,
    }


STAFF_APPS = [
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "nosvidere.sites.apps.SitesConfig",
    "nosvidere.ui",
    "nosvidere.audit",
    "nosvidere.accounts",
    "nosvidere.courier",
    # After ours: our templates come first.
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

STAFF_MIDDLEWARE = [
    "nosvidere.ui.csp.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "nosvidere.accounts.middleware.ActorMiddleware",
]

# Logs carry codes, never names, addresses or what someone wrote: only the logger, the level and the message's template.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"bare": {"()": "nosvidere.sites.logs.BareFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "bare"}},
    # Whoever knocks with another host's name is refused; what they wrote is not kept.
    "loggers": {"django.security.DisallowedHost": {"handlers": [], "propagate": False}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
