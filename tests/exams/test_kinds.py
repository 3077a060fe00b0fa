"""Practice, mock and formal exams; the time between attempts; what has to be done before an exam."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exams import actions, rules
from exams.models import Attempt, Exam
from exams.queries import mine
from exams.rules import Asks, Studied, WhyNot
from lms.people.models import Person
from lms.records.actions import complete_lesson
from lms.records.models import Enrolment, LessonResult, TrainingRecord
from lms.records.rules import Result
from tests.exams.conftest import enrolled
from tests.exams.sitting import answer_all, hand_in, start
from tests.factories import LessonSpec, make_lesson, publish

pytestmark = pytest.mark.django_db
Kind = Exam.Kind


def sit(exam: Exam, person: Person, at: datetime, right: int | None = None) -> Attempt:
    attempt = start(exam, person, at)
    answer_all(attempt, at, right=right)
    return hand_in(attempt, at)


def refused(exam: Exam, person: Person, at: datetime) -> WhyNot:
    with pytest.raises(actions.NotAllowed) as refusal:
        start(exam, person, at)
    return refusal.value.reason


@pytest.mark.parametrize("kind", [Kind.PRACTICE, Kind.MOCK])
def test_what_does_not_count_leaves_nothing_in_the_records(
    kind: str, make_exam: Callable[..., Exam], li_zhendong: Person, at: datetime
) -> None:
    exam = make_exam(kind=kind, max_attempts=2)
    taker = enrolled(exam, li_zhendong, at)
    assert sit(exam, li_zhendong, at).passed
    assert not TrainingRecord.objects.exists() and not LessonResult.objects.exists()
    taker.enrolment.refresh_from_db()
    assert taker.enrolment.state == Enrolment.State.OPEN
    start(exam, li_zhendong, at)  # passed, and yet once more


def test_a_mock_exam_in_a_course_is_a_lesson_done_without_a_score(
    make_exam: Callable[..., Exam], li_zhendong: Person, at: datetime
) -> None:
    exam = make_exam(kind=Kind.MOCK)
    with_reading(exam)
    enrolled(exam, li_zhendong, at)
    sit(exam, li_zhendong, at, right=0)
    result = LessonResult.objects.get(lesson=exam.lesson)
    assert result.completed_at and result.score is None and result.passed is None


def test_practice_has_no_limit_and_shows_its_answers_at_once(
    make_exam: Callable[..., Exam], li_zhendong: Person, at: datetime
) -> None:
    exam = make_exam(kind=Kind.PRACTICE, max_attempts=1, release_at=at + timedelta(days=9))
    enrolled(exam, li_zhendong, at)
    for _ in range(3):
        assert sit(exam, li_zhendong, at, right=0).released_at == at


def test_hours_lie_between_two_attempts(
    make_exam: Callable[..., Exam], li_zhendong: Person, client_of: Callable[[Person], Client], at: datetime
) -> None:
    exam = make_exam(max_attempts=2, wait_hours=24)
    enrolled(exam, li_zhendong, at)
    sit(exam, li_zhendong, at, right=0)
    assert refused(exam, li_zhendong, at + timedelta(hours=23, minutes=59)) is WhyNot.TOO_SOON
    page = client_of(li_zhendong).get(reverse("exams:notice", args=[exam.uuid])).content.decode()
    assert "两次考试之间须间隔 24 小时" in page
    start(exam, li_zhendong, at + timedelta(hours=24))


def test_the_other_lessons_come_first(
    make_exam: Callable[..., Exam], li_zhendong: Person, client_of: Callable[[Person], Client], at: datetime
) -> None:
    exam = make_exam(lessons_first=True)
    reading = with_reading(exam)
    taker = enrolled(exam, li_zhendong, at)
    assert refused(exam, li_zhendong, at) is WhyNot.LESSONS_LEFT
    client = client_of(li_zhendong)
    assert "请先完成本课程其余 1 课时" in client.get(reverse("exams:notice", args=[exam.uuid])).content.decode()
    assert "请先完成本课程其余 1 课时" in client.get(reverse("exams:list")).content.decode()
    complete_lesson(
        enrolment=taker.enrolment, lesson=reading, result=Result(), source="reading", by=li_zhendong, at=at
    )
    start(exam, li_zhendong, at)


def test_hours_have_to_be_studied_first(
    make_exam: Callable[..., Exam], li_zhendong: Person, client_of: Callable[[Person], Client], at: datetime
) -> None:
    exam = make_exam(hours_first=Decimal("2"))
    reading = with_reading(exam)
    taker = enrolled(exam, li_zhendong, at)
    complete_lesson(
        enrolment=taker.enrolment, lesson=reading, result=Result(), source="reading", by=li_zhendong, at=at
    )
    LessonResult.objects.update(valid_seconds=45 * 60 * 2 - 60)
    assert refused(exam, li_zhendong, at) is WhyNot.HOURS_SHORT
    page = client_of(li_zhendong).get(reverse("exams:notice", args=[exam.uuid])).content.decode()
    assert "2 学时" in page
    LessonResult.objects.update(valid_seconds=45 * 60 * 2)
    start(exam, li_zhendong, at)


def test_an_exam_that_asks_for_nothing_reads_nothing_of_it(
    make_exam: Callable[..., Exam], li_zhendong: Person, at: datetime, statements: Callable[..., Any]
) -> None:
    for _ in range(4):
        enrolled(make_exam(), li_zhendong, at)
    with statements(at_most=5):
        assert len(mine.my_exams(li_zhendong, at=at).now) == 4


@pytest.mark.parametrize(
    ("asks", "studied", "reason"),
    [
        (Asks(), Studied(lessons_left=3), None),
        (Asks(lessons=True), Studied(lessons_left=1, minutes=999), WhyNot.LESSONS_LEFT),
        (Asks(lessons=True, minutes=90), Studied(lessons_left=0, minutes=89), WhyNot.HOURS_SHORT),
        (Asks(lessons=True, minutes=90), Studied(lessons_left=0, minutes=90), None),
        (Asks(listing=True), Studied(), WhyNot.NOT_LISTED),
        (Asks(listing=True), Studied(listed=True), None),
    ],
)
def test_the_first_thing_that_is_missing_is_the_reason(asks: Asks, studied: Studied, reason: WhyNot | None) -> None:
    assert rules.why_not_eligible(asks, studied) is reason


def with_reading(exam: Exam) -> Any:
    """Put a lesson to read before the exam of the course."""
    course = exam.lesson.course  # type: ignore[union-attr]
    line = course.current_edition.outline.get()  # type: ignore[union-attr]
    reading = make_lesson(course, LessonSpec("先学这一课"))
    publish(course, [line.lesson_edition, reading], [LessonSpec(), LessonSpec()])
    return reading.lesson
