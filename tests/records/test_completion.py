"""One verb completes anything, once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from decimal import Decimal

import pytest

from courses.models import Course
from lms.journal.models import Entry
from lms.people.models import OrgUnit, Person, PostAssignment
from lms.records.actions import complete_lesson, enrol
from lms.records.actions.complete import NotInEdition
from lms.records.models import Enrolment, HourCredit, LessonResult, TrainingRecord
from lms.records.rules import Result
from tests.factories import LessonSpec, lessons_of, make_course, make_lesson, publish

pytestmark = pytest.mark.django_db
FAILED = Result(Decimal(74), Decimal(100), False)
PASSED = Result(Decimal(86), Decimal(100), True)


@pytest.fixture
def course(db: None) -> Course:
    return make_course(
        lessons=["第一课", LessonSpec(title="阅读材料", required=False), LessonSpec(title="结业考试", kind="exam")],
        hours="1.5",
        account="safety",
    )


@pytest.fixture
def enrolment(li_zhendong: Person, course: Course, at: datetime) -> Enrolment:
    return enrol(person=li_zhendong, course=course, by=li_zhendong, at=at)


def complete(enrolment: Enrolment, number: int, at: datetime, result: Result | None = None, source: str = "") -> None:
    lesson = lessons_of(enrolment.course)[number]
    complete_lesson(
        enrolment=enrolment,
        lesson=lesson,
        result=result or Result(),
        source=source or f"test:{number}",
        by=enrolment.person,
        at=at,
    )


def test_the_last_required_lesson_completes_the_course_and_credits_its_approved_hours(
    enrolment: Enrolment, at: datetime
) -> None:
    complete(enrolment, 0, at)
    assert not TrainingRecord.objects.exists()
    complete(enrolment, 2, at, PASSED)
    enrolment.refresh_from_db()
    record = TrainingRecord.objects.get()
    assert (enrolment.state, enrolment.completed_at) == (Enrolment.State.COMPLETED, at)
    assert (record.hours, record.account, record.score, record.passed) == (Decimal("1.5"), "safety", Decimal(86), True)
    assert HourCredit.objects.get().hours == Decimal("1.5")


def test_completion_is_announced_once_in_the_same_transaction(enrolment: Enrolment, at: datetime) -> None:
    complete(enrolment, 0, at)
    complete(enrolment, 2, at, PASSED)
    entry = Entry.objects.get(kind="enrolment-completed")
    assert entry.payload["enrolment"] == enrolment.pk
    assert entry.about_person == enrolment.person_id


def test_a_failed_exam_is_kept_and_completes_nothing(enrolment: Enrolment, at: datetime) -> None:
    complete(enrolment, 0, at)
    complete(enrolment, 2, at, FAILED, "exam:1")
    result = LessonResult.objects.get(source="exam:1")
    assert (result.score, result.passed, result.completed_at) == (Decimal(74), False, None)
    assert not TrainingRecord.objects.exists()


def test_passing_after_a_failure_completes(enrolment: Enrolment, at: datetime) -> None:
    complete(enrolment, 0, at)
    complete(enrolment, 2, at, FAILED, "exam:1")
    complete(enrolment, 2, at, PASSED, "exam:2")
    assert TrainingRecord.objects.get().score == 86


def test_the_same_result_told_again_changes_nothing(enrolment: Enrolment, at: datetime) -> None:
    complete(enrolment, 2, at, FAILED, "exam:1")
    complete(enrolment, 2, at, PASSED, "exam:2")
    complete(enrolment, 2, at, FAILED, "exam:1")
    result = LessonResult.objects.get()
    assert (result.score, result.source, result.sources) == (Decimal(86), "exam:2", ["exam:1", "exam:2"])


def test_what_was_passed_stays_passed(enrolment: Enrolment, at: datetime) -> None:
    complete(enrolment, 2, at, PASSED, "exam:1")
    complete(enrolment, 2, at, FAILED, "exam:2")
    assert LessonResult.objects.get().score == 86


def test_completing_everything_twice_gives_one_record(enrolment: Enrolment, at: datetime) -> None:
    for source in ("a", "b"):
        complete(enrolment, 0, at, source=source)
        complete(enrolment, 2, at, PASSED, source)
    assert TrainingRecord.objects.count() == HourCredit.objects.count() == 1


def test_an_optional_lesson_can_be_finished_after_the_course(enrolment: Enrolment, at: datetime) -> None:
    complete(enrolment, 0, at)
    complete(enrolment, 2, at, PASSED)
    complete(enrolment, 1, at)
    assert LessonResult.objects.exclude(completed_at=None).count() == 3
    assert TrainingRecord.objects.count() == 1


def test_the_record_says_where_the_person_worked_on_the_day_of_completion(
    enrolment: Enrolment, at: datetime, unit: Callable[[str], OrgUnit]
) -> None:
    post = PostAssignment.objects.get(person=enrolment.person)
    PostAssignment.objects.filter(pk=post.pk).update(ends_on=date(2026, 1, 1))
    PostAssignment.objects.create(
        person=enrolment.person, unit=unit("YL1301"), position=post.position, starts_on=date(2026, 1, 1)
    )
    complete(enrolment, 0, at)
    complete(enrolment, 2, at, PASSED)
    record = TrainingRecord.objects.get()
    assert record.unit == unit("YL1301")
    assert enrolment.unit == unit("YL0901")


def test_a_new_edition_changes_nothing_for_who_already_learns(enrolment: Enrolment, at: datetime) -> None:
    spec = LessonSpec(title="新课时")
    publish(enrolment.course, [make_lesson(enrolment.course, spec)], [spec])
    with pytest.raises(NotInEdition):
        complete(enrolment, 0, at)


def test_finishing_a_course_takes_eight_statements(
    enrolment: Enrolment, at: datetime, statements: Callable[..., AbstractContextManager[object]]
) -> None:
    complete(enrolment, 0, at)
    exam = lessons_of(enrolment.course)[2]
    with statements(at_most=8):
        complete_lesson(enrolment=enrolment, lesson=exam, result=PASSED, source="exam:1", by=enrolment.person, at=at)


def test_enrolling_twice_is_one_enrolment(enrolment: Enrolment, at: datetime) -> None:
    assert enrol(person=enrolment.person, course=enrolment.course, by=None, at=at) == enrolment


def test_who_has_completed_a_course_begins_the_next_period_only_when_asked(enrolment: Enrolment, at: datetime) -> None:
    complete(enrolment, 0, at)
    complete(enrolment, 2, at, PASSED)
    same = enrol(person=enrolment.person, course=enrolment.course, by=None, at=at)
    again = enrol(person=enrolment.person, course=enrolment.course, by=None, at=at, again=True)
    assert same == enrolment
    assert (again.cycle, again.state) == (2, Enrolment.State.OPEN)


def test_the_next_period_can_be_completed_and_credited_again(enrolment: Enrolment, at: datetime) -> None:
    for period in (enrolment, None):
        current = period or enrol(person=enrolment.person, course=enrolment.course, by=None, at=at, again=True)
        complete(current, 0, at)
        complete(current, 2, at, PASSED)
    assert TrainingRecord.objects.count() == 2
