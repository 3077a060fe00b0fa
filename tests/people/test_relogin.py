"""Logging in again without leaving a lesson or an exam."""

from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from lms.people.models import Person
from tests.conftest import PASSWORD

URL = "/accounts/relogin/"
pytestmark = pytest.mark.django_db


def send(client: Client, person: Person, **more: Any) -> Any:
    form = {"login": person.staff_no, "password": PASSWORD, "expected": str(person.uuid), **more}
    return client.post(URL, form, headers={"X-Requested-With": "XMLHttpRequest"})


def test_the_same_person_goes_on_with_a_new_token(client: Client, li: Person) -> None:
    answer = send(client, li)
    assert answer.status_code == 200
    assert len(answer.json()["csrf"]) > 30
    assert SESSION_KEY in client.session
    assert answer["Cache-Control"].startswith("max-age=0") or "no-store" in answer["Cache-Control"]


def test_the_person_of_the_page_may_come_with_the_address(client: Client, li: Person) -> None:
    answer = client.post(f"{URL}?expected={li.uuid}", {"login": li.staff_no, "password": PASSWORD})
    assert answer.status_code == 200


def test_the_token_it_returns_is_good_for_the_next_post(li: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.get("/accounts/login/")
    form = {"login": li.staff_no, "password": PASSWORD, "expected": str(li.uuid)}
    answer = browser.post(URL, form, headers={"X-CSRFToken": browser.cookies["csrftoken"].value})
    token = answer.json()["csrf"]
    assert browser.post("/notices/read/", headers={"X-CSRFToken": token}).status_code == 302


def test_without_the_pages_token_nobody_is_logged_in(li: Person) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert send(browser, li).status_code == 403
    assert SESSION_KEY not in browser.session


def test_somebody_else_is_refused_even_with_a_right_password(client: Client, li: Person, peng_xiaojun: Person) -> None:
    answer = send(client, li, expected=str(peng_xiaojun.uuid))
    assert answer.status_code == 400
    assert answer.json()["error"] == "这个页面属于另一位员工，请先退出登录。"
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize("expected", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_nobody_named_is_nobody(client: Client, li: Person, expected: str) -> None:
    assert send(client, li, expected=expected).status_code == 400


def test_a_wrong_password_says_what_the_log_in_page_says(client: Client, li: Person) -> None:
    answer = send(client, li, password="Wrong-Horse-7")
    assert answer.status_code == 400
    assert answer.json() == {"error": "员工编号或密码有误，还可尝试 4 次。忘记密码请联系部门培训员"}


def test_only_post_logs_in(client: Client) -> None:
    assert client.get(URL).status_code == 405


@pytest.mark.parametrize("login", ["", "x" * 5000, "0012\x000039"])
def test_odd_numbers_are_answered_not_failed_on(client: Client, li: Person, login: str) -> None:
    answer = send(client, li, login=login)
    assert answer.status_code == 400
    assert answer.json()["error"]
