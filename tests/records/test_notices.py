"""What people read about their learning, each once."""

from datetime import datetime, timedelta

import pytest

from lms.journal.actions import deliver
from lms.journal.models import Delivery
from lms.notices.models import Notice
from lms.people.actions import leave
from lms.people.models import Person
from lms.records.actions import complete_lesson, enrol
from lms.records.models import Enrolment, TrainingRecord
from lms.records.rules import Result
from tests.factories import lessons_of, make_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def completed(li_zhendong: Person, at: datetime) -> Enrolment:
    course = make_course(lessons=["第一课"])
    enrolment = enrol(person=li_zhendong, course=course, by=None, at=at)
    complete_lesson(enrolment=enrolment, lesson=lessons_of(course)[0], result=Result(), source="x", by=None, at=at)
    return enrolment


def test_completing_a_course_is_told_once_however_often_it_is_delivered(completed: Enrolment, at: datetime) -> None:
    deliver(at=at)
    Delivery.objects.filter(handler="records.tell_completed").update(state=Delivery.State.PENDING, due_at=at)
    deliver(at=at)
    notice = Notice.objects.get(kind="course_completed")
    assert (notice.person, notice.context["hours"]) == (completed.person, "1")


def test_leaving_deletes_nothing(completed: Enrolment, at: datetime) -> None:
    leave(person=completed.person, ends_on=(at + timedelta(days=1)).date(), by=None, at=at)
    deliver(at=at)
    assert Enrolment.objects.count() == TrainingRecord.objects.count() == 1
