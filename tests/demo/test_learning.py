"""What the demo plays comes from the verbs: results, records, announcements, nothing ahead of its time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import pytest
from django.utils.timezone import localdate

from courses.models import Course
from exams.models import Attempt, Exam, Reopening
from lms.demo.calendar import Calendar
from lms.demo.learning import IDLE, Learning
from lms.demo.lessons import Library
from lms.demo.sitting import Sittings
from lms.demo.waves import Wave
from lms.journal.models import Delivery, Entry
from lms.people.models import OrgUnit, Person
from lms.records.actions import assign, enrol
from lms.records.models import Enrolment, LessonResult, TrainingRecord
from tests.exams.conftest import bank, exam, make_exam
from tests.factories import make_course

__all__ = ["bank", "exam", "make_exam"]  # fixtures
HEDONG = "YL1302"  # 71 % in time


@dataclass
class Stage:
    """Forty people of 河东 and 彭小军, and the time they learn in."""

    calendar: Calendar
    sittings: Sittings
    unit: OrgUnit

    def learning(self, code: str, course: Course, exam: Exam | None = None) -> Learning:
        return Learning(Library({code: course}, {code: exam} if exam else {}), self.calendar, self.sittings)

    def wave(self, course: str, *, assigned: int = 80, due: int = 40) -> Wave:
        return Wave(course, (HEDONG,), self.calendar.ago(assigned), self.calendar.ago(due), "年度培训")


@pytest.fixture
def stage(make_person: Callable[..., Person], unit: Callable[[str], OrgUnit], ma_yue: Person, at: datetime) -> Stage:
    for number in range(40):
        make_person(f"001300{number:02}", "张三", HEDONG)
    make_person(IDLE, "彭小军", HEDONG)
    calendar = Calendar(at - timedelta(days=100), at, Random(5))
    return Stage(calendar, Sittings(calendar, ma_yue, {}), unit(HEDONG))


def play(stage: Stage, learning: Learning, wave: Wave, course: Course, by: Person) -> None:
    def happen(at: datetime) -> None:
        due_at = stage.calendar.at(wave.due, 24)
        made = assign(course=course, unit=stage.unit, due_at=due_at, by=by, at=at)
        people = made.people.select_related("person", "unit", "enrolment__course", "enrolment__edition")
        learning.plan(people.order_by("person__staff_no"), wave)

    stage.calendar.add(stage.calendar.at(wave.assigned), happen)
    stage.calendar.play()


def test_the_share_in_time_is_that_of_the_unit_and_every_completion_is_announced(
    stage: Stage, ma_yue: Person, at: datetime
) -> None:
    course = make_course(code="T1", lessons=["第一课", "第二课", "第三课"])
    wave = stage.wave("T1")
    play(stage, stage.learning("T1", course), wave, course, ma_yue)
    done = Enrolment.objects.completed()
    in_time = sum(localdate(one.completed_at) <= wave.due for one in done if one.completed_at)
    assert 28 <= in_time <= 30  # of 41
    assert not done.filter(person__staff_no=IDLE).exists()
    assert not LessonResult.objects.filter(completed_at__gte=at).exists()
    assert TrainingRecord.objects.count() == done.count() > in_time
    told = Entry.objects.filter(kind="enrolment-completed")
    assert {entry.payload["enrolment"] for entry in told} == set(done.values_list("pk", flat=True))
    assert not Delivery.objects.exclude(state=Delivery.State.DONE).exists()


def test_exams_are_sat_with_answers_and_again_when_failed(
    stage: Stage, make_exam: Callable[..., Exam], ma_yue: Person
) -> None:
    exam = make_exam(max_attempts=1, pass_score=100)
    assert exam.lesson is not None
    person = Person.objects.get(staff_no="00130001")
    enrolment = enrol(person=person, course=exam.lesson.course, by=None, at=stage.calendar.start)
    stage.sittings.able[person.pk] = 0.72
    ready = stage.calendar.at(stage.calendar.ago(90), 9)
    stage.sittings.plan(exam, enrolment, person, ready, ())
    stage.calendar.play()
    attempts = list(Attempt.objects.order_by("number"))
    assert len(attempts) > 1 and not attempts[0].passed and attempts[-1].passed
    assert Reopening.objects.filter(granted_by=ma_yue).count() == len(attempts) - 1
    for attempt in attempts:
        assert attempt.submitted_at and attempt.started_at < attempt.submitted_at <= attempt.deadline
        assert attempt.answers.count() == attempt.items.count()
    enrolment.refresh_from_db()
    assert enrolment.state == Enrolment.State.COMPLETED


def test_nobody_sits_after_leaving(stage: Stage, exam: Exam) -> None:
    assert exam.lesson is not None
    person = Person.objects.get(staff_no="00130001")
    enrolment = enrol(person=person, course=exam.lesson.course, by=None, at=stage.calendar.start)
    stage.sittings.leaving["00130001"] = stage.calendar.ago(90)
    stage.sittings.plan(exam, enrolment, person, stage.calendar.at(stage.calendar.ago(90), 9), ())
    stage.calendar.play()
    assert not Attempt.objects.exists()
