"""A company with people at two stations, and courses assigned to them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from courses.models import Course
from lms.people.models import OrgUnit, Person
from lms.records.actions import assign, complete_lesson
from lms.records.models import Assignment, Enrolment
from lms.records.rules import Result
from tests.factories import lessons_of, make_course

Make = Callable[..., Person]


@pytest.fixture
def course(db: None) -> Course:
    return make_course(lessons=["一课"], title="触电急救（理论）")


@pytest.fixture
def other_course(db: None) -> Course:
    return make_course(lessons=["一课"], title="营业厅服务规范")


@pytest.fixture
def chengguan(make_person: Make) -> list[Person]:
    """Four people at 城关."""
    return [make_person(f"0020000{n}", name, "YL1301") for n, name in enumerate(["谢一", "谢二", "谢三", "谢四"])]


@pytest.fixture
def hedong(make_person: Make) -> list[Person]:
    """Two people at 河东."""
    return [make_person(f"0030000{n}", name, "YL1302") for n, name in enumerate(["彭一", "彭二"])]


@pytest.fixture
def put_under(unit: Callable[[str], OrgUnit], at: datetime) -> Callable[..., Assignment]:
    """Assign a course to a unit (or person), a month ago, due `due` days from now."""

    def put(
        course: Course, to: str | Person, *, due: float | None = 7, required: bool = True, **facts: Any
    ) -> Assignment:
        target = {"person": to} if isinstance(to, Person) else {"unit": unit(to)}
        due_at = None if due is None else at + timedelta(days=due)
        when = at - timedelta(days=30)
        return assign(course=course, required=required, due_at=due_at, by=None, at=when, **target, **facts)

    return put


@pytest.fixture
def finish(at: datetime) -> Callable[..., None]:
    """The person completes the course, `ago` days ago."""

    def done(person: Person, course: Course, *, ago: float = 1) -> None:
        enrolment = Enrolment.objects.open().get(person=person, course=course)
        for lesson in lessons_of(course):
            complete_lesson(
                enrolment=enrolment,
                lesson=lesson,
                result=Result(Decimal(90), Decimal(100), passed=True),
                source="test",
                by=None,
                at=at - timedelta(days=ago),
            )

    return done
