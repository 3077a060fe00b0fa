"""Reading changes nothing: no GET of exams writes a row, whatever state the sitting is in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exams.models import Attempt, Exam, QuestionBank
from exams.tasks import close_expired_attempts
from lms.people.models import Person
from tests.exams.conftest import Taker, enrolled
from tests.exams.sitting import answer_all, hand_in, start

pytestmark = pytest.mark.django_db
WRITES = ("INSERT", "UPDATE", "DELETE")


def read(client: Client, *pages: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        for page in pages:
            assert client.get(page).status_code in (200, 302), page
    assert not [query["sql"] for query in captured.captured_queries if query["sql"].startswith(WRITES)]


def test_pages_of_a_taker_write_nothing(
    exam: Exam, taker: Taker, client_of: Callable[[Person], Client], at: datetime, move_clock: Callable[[float], None]
) -> None:
    phone = client_of(taker.person)
    notice, listed = reverse("exams:notice", args=[exam.uuid]), reverse("exams:list")
    read(phone, notice, listed)
    attempt = start(exam, taker.person, at)
    answer_all(attempt, at)
    own = [reverse(f"exams:{name}", args=[attempt.uuid]) for name in ("sheet", "result")]
    read(phone, notice, listed, *own)
    move_clock(3600)
    read(phone, notice, listed, *own)
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.IN_PROGRESS
    close_expired_attempts()
    attempt.refresh_from_db()
    assert (attempt.state, attempt.closed_by) == (Attempt.State.SUBMITTED, "deadline")
    read(phone, notice, listed, *own)


def test_pages_of_the_desk_write_nothing(
    exam: Exam, taker: Taker, bank: QuestionBank, ma_yue: Person, client_of: Callable[[Person], Client], at: datetime
) -> None:
    hand_in(start(exam, taker.person, at), at)
    pages = [reverse(f"exams:{name}") for name in ("desk", "create", "banks", "import", "template")]
    pages += [reverse(f"exams:{name}", args=[exam.uuid]) for name in ("exam", "not_sat")]
    read(client_of(ma_yue), *pages, reverse("exams:bank", args=[bank.uuid]))


def test_sweeping_closes_and_releases_what_is_due(
    make_exam: Any, li_zhendong: Person, at: datetime, move_clock: Callable[[float], None]
) -> None:
    """P8, and the release when nobody looks."""
    exam = make_exam(release_at=at + timedelta(hours=2))
    enrolled(exam, li_zhendong, at)
    attempt = start(exam, li_zhendong, at)
    for later, released in ((3600, False), (3 * 3600, True)):
        move_clock(later)
        close_expired_attempts()
        attempt.refresh_from_db()
        assert (attempt.state, bool(attempt.released_at)) == (Attempt.State.SUBMITTED, released)
