"""Language and 大字版 belong to the person."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lms.people.models import Person
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_large_text_is_switched_on_and_off(client_of: Callable[[Person], Client], li: Person) -> None:
    browser = client_of(li)
    answer = browser.post("/accounts/preferences/", {"large_text": "on", "next": "/me/"})
    assert answer.url == "/me/"  # type: ignore[attr-defined]
    li.refresh_from_db()
    assert li.large_text
    assert 'class="large-text"' in browser.get("/notices/").content.decode()
    browser.post("/accounts/preferences/", {"large_text": "off", "next": "//evil.example"})
    li.refresh_from_db()
    assert not li.large_text


def test_the_language_switch_is_kept_with_the_person(client_of: Callable[[Person], Client], li: Person) -> None:
    browser = client_of(li)
    answer = browser.post("/lang/", {"language": "en", "next": "/notices/"})
    assert answer.url == "/notices/"  # type: ignore[attr-defined]
    assert "No notices yet" in browser.get("/notices/").content.decode()
    li.refresh_from_db()
    assert li.language == "en"


def test_unknown_languages_change_nothing(client_of: Callable[[Person], Client], li: Person) -> None:
    browser = client_of(li)
    browser.post("/lang/", {"language": "xx"})
    browser.post("/accounts/preferences/", {"language": "xx"})
    li.refresh_from_db()
    assert li.language == "zh-hans"
    assert "django_language" not in browser.cookies


def test_somebody_anonymous_may_choose_a_language(client: Client) -> None:
    client.post("/lang/", {"language": "en", "next": "/accounts/login/"})
    assert "Staff number" in client.get("/accounts/login/").content.decode()


def test_a_borrowed_phone_takes_over_the_persons_language(
    client: Client, li: Person, log_in: Callable[..., Any]
) -> None:
    client.cookies["django_language"] = "en"
    log_in(password=PASSWORD)
    assert client.cookies["django_language"].value == "zh-hans"


def test_the_phones_own_language_decides_nothing(client: Client) -> None:
    page = client.get("/accounts/login/", headers={"Accept-Language": "en-GB,en"}).content.decode()
    assert "员工编号" in page
