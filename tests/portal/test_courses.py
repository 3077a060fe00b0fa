"""课程: the catalogue, search, and a course's page."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client

from courses.models import Course
from lms.people.models import Person
from lms.records.actions import assign, complete_lesson, enrol, withdraw
from lms.records.models import Enrolment
from lms.records.rules import Result
from tests.factories import LessonSpec, lessons_of, make_course

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def course(db: None) -> Course:
    lessons = [
        LessonSpec(title="低压触电", module="脱离电源", text="发现有人触电，如实记录经过，先断开电源。"),
        LessonSpec(title="高压触电", module="脱离电源"),
        LessonSpec(title="结业考试", kind="exam", activity_key="none"),
    ]
    return make_course(lessons=lessons, title="触电急救（理论）", code="S4", line="safety")


def get(client_of: ClientOf, person: Person, url: str) -> str:
    return client_of(person).get(url).content.decode()


def test_the_catalogue_can_be_narrowed_to_a_line(client_of: ClientOf, li_zhendong: Person, course: Course) -> None:
    make_course(title="首问负责制", line="service")
    assert "首问负责制" not in get(client_of, li_zhendong, "/courses/?line=safety")
    assert "首问负责制" in get(client_of, li_zhendong, "/courses/?line=service")
    assert "首问负责制" in get(client_of, li_zhendong, "/courses/?line=nonsense")


def test_search_finds_a_phrase_inside_a_lesson_and_marks_it(
    client_of: ClientOf, li_zhendong: Person, course: Course
) -> None:
    page = get(client_of, li_zhendong, "/courses/?q=如实记录")
    assert "<mark>如实记录</mark>" in page
    assert "低压触电" in page


def test_a_phrase_that_is_nowhere_says_so(client_of: ClientOf, li_zhendong: Person, course: Course) -> None:
    assert "没有找到" in get(client_of, li_zhendong, "/courses/?q=量子纠缠")


def test_what_is_announced_is_shown_and_cannot_be_begun(client_of: ClientOf, li_zhendong: Person) -> None:
    soon = make_course(title="即将开课", coming_soon=True)
    assert "即将上线" in get(client_of, li_zhendong, "/courses/")
    client = client_of(li_zhendong)
    assert "开始学习" not in client.get(f"/courses/{soon.uuid}/").content.decode()
    client.post(f"/courses/{soon.uuid}/enrol/")
    assert client.get(f"/learn/{soon.uuid}/{lessons_of(soon)[0].uuid}/").status_code == 404
    assert client.post(f"/learn/{soon.uuid}/{lessons_of(soon)[0].uuid}/start/").status_code == 404
    assert not Enrolment.objects.exists()


def test_beginning_leads_to_the_first_lesson(client_of: ClientOf, li_zhendong: Person, course: Course) -> None:
    answer = client_of(li_zhendong).post(f"/courses/{course.uuid}/enrol/")
    assert answer.headers["Location"] == f"/learn/{course.uuid}/{lessons_of(course)[0].uuid}/"


def test_a_course_shows_what_is_done_and_what_comes_next(
    client_of: ClientOf, li_zhendong: Person, course: Course, at: datetime
) -> None:
    enrolment = enrol(person=li_zhendong, course=course, by=None, at=at)
    complete_lesson(enrolment=enrolment, lesson=lessons_of(course)[0], result=Result(), source="x", by=None, at=at)
    page = get(client_of, li_zhendong, f"/courses/{course.uuid}/")
    assert "已学 1/3 课时" in page
    assert "继续学习" in page


def test_a_failed_exam_shows_its_score(client_of: ClientOf, li_zhendong: Person, course: Course, at: datetime) -> None:
    enrolment = enrol(person=li_zhendong, course=course, by=None, at=at)
    failed = Result(Decimal(74), Decimal(100), False)
    complete_lesson(enrolment=enrolment, lesson=lessons_of(course)[2], result=failed, source="x", by=None, at=at)
    assert "74 分，未通过" in get(client_of, li_zhendong, f"/courses/{course.uuid}/")


def test_an_exam_nobody_provides_leads_back_to_the_course(
    client_of: ClientOf, li_zhendong: Person, course: Course
) -> None:
    exam = lessons_of(course)[2]
    answer = client_of(li_zhendong).get(f"/learn/{course.uuid}/{exam.uuid}/")
    assert answer.headers["Location"] == f"/courses/{course.uuid}/"


def test_somebody_from_outside_sees_only_what_is_assigned(
    client_of: ClientOf, shi_lei: Person, course: Course, at: datetime
) -> None:
    mine = make_course(title="准入考试", lessons=[LessonSpec(title="准入须知", text="如实记录")])
    assignment = assign(course=mine, person=shi_lei, by=None, at=at)
    client = client_of(shi_lei)
    page = client.get("/courses/?q=如实记录").content.decode()
    assert "准入须知" in page
    assert "低压触电" not in page
    assert client.get(f"/courses/{mine.uuid}/").status_code == 200
    assert client.get(f"/courses/{course.uuid}/").status_code == 404
    assert client.get(f"/learn/{course.uuid}/{lessons_of(course)[0].uuid}/").status_code == 404
    assert client.post(f"/courses/{course.uuid}/enrol/").status_code == 404
    withdraw(assignment=assignment, by=None, at=at)
    assert client.get(f"/courses/{mine.uuid}/").status_code == 404


def test_who_learned_a_course_that_was_retired_still_sees_it(
    client_of: ClientOf, li_zhendong: Person, xie_yulan: Person, course: Course, at: datetime
) -> None:
    enrol(person=li_zhendong, course=course, by=None, at=at)
    course.retired_at = at
    course.save()
    assert client_of(li_zhendong).get(f"/courses/{course.uuid}/").status_code == 200
    assert client_of(xie_yulan).get(f"/courses/{course.uuid}/").status_code == 404


def test_a_course_page_takes_at_most_fifteen_statements(
    client_of: ClientOf,
    li_zhendong: Person,
    course: Course,
    at: datetime,
    statements: Callable[..., AbstractContextManager[object]],
) -> None:
    assign(course=course, person=li_zhendong, by=None, at=at)
    client = client_of(li_zhendong)
    client.get(f"/courses/{course.uuid}/")
    with statements(at_most=15):
        client.get(f"/courses/{course.uuid}/")


def test_the_catalogue_takes_the_same_statements_for_any_number_of_courses(
    client_of: ClientOf, li_zhendong: Person, statements: Callable[..., AbstractContextManager[object]]
) -> None:
    for _ in range(12):
        make_course()
    client = client_of(li_zhendong)
    client.get("/courses/")
    with statements(at_most=8):
        client.get("/courses/")
