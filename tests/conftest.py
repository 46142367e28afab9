"""What all tests share: the sites' settings, staff with each role, and the season's clock."""

from datetime import UTC, datetime

import pytest

from nosvidere.rules import access
from nosvidere.rules.access import Actor

SITE_SETTINGS = (
    "ROOT_URLCONF",
    "MIDDLEWARE",
    "LANGUAGES",
    "CONTENT_SECURITY_POLICY",
    "TEMPLATES",
    "SITE",
)


def actor(role: str, code: str = "") -> Actor:
    """Return an actor with one role."""
    return Actor(code or f"{role.replace('_', '-')}-1", frozenset({role}), "vastkust")


@pytest.fixture
def at() -> datetime:
    """An evening in the season."""
    return datetime(2020, 10, 1, 18, 0, tzinfo=UTC)


@pytest.fixture
def source_handler() -> Actor:
    return actor(access.SOURCE_HANDLER)


@pytest.fixture
def analyst() -> Actor:
    return actor(access.ANALYST)


@pytest.fixture
def second_analyst() -> Actor:
    return actor(access.ANALYST, "analyst-2")


@pytest.fixture
def operation_lead() -> Actor:
    return actor(access.OPERATION_LEAD)


@pytest.fixture
def field_officer() -> Actor:
    return actor(access.FIELD_OFFICER)


@pytest.fixture
def legal_reviewer() -> Actor:
    return actor(access.LEGAL_REVIEWER)


@pytest.fixture
def coordinator() -> Actor:
    return actor(access.REGIONAL_COORDINATOR)


@pytest.fixture
def press_officer() -> Actor:
    return actor(access.PRESS_OFFICER)


@pytest.fixture
def protection_officer() -> Actor:
    return actor(access.DATA_PROTECTION_OFFICER)


@pytest.fixture
def administrator() -> Actor:
    return actor(access.TECHNICAL_ADMINISTRATOR)


@pytest.fixture
def services_worker() -> Actor:
    return actor(access.SERVICES_WORKER)


@pytest.fixture
def sign_in(client, db, settings):
    """Return a function that signs the test client in as a new account with the given roles.

    The second factor has tests of its own (accounts) and is off here, as in the demonstration.
    """
    settings.SECOND_FACTOR_REQUIRED = False
    from nosvidere.accounts.models import Account, OrgUnit, Post

    def do(*roles: str, code: str = "tester-1"):
        day = datetime(2020, 1, 1, tzinfo=UTC)
        unit, _ = OrgUnit.objects.get_or_create(
            code="vastkust", defaults={"name": "Västkust", "kind": "region"}
        )
        account = Account.objects.create_user(
            code, "ett långt lösenord", name="Prov", created_at=day
        )
        for role in roles:
            Post.objects.create(account=account, unit=unit, role=role, from_on=day.date())
        client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return do


@pytest.fixture
def as_site(settings):
    """Return a function that lets the process answer as one of the sites: its pages, layers and policy."""
    import importlib

    def do(site: str):
        module = importlib.import_module(f"nosvidere.sites.{site}")
        for name in SITE_SETTINGS:
            setattr(settings, name, getattr(module, name))
        settings.PARTY = getattr(module, "PARTY", settings.PARTY)
        handlers = getattr(module, "FILE_UPLOAD_HANDLERS", settings.FILE_UPLOAD_HANDLERS)
        settings.FILE_UPLOAD_HANDLERS = handlers

    return do


@pytest.fixture(autouse=True)
def _real_clock():
    """Let no test leave the clock elsewhere."""
    from nosvidere.kernel import time

    yield
    time.start_clock_at(datetime.now(UTC))
