"""Logging in: who gets in, what those read who do not."""

from collections.abc import Callable
from datetime import timedelta
from statistics import median
from time import thread_time
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY, authenticate
from django.test import Client

from lms.kernel import clock
from lms.people import actions
from lms.people.models import LoginFailure, Person
from lms.people.passwords import DEMO_PASSWORD
from tests.conftest import PASSWORD

LogIn = Callable[..., Any]
Fail = Callable[..., str]
pytestmark = pytest.mark.django_db


def logged_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def test_number_and_password_open_the_home_page(client: Client, li: Person, log_in: LogIn) -> None:
    answer = log_in()
    assert answer.status_code == 302
    assert answer.url == "/"
    assert logged_in(client)


def test_the_number_may_be_typed_in_lower_case_in_full_width_or_with_blanks(
    client: Client, log_in: LogIn, make_person: Callable[..., Person]
) -> None:
    worker = make_person("W0000001", "石磊", "YLW01")
    worker.set_password(PASSWORD)
    worker.save()
    for typed in ("w0000001", " W0000001 ", "Ｗ０００００01"):
        client.logout()
        assert log_in(typed).status_code == 302, typed


def test_leading_zeros_are_part_of_the_number(li: Person, fail: Fail) -> None:
    assert "有误" in fail("120039")


def test_the_page_says_how_many_tries_are_left(li: Person, fail: Fail) -> None:
    assert fail() == "员工编号或密码有误，还可尝试 4 次。忘记密码请联系部门培训员"
    assert fail() == "员工编号或密码有误，还可尝试 3 次。忘记密码请联系部门培训员"


@pytest.mark.parametrize("who", ["right number", "unknown", "deactivated", "no password"])
def test_every_kind_of_failure_reads_the_same(who: str, li: Person, fail: Fail, log_in: LogIn) -> None:
    number = "00999999" if who == "unknown" else li.staff_no
    password = "Wrong-Horse-7" if who == "right number" else PASSWORD
    if who == "deactivated":
        Person.objects.filter(pk=li.pk).update(is_active=False)
    if who == "no password":
        li.set_unusable_password()
        li.save()
    said = [str(log_in(number, password).context["form"].non_field_errors()[0]) for _ in range(6)]
    assert (
        said
        == [f"员工编号或密码有误，还可尝试 {left} 次。忘记密码请联系部门培训员" for left in (4, 3, 2, 1)]
        + ["密码错误次数过多，请 15 分钟后再试，或联系部门培训员解锁"] * 2
    )


def test_every_kind_of_failure_costs_the_same_hashing(li: Person, make_person: Callable[..., Person]) -> None:
    """Medians of a few interleaved samples of CPU time lie close together; the hash is most of it."""
    inactive, empty = make_person("D1", "甲", "YL03", is_active=False), make_person("E1", "乙", "YL03")
    inactive.set_password(PASSWORD)
    inactive.save()
    times: dict[str, list[float]] = {
        number: [] for number in (li.staff_no, "00999999", inactive.staff_no, empty.staff_no)
    }
    for _ in range(9):
        for person in (li, inactive, empty):
            actions.unlock(person=person, by=None, at=clock.now())
        for number, spent in times.items():
            start = thread_time()
            authenticate(None, username=number, password="Wrong-Horse-7")
            spent.append(thread_time() - start)
        LoginFailure.objects.all().delete()
    medians = [median(spent) for spent in times.values()]
    assert max(medians) < 2 * min(medians)


def test_the_session_gets_a_new_key_at_log_in(client: Client, li: Person, log_in: LogIn) -> None:
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    log_in()
    assert client.session.session_key != session.session_key
    assert logged_in(client)


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https:evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "\\\\evil.example",
        "/\\evil.example",
        "%2f%2fevil.example",
        "http://testserver/me/",
        "",
        " //evil.example",
        "/\t/evil.example",
    ],
)
def test_next_leads_only_to_a_path_of_ours(target: str, li: Person, log_in: LogIn) -> None:
    assert log_in(form={"next": target}).url == "/"


