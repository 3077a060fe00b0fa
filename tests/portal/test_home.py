"""首页: the next thing to do in one card, everything due below it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils.html import strip_tags

from exams.models import QuestionBank
from lms.notices.actions import send
from lms.people.models import Person
from lms.records.actions import assign, enrol
from tests.exams.conftest import bank
from tests.exams.practising import answer_all, begin, opened
from tests.factories import LessonSpec, make_course

__all__ = ["bank"]
pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


def home(client_of: ClientOf, person: Person) -> str:
    return client_of(person).get("/").content.decode()


def test_the_first_card_is_the_next_lesson(client_of: ClientOf, li_zhendong: Person, at: datetime) -> None:
    course = make_course(lessons=[LessonSpec(title="验电与接地", minutes=8)], title="配电安规")
    assign(course=course, person=li_zhendong, due_at=at + timedelta(days=2), by=None, at=at)
    page = home(client_of, li_zhendong)
    assert "开始学习 · 必修" in page
    assert "配电安规" in page
    assert "第 1 课时　验电与接地 · 约 8 分钟" in strip_tags(page)
    assert "还剩 2 天" in page


def test_what_is_overdue_says_so_and_that_it_can_still_be_done(
    client_of: ClientOf, li_zhendong: Person, at: datetime
) -> None:
    assign(course=make_course(), person=li_zhendong, due_at=at - timedelta(days=3), by=None, at=at)
    page = home(client_of, li_zhendong)
    assert "已逾期 3 天" in page or "已逾期 4 天" in page
    assert "去补学" in page


def test_everything_else_due_is_listed_by_date(client_of: ClientOf, li_zhendong: Person, at: datetime) -> None:
    for days, title in ((9, "第三件"), (1, "第一件"), (5, "第二件")):
        course = make_course(title=title)
        assign(course=course, person=li_zhendong, due_at=at + timedelta(days=days), by=None, at=at)
    page = home(client_of, li_zhendong)
    assert page.index("第一件") < page.index("第二件") < page.index("第三件")


def test_with_nothing_to_do_the_page_says_so(client_of: ClientOf, li_zhendong: Person) -> None:
    assert "暂无待办" in home(client_of, li_zhendong)


def test_unread_notices_are_shown_and_counted(client_of: ClientOf, li_zhendong: Person, at: datetime) -> None:
    context = {"course": "配电安规", "course_uuid": "x", "required": True, "due_at": None}
    send("assigned", to=li_zhendong, context=context, key="k", at=at)
    page = home(client_of, li_zhendong)
    assert "未读消息" in page
    assert '<span class="count" aria-hidden="true">1</span>' in page


def test_the_anonymous_are_asked_to_log_in(client: Client) -> None:
    assert client.get("/").headers["Location"].startswith("/accounts/login/?next=/")


def test_home_takes_at_most_fifteen_statements(
    client_of: ClientOf,
    li_zhendong: Person,
    at: datetime,
    statements: Callable[..., AbstractContextManager[object]],
) -> None:
    for _ in range(4):
        assign(course=make_course(), person=li_zhendong, due_at=at + timedelta(days=2), by=None, at=at)
    enrol(person=li_zhendong, course=make_course(), by=None, at=at)
    client = client_of(li_zhendong)
    client.get("/")
    with statements(at_most=15):
        client.get("/")


def test_daily_practice_is_offered_until_it_is_done(
    client_of: ClientOf, li_zhendong: Person, shi_lei: Person, bank: QuestionBank, at: datetime
) -> None:
    client = client_of(li_zhendong)
    assert "每日一练" not in client.get("/").content.decode()
    opened(bank, at)
    assert "每日一练" in client.get("/").content.decode()
    assert "每日一练" not in home(client_of, shi_lei)
    answer_all(begin(li_zhendong, at, "daily"), at)
    assert "每日一练" not in client.get("/").content.decode()
