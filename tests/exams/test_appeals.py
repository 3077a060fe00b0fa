"""Asking for a review of a result, and the answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exams import actions, queries
from exams.models import Appeal, Attempt, Exam, ScoreChange
from exams.rules import appealing
from lms.notices.models import Notice
from lms.people.models import Person
from lms.records.models import Enrolment
from tests.exams.conftest import Taker
from tests.exams.sitting import answer_all, hand_in, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(exam: Exam, taker: Taker, at: datetime) -> Attempt:
    """6 of 10 points, 8 pass; question 4 got none of its 2."""
    begun = start(exam, taker.person, at)
    answer_all(begun, at, right=3)
    return hand_in(begun, at)


@pytest.mark.parametrize(
    ("released", "days", "end"),
    [
        ("2026-03-02T09:00+08:00", 3, "2026-03-06T00:00+08:00"),  # Monday: Tuesday to Thursday
        ("2026-03-05T23:59+08:00", 3, "2026-03-11T00:00+08:00"),  # Thursday: Friday, Monday, Tuesday
        ("2026-03-07T12:00+08:00", 1, "2026-03-10T00:00+08:00"),  # Saturday: Monday
    ],
)
def test_working_days_end_with_the_day(released: str, days: int, end: str) -> None:
    assert appealing.last_moment(datetime.fromisoformat(released), days) == datetime.fromisoformat(end)


def test_nobody_may_ask_before_the_release_or_where_there_are_no_reviews(at: datetime) -> None:
    assert not appealing.is_open(None, 3, at=at) and not appealing.is_open(at, 0, at=at)
    assert appealing.is_open(at, 1, at=at) and not appealing.is_open(at, 1, at=at + timedelta(days=5))


def test_one_request_at_a_time_and_only_in_time(attempt: Attempt, at: datetime) -> None:
    actions.appeal(attempt=attempt, position=4, reason="我选的也对", at=at)
    with pytest.raises(actions.NotOpen):
        actions.appeal(attempt=attempt, position=5, reason="还有", at=at)
    Appeal.objects.update(state="declined")
    with pytest.raises(actions.NotOpen):
        actions.appeal(attempt=attempt, position=4, reason="太晚", at=at + timedelta(days=9))


def test_upheld_it_gives_the_question_its_points_and_may_pass_the_exam(
    attempt: Attempt, taker: Taker, ma_yue: Person, at: datetime
) -> None:
    appeal = actions.appeal(attempt=attempt, position=4, reason="我选的也对", at=at)
    assert Notice.objects.filter(person=ma_yue, kind="appeal_sent").count() == 1
    change = actions.uphold(appeal=appeal, position=4, points=Decimal(2), answer="同意", by=ma_yue, at=at)
    assert change is not None
    assert (change.cause, change.old_passed, change.passed) == ("reviewed", False, True)
    attempt.refresh_from_db()
    assert attempt.score == 8
    assert Enrolment.objects.get(pk=taker.enrolment.pk).state == Enrolment.State.COMPLETED
    assert Notice.objects.get(person=taker.person, kind="appeal_answered").context["upheld"] is True
    assert queries.recomputed(attempt).points == 8
    with pytest.raises(actions.NotOpen):
        actions.decline(appeal=appeal, answer="不同意", by=ma_yue, at=at)


def test_declined_it_changes_nothing_and_says_why(attempt: Attempt, ma_yue: Person, at: datetime) -> None:
    appeal = actions.appeal(attempt=attempt, position=None, reason="总分不对", at=at)
    actions.decline(appeal=appeal, answer="已核对，无误", by=ma_yue, at=at)
    assert not ScoreChange.objects.exists()
    assert Notice.objects.get(kind="appeal_answered").context["answer"] == "已核对，无误"


def test_points_that_the_question_does_not_have_are_refused(attempt: Attempt, ma_yue: Person, at: datetime) -> None:
    appeal = actions.appeal(attempt=attempt, position=4, reason="也对", at=at)
    with pytest.raises(ValueError, match="points"):
        actions.uphold(appeal=appeal, position=4, points=Decimal("2.01"), answer="同意", by=ma_yue, at=at)


def test_a_taker_asks_and_an_examiner_answers_through_the_doors(
    attempt: Attempt, taker: Taker, ma_yue: Person, client_of: Callable[[Person], Client]
) -> None:
    phone, desk, result = client_of(taker.person), client_of(ma_yue), reverse("exams:result", args=[attempt.uuid])
    assert "申请查卷" in phone.get(result).content.decode()
    phone.post(reverse("exams:appeal_send", args=[attempt.uuid]), {"position": "4", "reason": "我选的也对"})
    html = phone.get(result).content.decode()
    assert "复核中" in html and "我选的也对" in html
    page = reverse("exams:appeal", args=[Appeal.objects.get().uuid])
    assert page in desk.get(reverse("exams:appeals")).content.decode()
    bad = desk.post(page, {"verdict": "uphold", "position": "4", "points": "3", "answer": "同意"})
    assert "请填写 0 至 2 分" in bad.content.decode()
    desk.post(page, {"verdict": "uphold", "position": "4", "points": "2", "answer": "同意，两种说法都对"})
    html = phone.get(result).content.decode()
    assert "申诉成立" in html and "同意，两种说法都对" in html and "已通过" in html


@pytest.mark.parametrize("sent", [{"reason": ""}, {"reason": "x", "position": "77"}, {"reason": "x", "position": "a"}])
def test_what_is_no_request_is_not_kept(attempt: Attempt, taker: Taker, client_of: Any, sent: Any) -> None:
    client_of(taker.person).post(reverse("exams:appeal_send", args=[attempt.uuid]), sent)
    assert not Appeal.objects.exists()
