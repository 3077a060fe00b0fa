"""首页 and exams: a running one comes before everything, one that may not be sat now is no task."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from django.test import Client

from exams.models import Exam
from lms.people.models import Person
from lms.records.actions import assign
from tests.exams.conftest import Taker, bank, exam, make_exam, taker
from tests.factories import make_course

__all__ = ["bank", "exam", "make_exam", "taker"]
pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


def home(client_of: ClientOf, person: Person) -> str:
    return client_of(person).get("/").content.decode()


def test_a_running_exam_comes_first_and_leads_to_its_sheet(client_of: ClientOf, taker: Taker, exam: Exam) -> None:
    client = client_of(taker.person)
    sheet = client.post(f"/exams/{exam.uuid}/start/").headers["Location"]
    assert sheet.startswith("/exams/sitting/")
    page = client.get("/").content.decode()
    assert "考试进行中" in page
    assert f'class="button button-block button-large" href="{sheet}"' in page
    assert "去考试" not in page


def test_an_exam_to_sit_is_one_tap_away(client_of: ClientOf, taker: Taker) -> None:
    assert "去考试" in home(client_of, taker.person)


def test_what_waits_for_an_exam_is_no_task(client_of: ClientOf, taker: Taker, exam: Exam, at: datetime) -> None:
    Exam.objects.filter(pk=exam.pk).update(opens_at=at + timedelta(days=3))
    other = make_course(title="可以现在学")
    assign(course=other, person=taker.person, due_at=None, by=None, at=at)
    page = home(client_of, taker.person)
    assert "去考试" not in page
    assert page.index("可以现在学") < page.index("暂不能参加的考试") < page.index("考试还没有开始")


def test_home_with_an_exam_takes_at_most_fifteen_statements(
    client_of: ClientOf, taker: Taker, statements: Callable[..., AbstractContextManager[object]]
) -> None:
    client = client_of(taker.person)
    client.get("/")
    with statements(at_most=15):
        client.get("/")


def test_somebody_from_outside_with_nothing_to_do_is_not_sent_to_an_empty_catalogue(
    client_of: ClientOf, shi_lei: Person
) -> None:
    page = home(client_of, shi_lei)
    assert "暂无待办" in page
    assert "分配给您的课程会出现在这里" in page