def test_next_leads_back_to_the_page_that_asked(li: Person, log_in: LogIn) -> None:
    assert log_in(form={"next": "/me/transcript/?year=2026"}).url == "/me/transcript/?year=2026"


def test_the_demo_password_opens_nothing_outside_the_demo(li: Person, log_in: LogIn, settings: Any) -> None:
    li.set_password(DEMO_PASSWORD)
    li.save()
    settings.DEMO = False
    assert log_in(password=DEMO_PASSWORD).status_code == 200
    settings.DEMO = True
    assert log_in(password=DEMO_PASSWORD).status_code == 302


def test_an_expired_one_time_password_says_so(client: Client, li: Person, log_in: LogIn, move_clock: Any) -> None:
    password = actions.issue_password(person=li, by=None, at=clock.now())
    move_clock(timedelta(hours=71).total_seconds())
    assert log_in(password=password).status_code == 302
    client.logout()
    move_clock(timedelta(hours=73).total_seconds())
    answer = log_in(password=password)
    assert "一次性密码已过期" in str(answer.context["form"].non_field_errors())


def test_logging_in_sends_at_most_ten_statements(client: Client, li: Person, statements: Any) -> None:
    client.get("/accounts/login/")
    with statements(at_most=10):
        client.post("/accounts/login/", {"login": li.staff_no, "password": PASSWORD})
    assert logged_in(client)


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "password/reset/",
        "password/set/",
        "reauthenticate/",
        "confirm-email/",
        "inactive/",
        "login/code/",
        "",
    ],
)
def test_no_other_account_page_of_the_library_exists(client: Client, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404


def test_wagtails_own_log_in_leads_to_ours(client: Client) -> None:
    answer = client.get("/cms/login/?next=/cms/")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=/cms/"


def test_a_deactivated_person_is_out_on_the_next_request(client_of: Callable[[Person], Client], li: Person) -> None:
    browser = client_of(li)
    assert browser.get("/notices/").status_code == 200
    actions.deactivate(person=li, by=None, at=clock.now())
    assert browser.get("/notices/").status_code == 302
    actions.reactivate(person=li, by=None, at=clock.now())
    assert browser.get("/notices/").status_code == 302, "the old session must not live again"


def test_ended_sessions_are_out_on_the_next_request(client_of: Callable[[Person], Client], li: Person) -> None:
    browser = client_of(li)
    actions.end_sessions(person=li, by=None, at=clock.now())
    assert browser.get("/notices/").status_code == 302


def test_personal_pages_are_stored_by_nobody(client_of: Callable[[Person], Client], li: Person) -> None:
    assert client_of(li).get("/notices/")["Cache-Control"] == "private, no-store"


def test_logging_out_tells_the_browser_to_forget(client_of: Callable[[Person], Client], li: Person) -> None:
    browser = client_of(li)
    assert browser.get("/accounts/logout/").status_code == 200
    answer = browser.post("/accounts/logout/")
    assert answer["Location"] == "/accounts/login/"
    assert answer["Clear-Site-Data"] == '"storage"'
    order = answer.cookies["forget"]
    assert (order.value, order["httponly"]) == ("1", "")  # for the script of the next page
    assert not logged_in(browser)


def test_a_script_without_a_session_gets_401_and_a_page_the_log_in(client: Client) -> None:
    assert client.get("/notices/").url == "/accounts/login/?next=/notices/"  # type: ignore[attr-defined]
    answer = client.get("/notices/", headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer.json()) == (401, {"error": "login"})


@pytest.mark.parametrize("path", ["login/", "logout/", "password/change/"])
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_account_pages_know_only_looking_and_sending(client: Client, path: str, method: str) -> None:
    assert getattr(client, method)(f"/accounts/{path}").status_code == 405
