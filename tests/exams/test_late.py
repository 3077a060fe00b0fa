"""Answers that came after the end: kept, shown to the examiner, counted only when accepted (P3)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from exams import actions, queries
from exams.actions.late import NotAcceptable, NotNow
from exams.facts import Closed
from exams.models import Answer, Attempt, Exam, LateDecision, ScoreChange
from exams.queries import late
from exams.rules import grading, lateness
from lms.journal.models import Entry
from lms.notices.models import Notice
from lms.people.models import Person
from lms.records.models import Enrolment
from tests.exams.conftest import Taker, enrolled
from tests.exams.sitting import answer_all, items, right_answer, save, start

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1)


@pytest.fixture
def over(exam: Exam, taker: Taker, at: datetime) -> Attempt:
    """Three of five right in time, closed at the deadline: 6 of 10 points, 8 pass."""
    begun = start(exam, taker.person, at)
    answer_all(begun, at, right=3)
    actions.close_expired(at=at + LATER)
    begun.refresh_from_db()
    assert begun.score == 6
    return begun


def send(attempt: Attempt, item: int, at: datetime, *, right: bool = True, written: datetime | None = None) -> Answer:
    """A late answer that its device says was given a minute before the end."""
    good = right_answer(items(attempt)[item - 1])
    payload = good if right else [next(n for n in range(9) if n not in good)]
    written = written or attempt.deadline - timedelta(minutes=1)
    outcome = save(attempt, item, payload, at, base_version=1, written_at=written)
    assert isinstance(outcome, Closed)
    return Answer.objects.get(op_id=outcome.op_id)


def test_accepted_it_counts_and_everybody_is_told(over: Attempt, taker: Taker, ma_yue: Person, at: datetime) -> None:
    at += LATER
    came = send(over, 4, at)
    assert late.told(over) == late.Told(1, 0, 0)
    change = actions.accept_late(attempt=over, answers=[came.pk], reason="现场断网，监考证实", by=ma_yue, at=at)
    assert change is not None
    assert change.cause == "late" and change.by == ma_yue
    assert change.old_score == 6 and change.score == 8
    over.refresh_from_db()
    assert over.score == 8 and over.passed
    assert grading.total(queries.graded(over).values()) == 8
    decision = LateDecision.objects.get(answer=came)
    assert decision.counted and (decision.counted.standing, decision.counted.version) == ("accepted", 2)
    came.refresh_from_db()
    assert (came.standing, came.version) == ("late", 1)
    assert Enrolment.objects.get(pk=taker.enrolment.pk).state == Enrolment.State.COMPLETED
    assert Entry.objects.get(kind="late-accepted").payload["answers"] == [came.pk]
    assert Notice.objects.get(person=taker.person, kind="late_decided").context["accepted"] is True
    assert Notice.objects.get(person=taker.person, kind="exam_score").context["before"] == "6"
    assert late.told(over) == late.Told(0, 1, 0)
    with pytest.raises(NotNow):
        actions.accept_late(attempt=over, answers=[came.pk], reason="再来", by=ma_yue, at=at)


def test_left_it_changes_nothing(over: Attempt, taker: Taker, ma_yue: Person, at: datetime) -> None:
    at += LATER
    came = send(over, 4, at)
    actions.leave_late(attempt=over, answers=[came.pk], reason="无法证实", by=ma_yue, at=at)
    over.refresh_from_db()
    assert over.score == 6 and not ScoreChange.objects.exists() and late.told(over) == late.Told(0, 0, 1)
    assert Notice.objects.get(person=taker.person, kind="late_decided").context["reason"] == "无法证实"
    assert Entry.objects.filter(kind="late-left").count() == 1
    with pytest.raises(NotNow):
        actions.accept_late(attempt=over, answers=[came.pk], reason="改主意", by=ma_yue, at=at)


def test_of_two_answers_to_a_question_the_one_given_last_counts(over: Attempt, ma_yue: Person, at: datetime) -> None:
    at += LATER
    last = send(over, 4, at)
    first = send(over, 4, at, right=False, written=over.deadline - timedelta(minutes=9))
    actions.accept_late(attempt=over, answers=[first.pk, last.pk], reason="断网", by=ma_yue, at=at)
    over.refresh_from_db()
    assert over.score == 8
    assert [one.counted is not None for one in LateDecision.objects.order_by("answer")] == [True, False]


def test_an_older_answer_does_not_take_the_place_of_a_newer_one(over: Attempt, ma_yue: Person, at: datetime) -> None:
    at += LATER
    newer = send(over, 4, at)
    older = send(over, 4, at, right=False, written=over.deadline - timedelta(minutes=9))
    actions.accept_late(attempt=over, answers=[newer.pk], reason="断网", by=ma_yue, at=at)
    assert [one.why_not for one in late.late_answers(over) if one.answer.pk == older.pk] == ["older"]
    assert late.told(over) == late.Told(0, 1, 0)
    with pytest.raises(NotAcceptable):
        actions.accept_late(attempt=over, answers=[older.pk], reason="断网", by=ma_yue, at=at)


def test_what_was_given_after_the_end_is_not_accepted_but_may_be_settled(
    over: Attempt, ma_yue: Person, at: datetime
) -> None:
    at += LATER
    came = send(over, 4, at, written=over.deadline + timedelta(seconds=30))
    good = send(over, 5, at)
    with pytest.raises(NotAcceptable):
        actions.accept_late(attempt=over, answers=[came.pk, good.pk], reason="断网", by=ma_yue, at=at)
    assert not LateDecision.objects.exists() and not Entry.objects.filter(kind="late-accepted").exists()
    actions.leave_late(attempt=over, answers=[came.pk], reason="结束后作答", by=ma_yue, at=at)


@pytest.mark.parametrize(("written", "why"), [(None, "not_in_time"), (-1, None), (10, None), (11, "not_in_time")])
def test_the_device_has_to_claim_that_it_was_in_time(written: int | None, why: str | None, at: datetime) -> None:
    told = None if written is None else at + timedelta(seconds=written)
    assert lateness.why_not(told, at, marked=False) == why
    assert lateness.why_not(told, at, marked=True) == (why or "marked")


def test_it_ends_with_the_time_for_reviews_and_needs_a_reason(over: Attempt, ma_yue: Person, at: datetime) -> None:
    at += LATER
    came = send(over, 4, at)
    with pytest.raises(NotNow):
        actions.accept_late(attempt=over, answers=[came.pk], reason="断网", by=ma_yue, at=at + timedelta(days=9))
    for answers, reason in (([came.pk], " "), ([], "断网")):
        with pytest.raises(ValueError, match="reason"):
            actions.accept_late(attempt=over, answers=answers, reason=reason, by=ma_yue, at=at)
    assert lateness.is_open(None, 0, at=at) and lateness.last_moment(None, 3) is None
    assert lateness.is_open(at, 0, at=at + timedelta(days=1))  # also where there are no reviews


def test_an_unreleased_score_changes_silently(
    make_exam: Callable[..., Exam], taker: Taker, ma_yue: Person, at: datetime
) -> None:
    held = make_exam(release_at=at + timedelta(days=3))
    enrolled(held, taker.person, at)
    begun = start(held, taker.person, at)
    actions.close_expired(at=at + LATER)
    begun.refresh_from_db()
    came = send(begun, 1, at + LATER)
    change = actions.accept_late(attempt=begun, answers=[came.pk], reason="断网", by=ma_yue, at=at + LATER)
    assert change and change.score == Decimal(2)
    begun.refresh_from_db()
    assert begun.released_at is None and not Notice.objects.filter(kind="exam_score").exists()


def test_the_examiner_decides_on_the_page_of_the_sitting(
    over: Attempt,
    ma_yue: Person,
    taker: Taker,
    client_of: Callable[[Person], Client],
    move_clock: Callable[..., None],
    at: datetime,
) -> None:
    move_clock(LATER.total_seconds())
    came = send(over, 4, at + LATER)
    desk, phone = client_of(ma_yue), client_of(taker.person)
    record, door = reverse("exams:sitting_record", args=[over.uuid]), reverse("exams:decide_late", args=[over.uuid])
    assert f'value="{came.pk}" checked' in desk.get(record).text
    assert "暂不计分" in phone.get(reverse("exams:result", args=[over.uuid])).text
    assert phone.post(door, {"verdict": "accept", "answers": came.pk, "reason": "我"}).status_code == 404
    for wrong in (
        {},
        {"verdict": "accept", "reason": "断网"},
        {"verdict": "accept", "answers": came.pk, "reason": " "},
    ):
        assert "未保存" in desk.post(door, wrong, follow=True).text
    for bad in ("x", "9" * 30, "-1", "0"):
        desk.post(door, {"verdict": "accept", "answers": bad, "reason": "断网"})
    assert not LateDecision.objects.exists()
    decided = desk.post(door, {"verdict": "accept", "answers": came.pk, "reason": "现场断网"}, follow=True).text
    assert "已接受" in decided and "现场断网" in decided and 'name="answers"' not in decided
    assert "未保存" in desk.post(door, {"verdict": "leave", "answers": came.pk, "reason": "x"}, follow=True).text
    assert "已计分" in phone.get(reverse("exams:result", args=[over.uuid])).text


def test_nobody_decides_about_a_sitting_of_their_own(
    make_exam: Callable[..., Exam], ma_yue: Person, client_of: Callable[[Person], Client], at: datetime
) -> None:
    exam = make_exam()
    enrolled(exam, ma_yue, at)
    begun = start(exam, ma_yue, at)
    actions.close_expired(at=at + LATER)
    came = send(begun, 1, at + LATER)
    door = reverse("exams:decide_late", args=[begun.uuid])
    facts = {"verdict": "accept", "answers": came.pk, "reason": "断网"}
    assert client_of(ma_yue).post(door, facts).status_code == 404
