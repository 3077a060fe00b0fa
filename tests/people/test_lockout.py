"""Counters that guard the log-in: exact, shared by every way in, and forgiving nobody by accident."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory

from lms.journal.models import Entry
from lms.kernel import clock
from lms.people import actions, lockout
from lms.people.models import AddressLoginCount, LoginFailure, Person
from tests.conftest import PASSWORD

Fail = Callable[..., str]


@pytest.mark.django_db
def test_five_failures_lock_the_number_even_for_the_right_password(li: Person, fail: Fail, log_in: Any) -> None:
    assert "15 分钟" in fail(times=5)
    assert log_in().status_code == 200


@pytest.mark.django_db
def test_an_unknown_number_is_locked_as_well(fail: Fail) -> None:
    assert "15 分钟" in fail("00999999", times=5)


@pytest.mark.django_db
def test_the_lock_is_over_after_fifteen_minutes(li: Person, fail: Fail, log_in: Any, move_clock: Any) -> None:
    fail(times=5)
    move_clock(14 * 60)
    assert log_in().status_code == 200
    move_clock(15 * 60 + 5)
    assert log_in().status_code == 302


@pytest.mark.django_db
def test_tries_while_locked_do_not_prolong_the_lock(li: Person, fail: Fail, log_in: Any, move_clock: Any) -> None:
    fail(times=5)
    move_clock(10 * 60)
    fail(times=3)
    move_clock(15 * 60 + 5)
    assert log_in().status_code == 302


@pytest.mark.django_db
def test_an_own_success_forgives_no_foreign_failure(client: Client, li: Person, fail: Fail, log_in: Any) -> None:
    fail(times=4)
    assert log_in().status_code == 302
    client.logout()
    assert "15 分钟" in fail()


@pytest.mark.django_db
def test_an_administrator_unlocks(client: Client, li: Person, fail: Fail, log_in: Any, at: datetime) -> None:
    fail(times=5)
    actions.unlock(person=li, by=None, at=at)
    assert log_in().status_code == 302


@pytest.mark.django_db
def test_the_lock_is_in_the_journal_once_and_without_the_number_typed(li: Person, fail: Fail) -> None:
    fail(times=7)
    fail("Typed-Pass-By-Mistake", times=5)
    known, unknown = Entry.objects.filter(kind="login-locked")
    assert (known.about_person, known.payload) == (li.pk, {})
    assert (unknown.about_person, unknown.payload) == (None, {})


@pytest.mark.django_db
def test_every_way_in_shares_one_counter(client: Client, li: Person, fail: Fail) -> None:
    fail(times=2)
    for _ in range(2):
        client.post(
            "/accounts/relogin/", {"login": li.staff_no, "password": "Wrong-Horse-7", "expected": str(li.uuid)}
        )
    authenticate(None, username=li.staff_no, password="Wrong-Horse-7")
    assert LoginFailure.objects.filter(number=li.staff_no).count() == 5
    assert authenticate(None, username=li.staff_no, password=PASSWORD) is None


@pytest.mark.django_db
def test_guessing_the_current_password_counts_as_well(client_of: Any, li: Person) -> None:
    browser = client_of(li)
    form = {"oldpassword": "Wrong-Horse-7", "password1": "Other-Horse-8", "password2": "Other-Horse-8"}
    for _ in range(5):
        browser.post("/accounts/password/change/", form)
    assert authenticate(None, username=li.staff_no, password=PASSWORD) is None


@pytest.mark.django_db(transaction=True)
def test_however_many_guess_at_once_only_five_passwords_are_tried(unit: Any) -> None:
    number, tries = "00120039", 20

    def guess(_: int) -> bool:
        try:
            return lockout.take(number, address="127.0.0.1", at=clock.now()) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(guess, range(tries))) == 5
    assert LoginFailure.objects.filter(number=number).count() == 5


@pytest.mark.django_db(transaction=True)
def test_an_expired_slot_is_taken_over_by_one_only(unit: Any) -> None:
    old = clock.now() - timedelta(minutes=20)
    for _ in range(5):
        lockout.take("00120039", address="127.0.0.1", at=old)

    def guess(_: int) -> bool:
        try:
            return lockout.take("00120039", address="127.0.0.1", at=clock.now()) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(guess, range(16))) == 5


@pytest.mark.django_db
def test_three_hundred_log_ins_a_minute_come_from_one_address(at: datetime, li: Person, log_in: Any) -> None:
    at = at.replace(second=5)
    for _ in range(300):
        assert lockout.count_address("10.0.0.7", at=at)
    assert not lockout.count_address("10.0.0.7", at=at)
    assert lockout.count_address("10.0.0.8", at=at)
    assert lockout.count_address("10.0.0.7", at=at + timedelta(minutes=1))


@pytest.mark.django_db
def test_a_crowded_address_is_told_to_wait(at: datetime, li: Person, log_in: Any) -> None:
    for minute in (0, 1):
        start = at.replace(second=0, microsecond=0) + timedelta(minutes=minute)
        AddressLoginCount.objects.create(address="127.0.0.1", minute=start, count=300)
    answer = log_in()
    assert "请一分钟后再试" in str(answer.context["form"].non_field_errors())


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, "1.2.3.4", "127.0.0.1"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4"),
        (2, "1.2.3.4", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "nonsense", "127.0.0.1"),
        (1, "::1", "::1"),
    ],
)
def test_a_forwarded_address_counts_only_as_far_as_our_proxies_wrote_it(
    proxies: int, forwarded: str, seen: str, settings: Any, rf: RequestFactory
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request: HttpRequest = rf.get("/", headers={"X-Forwarded-For": forwarded} if forwarded else {})
    assert lockout.client_address(request) == seen


@pytest.mark.django_db
def test_old_counters_are_swept(at: datetime) -> None:
    lockout.take("00120039", address="127.0.0.1", at=at - timedelta(minutes=16))
    lockout.take("00120040", address="127.0.0.1", at=at)
    lockout.count_address("127.0.0.1", at=at - timedelta(minutes=10))
    assert lockout.forget_old(at=at) == 2
    assert list(LoginFailure.objects.values_list("number", flat=True)) == ["00120040"]
