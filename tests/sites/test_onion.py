"""The public site as an onion service, and in the open net beside it."""

import pytest

from nosvidere.sites.environment import as_count, as_onion

NAME = "a" * 56 + ".onion"


@pytest.fixture
def behind_tls(settings, as_site):
    """The public site as it runs in service: behind TLS, with HSTS."""
    as_site("public")
    settings.ALLOWED_HOSTS = ["nv.example", NAME]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 3600
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    return settings


@pytest.fixture
def with_onion(behind_tls):
    behind_tls.ONION = f"http://{NAME}"
    return behind_tls


@pytest.mark.django_db
def test_a_page_in_the_open_net_tells_of_the_onion(client, with_onion):
    page = client.get("/tecken/", headers={"host": "nv.example", "x-forwarded-proto": "https"})

    assert page.status_code == 200
    assert page["Onion-Location"] == f"http://{NAME}/tecken/"
    assert page["Strict-Transport-Security"] == "max-age=3600"


@pytest.mark.django_db
def test_whoever_comes_by_the_onion_is_neither_redirected_nor_trapped(client, with_onion):
    page = client.get("/tecken/", headers={"host": NAME})

    assert page.status_code == 200
    assert "Strict-Transport-Security" not in page
    assert "Onion-Location" not in page


@pytest.mark.django_db
def test_without_an_onion_nothing_is_told_of_one(client, behind_tls):
    asked = {"host": "nv.example", "x-forwarded-proto": "https"}

    assert "Onion-Location" not in client.get("/", headers=asked)
    assert client.get("/", headers={"host": NAME}).status_code == 301


def test_an_onion_and_a_count_are_read_or_refused():
    assert as_onion(f"http://{NAME}/") == f"http://{NAME}"
    assert (as_count("0"), as_count("2")) == (0, 2)
    for wrong in ("https://nv.example", "http://short.onion", f"http://{NAME}/x"):
        with pytest.raises(ValueError, match="onion"):
            as_onion(wrong)
    for wrong in ("-1", "två", "1.5", ""):
        with pytest.raises(ValueError, match="whole number"):
            as_count(wrong)
