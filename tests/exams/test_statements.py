"""How many statements the hot paths may send, session and user included; never more with more questions."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses import shelf
from exams.actions import PlannedRule, add_questions
from exams.models import Attempt, Exam, QuestionBank
from lms.people.models import Person
from tests.exams.conftest import enrolled, single
from tests.exams.sitting import answer_all, start
from tests.exams.test_doors import op, post, url
from tests.factories import LessonSpec, make_lesson, publish

pytestmark = pytest.mark.django_db
COUNTS = [5, 60]


@pytest.fixture
def exam_of(make_exam: Callable[..., Exam], bank: QuestionBank, at: datetime) -> Callable[[int], Exam]:
    add_questions(bank=bank, drafts=[single(n) for n in range(100, 160)], by=None, at=at)

    def make(count: int) -> Exam:
        return make_exam(rules=[PlannedRule(bank, count, Decimal(1), "single")])

    return make


@pytest.fixture
def phone(li_zhendong: Person, client_of: Callable[[Person], Client]) -> Client:
    client = client_of(li_zhendong)
    client.get(reverse("exams:list"))
    return client


@pytest.mark.parametrize("count", COUNTS)
def test_starting(
    count: int, exam_of: Any, phone: Client, li_zhendong: Person, at: datetime, statements: Callable[..., Any]
) -> None:
    exam = exam_of(count)
    enrolled(exam, li_zhendong, at)
    with statements(at_most=12):
        phone.post(reverse("exams:start", args=[exam.uuid]))
    assert Attempt.objects.get().items.count() == count


def test_saving_an_answer(
    exam_of: Any, phone: Client, li_zhendong: Person, at: datetime, statements: Callable[..., Any]
) -> None:
    exam = exam_of(5)
    enrolled(exam, li_zhendong, at)
    attempt = start(exam, li_zhendong, at)
    with statements(at_most=6):
        assert post(phone, url("answer", attempt), op(attempt)).status_code == 200


@pytest.mark.parametrize("count", COUNTS)
def test_handing_in_before_the_course_is_done(
    count: int, exam_of: Any, phone: Client, li_zhendong: Person, at: datetime, statements: Callable[..., Any]
) -> None:
    exam = exam_of(count)
    course = exam.lesson.course
    line = course.current_edition.outline.get()
    reading = make_lesson(course, LessonSpec("先学这一课"))
    publish(course, [line.lesson_edition, reading], [LessonSpec(), LessonSpec()])
    enrolled(exam, li_zhendong, at)
    attempt = start(exam, li_zhendong, at)
    answer_all(attempt, at)
    shelf.editions.one(attempt.enrolment.edition_id)  # as after the pages before it
    with statements(at_most=12):
        assert post(phone, url("submit", attempt), {"holder": str(attempt.holder)}).status_code == 200
    attempt.refresh_from_db()
    assert attempt.score == count


@pytest.mark.parametrize("count", COUNTS)
def test_handing_in_what_completes_the_course(
    count: int, exam_of: Any, phone: Client, li_zhendong: Person, at: datetime, statements: Callable[..., Any]
) -> None:
    """Then the record, its hours and the announcement are written in the same transaction."""
    exam = exam_of(count)
    enrolled(exam, li_zhendong, at)
    attempt = start(exam, li_zhendong, at)
    answer_all(attempt, at)
    shelf.editions.one(attempt.enrolment.edition_id)
    with statements(at_most=17):
        assert post(phone, url("submit", attempt), {"holder": str(attempt.holder)}).status_code == 200


@pytest.mark.parametrize("name", ["sheet", "result"])
@pytest.mark.parametrize("count", COUNTS)
def test_pages(
    name: str, count: int, exam_of: Any, phone: Client, li_zhendong: Person, at: datetime, statements: Any
) -> None:
    exam = exam_of(count)
    enrolled(exam, li_zhendong, at)
    phone.post(reverse("exams:start", args=[exam.uuid]))
    attempt = Attempt.objects.get()
    if name == "result":
        post(phone, url("submit", attempt), {"holder": str(attempt.holder)})
    with statements(at_most=12):
        assert phone.get(url(name, attempt)).status_code == 200
