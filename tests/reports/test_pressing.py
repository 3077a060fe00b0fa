"""谁要紧: each reason, in order of urgency, of whom the viewer may see today; one tap reminds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Course, EditionLesson
from exams.models import Attempt, Blueprint, Exam, Reopening
from lms.people.enums import PostStatus
from lms.people.models import Person
from lms.records.models import Assignment, Enrolment, LessonResult
from lms.reports import queries
from lms.reports.figures import Asked
from lms.reports.pressing import Reason, Why, pressing

Browser = Callable[[Person], Client]
Put = Callable[..., Assignment]
Finish = Callable[..., None]


def listed(viewer: Person, at: datetime) -> dict[int, list[Reason]]:
    units, _ = queries.around(viewer, "")
    return {one.person: list(one.reasons) for one in pressing(queries.within(units, Asked()), Asked(), at)}


def page(browser: Client, **query: str) -> str:
    response = browser.get(reverse("reports:pressing"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_each_person_has_every_reason_and_the_most_urgent_person_comes_first(
    chengguan: list[Person], course: Course, other_course: Course, put_under: Put, luo_jianhua: Person, at: datetime
) -> None:
    put_under(course, chengguan[0], due=-3)
    put_under(other_course, chengguan[0], due=5)
    put_under(course, chengguan[1], due=-9)
    put_under(course, chengguan[2], due=2)
    Person.objects.filter(pk=chengguan[3].pk).update(post_status=PostStatus.MISSING)
    assert list(listed(luo_jianhua, at).items()) == [
        (chengguan[1].pk, [Reason(Why.OVERDUE, "触电急救（理论）", 9)]),
        (chengguan[0].pk, [Reason(Why.OVERDUE, "触电急救（理论）", 3), Reason(Why.SOON, "营业厅服务规范", 5)]),
        (chengguan[3].pk, [Reason(Why.MISSING)]),
        (chengguan[2].pk, [Reason(Why.SOON, "触电急救（理论）", 2)]),
    ]


def test_who_has_begun_or_finished_or_has_time_is_not_listed(
    chengguan: list[Person], course: Course, put_under: Put, finish: Finish, luo_jianhua: Person, at: datetime
) -> None:
    for person, due in zip(chengguan, (-2, 3, 30, None), strict=True):
        put_under(course, person, due=due)
    finish(chengguan[0], course)
    begun = Enrolment.objects.get(person=chengguan[1])
    line = EditionLesson.objects.get(edition=begun.edition)
    LessonResult.objects.create(enrolment=begun, lesson=line.lesson, lesson_edition=line.lesson_edition, started_at=at)
    assert listed(luo_jianhua, at) == {}


def test_the_page_names_reasons_and_reminds(
    chengguan: list[Person], course: Course, put_under: Put, luo_jianhua: Person, client_of: Browser
) -> None:
    put_under(course, chengguan[0], due=-3)
    Person.objects.filter(pk=chengguan[3].pk).update(post_status=PostStatus.MISSING)
    browser = client_of(luo_jianhua)
    html = page(browser)
    assert "已逾期 3 天：触电急救（理论）" in html
    assert "待确认离岗" in html
    assert html.count("/remind/") == 1  # who only has to be confirmed has nothing to learn
    browser.post(reverse("reports:remind", args=[chengguan[0].uuid]))
    assert "今日已提醒" in page(browser)


def test_another_station_is_not_named(
    chengguan: list[Person], hedong: list[Person], course: Course, put_under: Put, cao_bin: Person, client_of: Browser
) -> None:
    put_under(course, "YL", due=-1)
    html = page(client_of(cao_bin))
    assert "彭一" in html
    assert "谢一" not in html
    assert client_of(cao_bin).get(reverse("reports:pressing"), {"unit": "YL1301"}).status_code == 404


def test_with_nobody_to_see_to_the_page_says_so(luo_jianhua: Person, client_of: Browser) -> None:
    assert "目前没有需要关注的人" in page(client_of(luo_jianhua))


def test_the_page_costs_the_same_for_one_and_for_many(
    chengguan: list[Person], course: Course, put_under: Put, luo_jianhua: Person, client_of: Browser,
    make_person: Callable[..., Person], statements: Callable[..., Any],
) -> None:  # fmt: skip
    for number in range(60):
        make_person(f"0040{number:04d}", f"众{number}", "YL1301")
    put_under(course, "YL1301", due=-1)
    browser = client_of(luo_jianhua)
    page(browser)
    with statements(at_most=14):
        html = page(browser, page="2")
    assert "众59" in html


@pytest.mark.parametrize(("granted", "expected"), [(0, True), (1, False)])
def test_attempts_are_used_up_until_another_one_is_granted(
    granted: int, expected: bool, chengguan: list[Person], course: Course, put_under: Put, luo_jianhua: Person,
    at: datetime,
) -> None:  # fmt: skip
    put_under(course, chengguan[0], due=30)
    enrolment = Enrolment.objects.get(person=chengguan[0])
    paper = Blueprint.objects.create(title="安规", created_at=at)
    exam = Exam.objects.create(title="安规考试", blueprint=paper, minutes=60, max_attempts=2, created_at=at)
    for number in (1, 2):
        Attempt.objects.create(
            exam=exam, person=chengguan[0], enrolment=enrolment, number=number, state=Attempt.State.SUBMITTED,
            started_at=at, deadline=at + timedelta(hours=1), submitted_at=at, released_at=at, score=10, max_score=100,
            passed=False,
        )  # fmt: skip
    for _ in range(granted):
        Reopening.objects.create(exam=exam, enrolment=enrolment, reason="病假", granted_at=at, granted_by=luo_jianhua)
    assert (listed(luo_jianhua, at) == {chengguan[0].pk: [Reason(Why.USED_UP, exam.title)]}) is expected
