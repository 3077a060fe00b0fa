"""Assigning a course to a person or a unit, with preview; who comes later gets it too."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest

from courses.models import Course
from lms.journal.actions import deliver
from lms.notices.actions import send
from lms.notices.models import Notice
from lms.people.actions import move
from lms.people.models import OrgUnit, Person, Position
from lms.records import handlers
from lms.records.actions import assign, complete_lesson, enrol, remind, withdraw
from lms.records.actions.enrol import NotOffered
from lms.records.models import AssignedPerson, Enrolment
from lms.records.queries import due_tasks, preview_assignment
from lms.records.rules import Result
from tests.factories import lessons_of, make_course

pytestmark = pytest.mark.django_db
Unit = Callable[[str], OrgUnit]


@pytest.fixture
def course(db: None) -> Course:
    return make_course(lessons=["第一课"])


@pytest.fixture
def soon(at: datetime) -> datetime:
    return at + timedelta(days=3)


def finish(person: Person, course: Course, at: datetime) -> Enrolment:
    enrolment = enrol(person=person, course=course, by=person, at=at)
    for lesson in lessons_of(course):
        complete_lesson(enrolment=enrolment, lesson=lesson, result=Result(), source="x", by=person, at=at)
    return enrolment


def test_a_unit_means_everybody_in_it_and_under_it(
    course: Course, unit: Unit, li_zhendong: Person, tang_zhiyuan: Person, xie_yulan: Person, at: datetime
) -> None:
    assign(course=course, unit=unit("YL09"), by=None, at=at)
    assert {one.person for one in AssignedPerson.objects.all()} == {li_zhendong, tang_zhiyuan}


def test_the_preview_sorts_people_and_changes_nothing(
    course: Course, unit: Unit, li_zhendong: Person, xie_yulan: Person, lin_xiaowen: Person, at: datetime
) -> None:
    enrol(person=xie_yulan, course=course, by=xie_yulan, at=at)
    finish(lin_xiaowen, course, at)
    preview = preview_assignment(course=course, unit=unit("YL"))
    assert (preview.new, preview.learning, preview.done) == ([li_zhendong], [xie_yulan], [lin_xiaowen])
    assert not AssignedPerson.objects.exists()


def test_who_already_learns_keeps_the_enrolment_and_gets_the_date(
    course: Course, unit: Unit, li_zhendong: Person, at: datetime, soon: datetime
) -> None:
    enrolment = enrol(person=li_zhendong, course=course, by=li_zhendong, at=at)
    assign(course=course, unit=unit("YL0901"), due_at=soon, by=None, at=at)
    [task] = due_tasks(li_zhendong, at)
    assert (task.enrolment, task.due_at, task.required, task.due.state) == (enrolment, soon, True, "soon")


def test_who_has_completed_the_course_is_done_at_once(
    course: Course, unit: Unit, li_zhendong: Person, at: datetime
) -> None:
    finish(li_zhendong, course, at)
    assign(course=course, unit=unit("YL0901"), by=None, at=at)
    assert AssignedPerson.objects.get().enrolment.state == Enrolment.State.COMPLETED
    assert due_tasks(li_zhendong, at) == []


def test_who_has_completed_it_learns_it_again_only_when_asked(
    course: Course, unit: Unit, li_zhendong: Person, at: datetime
) -> None:
    finish(li_zhendong, course, at)
    assign(course=course, unit=unit("YL0901"), again=True, by=None, at=at)
    assert AssignedPerson.objects.get().enrolment.cycle == 2


def test_an_assignment_keeps_where_people_worked(
    course: Course, unit: Unit, li_zhendong: Person, at: datetime
) -> None:
    assign(course=course, unit=unit("YL"), by=None, at=at)
    one = AssignedPerson.objects.get(person=li_zhendong)
    assert (one.unit, one.enrolment.unit) == (unit("YL0901"), unit("YL0901"))


def test_assigning_takes_the_same_statements_for_any_number_of_people(
    course: Course,
    unit: Unit,
    make_person: Callable[..., Person],
    at: datetime,
    statements: Callable[..., AbstractContextManager[object]],
) -> None:
    for number in range(40):
        make_person(f"0099{number:04}", f"员工{number}", "YL1301")
    station = unit("YL1301")
    with statements(at_most=9):
        assign(course=course, unit=station, by=None, at=at)
    assert AssignedPerson.objects.count() == 40


def test_everybody_who_has_to_learn_is_told_once(
    course: Course, unit: Unit, li_zhendong: Person, tang_zhiyuan: Person, at: datetime, soon: datetime
) -> None:
    finish(tang_zhiyuan, course, at)
    assign(course=course, unit=unit("YL09"), due_at=soon, by=None, at=at)
    deliver(at=at)
    deliver(at=at)
    notice = Notice.objects.get(kind="assigned")
    assert notice.person == li_zhendong
    assert notice.context["due_at"] == soon.isoformat()


def test_a_large_unit_is_told_in_portions_and_one_that_fails_keeps_no_other_waiting(
    course: Course,
    unit: Unit,
    make_person: Callable[..., Person],
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = [make_person(f"0099{number:04}", f"员工{number}", "YL1301") for number in range(7)]
    monkeypatch.setattr(import_module("lms.records.actions.assign"), "TOLD_TOGETHER", 3)
    assign(course=course, unit=unit("YL1301"), by=None, at=at)
    with monkeypatch.context() as broken:
        broken.setattr(handlers, "send", lambda kind, **facts: send_except(people[4], kind, facts))
        assert deliver(at=at, limit=1) == 1
        assert Notice.objects.count() == 3
        assert deliver(at=at) == 2  # the portion that works, and the figures
    assert {notice.person for notice in Notice.objects.all()} == {*people[:3], people[6]}
    for later in (at + timedelta(seconds=2), at + timedelta(days=1)):
        deliver(at=later)
    assert sorted(notice.person.staff_no for notice in Notice.objects.all()) == [one.staff_no for one in people]


def send_except(person: Person, kind: str, facts: dict[str, Any]) -> None:
    if facts["to"] == person:
        raise RuntimeError("not this one")
    send(kind, **facts)


def test_what_is_only_announced_cannot_be_assigned(li_zhendong: Person, at: datetime) -> None:
    with pytest.raises(NotOffered):
        assign(course=make_course(coming_soon=True), person=li_zhendong, by=None, at=at)


def test_who_moves_into_a_unit_gets_what_runs_over_it(
    course: Course, unit: Unit, xie_yulan: Person, at: datetime
) -> None:
    end = at + timedelta(days=30)
    assign(course=course, unit=unit("YL09"), due_at=end, by=None, at=at)
    move(
        person=xie_yulan, unit=unit("YL0901"), position=Position.objects.get(), starts_on=date(2026, 11, 1),
        by=None, at=at,
    )  # fmt: skip
    deliver(at=at)
    [task] = due_tasks(xie_yulan, at)
    assert (task.course, task.due_at) == (course, end)
    assert Notice.objects.filter(kind="assigned", person=xie_yulan).count() == 1


def test_what_was_due_before_somebody_came_is_not_given_to_them(
    course: Course, unit: Unit, xie_yulan: Person, at: datetime, soon: datetime
) -> None:
    endless, tight = make_course(lessons=["一"]), make_course(lessons=["一"])
    later = at + timedelta(days=2)
    assign(course=course, unit=unit("YL09"), due_at=at + timedelta(seconds=1), by=None, at=at)
    assign(course=endless, unit=unit("YL09"), by=None, at=at)
    assign(course=tight, unit=unit("YL09"), due_at=soon, by=None, at=at)
    move(
        person=xie_yulan, unit=unit("YL0901"), position=Position.objects.get(), starts_on=date(2026, 11, 1),
        by=None, at=later,
    )  # fmt: skip
    deliver(at=later)
    dates = {task.course: task.due_at for task in due_tasks(xie_yulan, later)}
    assert dates == {endless: None, tight: later + timedelta(days=7)}
    assert Notice.objects.filter(kind="assigned", person=xie_yulan).count() == 2


def test_withdrawing_takes_the_date_away_and_keeps_what_was_learned(
    course: Course, li_zhendong: Person, at: datetime, soon: datetime
) -> None:
    assignment = assign(course=course, person=li_zhendong, due_at=soon, by=None, at=at)
    withdraw(assignment=assignment, by=None, at=at)
    withdraw(assignment=assignment, by=None, at=at)
    [task] = due_tasks(li_zhendong, at)
    assert (task.due_at, task.required) == (None, False)


def test_a_withdrawn_assignment_reaches_nobody_new(
    course: Course, unit: Unit, xie_yulan: Person, at: datetime
) -> None:
    withdraw(assignment=assign(course=course, unit=unit("YL09"), by=None, at=at), by=None, at=at)
    move(
        person=xie_yulan, unit=unit("YL0901"), position=Position.objects.get(), starts_on=date(2026, 11, 1),
        by=None, at=at,
    )  # fmt: skip
    deliver(at=at)
    assert due_tasks(xie_yulan, at) == []


def test_the_most_urgent_task_comes_first(li_zhendong: Person, at: datetime) -> None:
    free, later, late = (make_course(lessons=["一"]) for _ in range(3))
    enrol(person=li_zhendong, course=free, by=None, at=at)
    assign(course=later, person=li_zhendong, due_at=at + timedelta(days=30), by=None, at=at)
    assign(course=late, person=li_zhendong, due_at=at + timedelta(hours=1), by=None, at=at)
    tasks = due_tasks(li_zhendong, at + timedelta(hours=2))
    assert [task.course for task in tasks] == [late, later, free]
    assert [task.due.state for task in tasks] == ["overdue", "", ""]


def test_tasks_take_four_statements_however_many(
    li_zhendong: Person, at: datetime, statements: Callable[..., AbstractContextManager[object]]
) -> None:
    for _ in range(5):
        assign(course=make_course(), person=li_zhendong, by=None, at=at)
    with statements(at_most=4):
        assert len(due_tasks(li_zhendong, at)) == 5


def test_a_person_is_reminded_once_a_day(course: Course, li_zhendong: Person, lin_xiaowen: Person) -> None:
    morning = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
    assign(course=course, person=li_zhendong, due_at=morning + timedelta(days=2), by=None, at=morning)
    assert remind(person=li_zhendong, by=lin_xiaowen, at=morning)
    assert not remind(person=li_zhendong, by=lin_xiaowen, at=morning + timedelta(hours=14))
    assert remind(person=li_zhendong, by=lin_xiaowen, at=morning + timedelta(hours=16))
    assert Notice.objects.filter(kind="reminder").count() == 2


def test_who_has_nothing_to_do_is_not_reminded(li_zhendong: Person, at: datetime) -> None:
    assert not remind(person=li_zhendong, by=None, at=at)
