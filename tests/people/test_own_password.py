"""One-time passwords and choosing one's own."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import get_default_password_validators
from django.test import Client

from lms.journal.models import Entry
from lms.people import actions
from lms.people.models import Person
from lms.people.passwords import DEMO_PASSWORD
from lms.people.refusals import Refused
from tests.conftest import PASSWORD

CHANGE = "/accounts/password/change/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(client: Client, li: Person, log_in: Callable[..., Any], at: datetime) -> Client:
    """李振东's browser, logged in with a one-time password."""
    password = actions.issue_password(person=li, by=None, at=at)
    assert log_in(password=password).status_code == 302
    return client


def test_a_one_time_password_opens_nothing_but_its_change(newcomer: Client) -> None:
    for path in ("/", "/notices/", "/desk/people/", "/nothing/"):
        answer = newcomer.get(path)
        assert answer.status_code == 302, path
        assert answer.url.startswith(CHANGE), path  # type: ignore[attr-defined]
    assert newcomer.get(CHANGE).status_code == 200
    assert newcomer.get("/accounts/logout/").status_code == 200


def test_a_script_is_told_to_change_the_password(newcomer: Client) -> None:
    answer = newcomer.post("/notices/read/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (403, {"error": "change_password"})


def test_after_the_change_the_page_that_was_asked_for_opens(newcomer: Client, li: Person) -> None:
    where = newcomer.get("/notices/?page=2").url  # type: ignore[attr-defined]
    before = newcomer.session.session_key
    answer = newcomer.post(where, {"password1": "Other-Horse-8", "password2": "Other-Horse-8"})
    assert answer.url == "/notices/?page=2"  # type: ignore[attr-defined]
    assert newcomer.get("/notices/").status_code == 200
    assert newcomer.session.session_key != before
    li.refresh_from_db()
    assert (li.must_change_password, li.password_expires_at) == (False, None)
    assert li.check_password("Other-Horse-8")
    assert Entry.objects.filter(kind="password-changed", about_person=li.pk).count() == 1


def test_next_of_the_change_is_a_local_path_too(newcomer: Client) -> None:
    answer = newcomer.post(
        f"{CHANGE}?next=//evil.example", {"password1": "Other-Horse-8", "password2": "Other-Horse-8"}
    )
    assert answer.url == "/"  # type: ignore[attr-defined]


@pytest.mark.parametrize("chosen", ["short", "00120039001", "password1234", "1234567890"])
def test_weak_passwords_are_refused(newcomer: Client, chosen: str) -> None:
    answer = newcomer.post(CHANGE, {"password1": chosen, "password2": chosen})
    assert answer.status_code == 200
    assert answer.context["form"].errors["password1"]


def test_the_same_password_again_is_refused(newcomer: Client, li: Person, at: datetime) -> None:
    li.set_password("Fresh-One-Time-9")
    li.save()
    newcomer.force_login(li, backend="lms.people.login.StaffNumberBackend")
    answer = newcomer.post(CHANGE, {"password1": "Fresh-One-Time-9", "password2": "Fresh-One-Time-9"})
    assert "新密码不能与当前密码相同" in str(answer.context["form"].errors)


def test_the_demo_password_is_refused_outside_the_demo(
    newcomer: Client, li: Person, settings: Any, at: datetime
) -> None:
    settings.DEMO = False
    answer = newcomer.post(CHANGE, {"password1": DEMO_PASSWORD, "password2": DEMO_PASSWORD})
    assert "不能使用演示账号的密码" in str(answer.context["form"].errors)
    with pytest.raises(Refused, match="演示账号"):
        actions.change_password(person=li, password=DEMO_PASSWORD, by=li, at=at)
    settings.DEMO = True
    assert newcomer.post(CHANGE, {"password1": DEMO_PASSWORD, "password2": DEMO_PASSWORD}).status_code == 302


def test_a_change_ends_every_other_session(client_of: Callable[[Person], Client], li: Person) -> None:
    lost, kept = client_of(li), client_of(li)
    form = {"oldpassword": PASSWORD, "password1": "Other-Horse-8", "password2": "Other-Horse-8"}
    assert kept.post(CHANGE, form).status_code == 302
    assert SESSION_KEY in kept.session
    assert kept.get("/notices/").status_code == 200
    assert lost.get("/notices/").status_code == 302


def test_who_has_an_own_password_is_asked_for_it(client_of: Callable[[Person], Client], li: Person) -> None:
    browser = client_of(li)
    assert "当前密码" in browser.get(CHANGE).content.decode()
    answer = browser.post(CHANGE, {"oldpassword": "wrong", "password1": "Other-Horse-8", "password2": "Other-Horse-8"})
    assert "还可尝试 4 次" in str(answer.context["form"].errors["oldpassword"])


def test_an_account_without_a_password_sees_the_page_and_gets_no_further(
    client_of: Callable[[Person], Client], li_zhendong: Person
) -> None:
    browser = client_of(li_zhendong)
    assert browser.get(CHANGE).status_code == 200
    form = {"oldpassword": "", "password1": "Other-Horse-8", "password2": "Other-Horse-8"}
    assert browser.post(CHANGE, form).status_code == 200
    li_zhendong.refresh_from_db()
    assert not li_zhendong.has_usable_password()


def test_issuing_ends_the_sessions_lifts_the_lock_and_leaves_no_password_behind(
    client_of: Callable[[Person], Client], li: Person, fail: Callable[..., str], lin_xiaowen: Person, at: datetime
) -> None:
    browser = client_of(li)
    fail(times=5)
    password = actions.issue_password(person=li, by=lin_xiaowen, at=at)
    assert browser.get("/notices/").status_code == 302
    entry = Entry.objects.get(kind="password-issued")
    assert (entry.by_person, entry.about_person, entry.payload) == (lin_xiaowen.pk, li.pk, {})
    assert password not in str(Person.objects.filter(pk=li.pk).values().get())
    assert fail().endswith("还可尝试 4 次。忘记密码请联系部门培训员")


def test_one_time_passwords_differ_and_can_be_typed_on_a_phone(li: Person, at: datetime) -> None:
    issued = {actions.issue_password(person=li, by=None, at=at) for _ in range(5)}
    assert len(issued) == 5
    for password in issued:
        assert len(password) == 12
        assert not set(password) & set("0o1il ")
        assert password == password.lower()


def test_the_form_promises_what_the_validators_ask() -> None:
    validators = get_default_password_validators()
    assert 10 in [getattr(validator, "min_length", None) for validator in validators]


def test_a_short_password_is_refused_in_the_reader_s_language(newcomer: Client) -> None:
    answer = newcomer.post(CHANGE, {"password1": "kort-7x", "password2": "kort-7x"})
    assert answer.context["form"].errors["password1"] == ["密码太短，请至少使用 10 个字符。"]
