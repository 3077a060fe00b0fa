"""Several devices, tabs and workers at once, with real threads and committed transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from decimal import Decimal
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from courses.models import Course
from lms.journal.models import Entry
from lms.kernel import clock
from lms.people.models import Person
from lms.records.actions import assign, beat, complete_lesson, enrol, start_study
from lms.records.models import (
    AssignedPerson,
    Enrolment,
    HourCredit,
    LessonResult,
    StudyInterval,
    TrainingRecord,
)
from lms.records.rules import Result
from tests.factories import LessonSpec, lessons_of, make_course

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


def at_once(*calls: Callable[[], T]) -> list[T]:
    """Runs each call in its own thread and transaction, all started together; a failure of one is raised."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], T]) -> T:
        try:
            barrier.wait()
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, call) for call in calls]]


@pytest.fixture
def course(db: None) -> Course:
    text = "先验电，后接地。" * 500
    return make_course(lessons=[LessonSpec(text=text), LessonSpec(title="第二课", text=text)])


@pytest.fixture
def enrolment(li_zhendong: Person, course: Course) -> Enrolment:
    return enrol(person=li_zhendong, course=course, by=None, at=clock.now())


def test_beats_of_eight_tabs_earn_no_more_than_one(
    enrolment: Enrolment, course: Course, move_clock: Callable[[float], None]
) -> None:
    study = start_study(enrolment=enrolment, lesson=lessons_of(course)[0], at=clock.now())
    started = clock.now()
    for seconds in (15, 30, 45):
        move_clock(seconds)
        at_once(
            *[lambda: beat(person=enrolment.person, token=study.token, touched=True, end_reached=False, position=0.5)]
            * 8
        )
    passed = (clock.now() - started).total_seconds() + 1
    credited = LessonResult.objects.get().valid_seconds
    assert 45 <= credited <= passed
    assert StudyInterval.objects.get().seconds == credited


def test_two_devices_starting_at_once_leave_one_that_counts(enrolment: Enrolment, course: Course) -> None:
    lesson, at = lessons_of(course)[0], clock.now()
    studies = at_once(*[lambda: start_study(enrolment=enrolment, lesson=lesson, at=at)] * 4)
    replies = [
        beat(person=enrolment.person, token=study.token, touched=True, end_reached=False, position=0)
        for study in studies
    ]
    assert sum(reply is not None and reply.state != "paused_elsewhere" for reply in replies) == 1


def test_the_same_result_told_by_many_at_once_completes_once(enrolment: Enrolment, course: Course) -> None:
    one, two = lessons_of(course)
    at = clock.now()
    complete_lesson(enrolment=enrolment, lesson=one, result=Result(), source="reading", by=None, at=at)

    def finish() -> LessonResult:
        return complete_lesson(
            enrolment=enrolment,
            lesson=two,
            result=Result(Decimal(90), Decimal(100), True),
            source="exam:1",
            by=None,
            at=at,
        )

    results = at_once(*[finish] * 8)
    assert len({result.pk for result in results}) == 1
    assert LessonResult.objects.count() == 2
    assert TrainingRecord.objects.count() == HourCredit.objects.count() == 1
    assert Entry.objects.filter(kind="enrolment-completed").count() == 1


def test_the_last_two_lessons_finished_at_once_complete_the_course_once(enrolment: Enrolment, course: Course) -> None:
    at = clock.now()

    def finish(number: int) -> LessonResult:
        return complete_lesson(
            enrolment=enrolment, lesson=lessons_of(course)[number], result=Result(), source="x", by=None, at=at
        )

    at_once(lambda: finish(0), lambda: finish(1))
    assert TrainingRecord.objects.count() == 1
    assert Entry.objects.filter(kind="enrolment-completed").count() == 1


def test_beats_that_complete_a_lesson_while_a_manager_completes_it_do_not_lock_each_other_out(
    enrolment: Enrolment, course: Course, move_clock: Callable[[float], None]
) -> None:
    lesson = lessons_of(course)[0]
    study = start_study(enrolment=enrolment, lesson=lesson, at=clock.now())
    LessonResult.objects.update(valid_seconds=10_000)
    move_clock(15)

    def by_beat() -> object:
        return beat(person=enrolment.person, token=study.token, touched=True, end_reached=True, position=1)

    def by_hand() -> object:
        at = clock.now()
        return complete_lesson(enrolment=enrolment, lesson=lesson, result=Result(), source="override", by=None, at=at)

    at_once(by_beat, by_hand, by_beat, by_hand)
    assert LessonResult.objects.exclude(completed_at=None).count() == 1


def test_enrolling_from_two_devices_is_one_enrolment(li_zhendong: Person, course: Course) -> None:
    at = clock.now()
    enrolments = at_once(*[lambda: enrol(person=li_zhendong, course=course, by=None, at=at)] * 6)
    assert len({enrolment.pk for enrolment in enrolments}) == 1


def test_enrolling_while_being_assigned_is_one_enrolment(li_zhendong: Person, course: Course) -> None:
    at: datetime = clock.now()
    at_once(
        lambda: enrol(person=li_zhendong, course=course, by=None, at=at).pk,
        lambda: assign(course=course, person=li_zhendong, by=None, at=at).pk,
        lambda: assign(course=course, person=li_zhendong, by=None, at=at).pk,
    )
    assert Enrolment.objects.count() == 1
    assert {one.enrolment_id for one in AssignedPerson.objects.all()} == {Enrolment.objects.get().pk}
