"""Marking through the doors: one answer after the other, without names."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exams.models import Attempt, Exam, Marking, QuestionBank
from exams.rules import marking
from lms.people.enums import Role
from lms.people.models import Person
from tests.exams.marked import essay_exam, essay_of, sat

pytestmark = pytest.mark.django_db


@pytest.fixture
def exam(make_exam: Callable[..., Exam], bank: QuestionBank, at: datetime) -> Exam:
    return essay_exam(make_exam, bank, at)


@pytest.fixture
def attempts(exam: Exam, li_zhendong: Person, xie_yulan: Person, at: datetime) -> list[Attempt]:
    return [sat(exam, li_zhendong, at), sat(exam, xie_yulan, at)]


@pytest.fixture
def desk(ma_yue: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(ma_yue)


def take_next(client: Client, attempt: Attempt) -> str:
    question = essay_of(attempt).version.question
    answer = client.post(reverse("exams:marking_next", args=[attempt.exam.uuid, question.uuid]))
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_one_answer_after_the_other_until_all_are_marked(attempts: list[Attempt], exam: Exam, desk: Client) -> None:
    page = take_next(desk, attempts[0])
    page = str(desk.post(page, {"points-0": "2", "points-1": "3", "comment": "好"}).headers["Location"])
    page = str(desk.post(page, {"points-0": "0.5", "points-1": "1"}).headers["Location"])
    assert page == reverse("exams:marking_exam", args=[exam.uuid])
    assert "共 2 份已全部阅完" in desk.get(page).content.decode()
    assert set(Attempt.objects.values_list("score", flat=True)) == {Decimal(5), Decimal(12)}


def test_a_marker_sees_no_name(attempts: list[Attempt], desk: Client) -> None:
    page = take_next(desk, attempts[0])
    html = desk.get(page).content.decode()
    assert "先停电，再验电。" in html and "停电、验电、接地" in html
    for attempt in attempts:
        assert attempt.person.name not in html and attempt.person.staff_no not in html
    assert any(marking.alias(attempt.uuid) in html for attempt in attempts)


def test_bad_points_come_back_with_what_was_typed(attempts: list[Attempt], desk: Client) -> None:
    page = take_next(desk, attempts[0])
    html = desk.post(page, {"points-0": "2.5", "points-1": "1"}).content.decode()
    assert "请填写 0 至 2 分" in html and 'value="2.5"' in html
    assert not Marking.objects.exists()


def test_what_somebody_else_has_in_hand_can_only_be_looked_at(
    attempts: list[Attempt], desk: Client, make_person: Callable[..., Person], client_of: Any
) -> None:
    page = take_next(desk, attempts[0])
    other = client_of(make_person("00120800", "阅卷甲", "YL05", Role.EXAMINER, over="YL"))
    assert "不在您手中" in other.get(page).content.decode()
    assert other.post(page, {"points-0": "1", "points-1": "1"}).status_code == 302
    assert not Marking.objects.exists()
    assert take_next(other, attempts[0]) != page


def test_what_one_has_marked_can_be_looked_at_again(attempts: list[Attempt], desk: Client) -> None:
    page = take_next(desk, attempts[0])
    following = str(desk.post(page, {"points-0": "2", "points-1": "3"}).headers["Location"])
    assert page in desk.get(following).content.decode()
    assert "您已阅此答案" in desk.get(page).content.decode()


def test_the_taker_reads_what_the_marker_wrote(
    attempts: list[Attempt], desk: Client, li_zhendong: Person, client_of: Any
) -> None:
    desk.post(take_next(desk, attempts[0]), {"points-0": "2", "points-1": "1", "comment": "请写明验电器"})
    desk.post(take_next(desk, attempts[0]), {"points-0": "2", "points-1": "1", "comment": "请写明验电器"})
    html = client_of(li_zhendong).get(reverse("exams:result", args=[attempts[0].uuid])).content.decode()
    assert "请写明验电器" in html


def test_the_score_alone_is_shown_when_the_exam_says_so(
    attempts: list[Attempt], exam: Exam, desk: Client, li_zhendong: Person, client_of: Any
) -> None:
    Exam.objects.filter(pk=exam.pk).update(shows=Exam.Shows.SCORE)
    for _each in attempts:
        desk.post(take_next(desk, attempts[0]), {"points-0": "2", "points-1": "3"})
    html = client_of(li_zhendong).get(reverse("exams:result", args=[attempts[0].uuid])).content.decode()
    assert "先停电，再验电。" not in html and "停电检修" not in html
    assert "已通过" in html


def test_the_pages_ask_for_a_fixed_number_of_statements(
    attempts: list[Attempt], exam: Exam, desk: Client, statements: Callable[..., Any]
) -> None:
    desk.get(reverse("exams:marking"))
    page = take_next(desk, attempts[0])
    with statements(at_most=9):
        desk.get(reverse("exams:marking"))
    with statements(at_most=10):
        desk.get(reverse("exams:marking_exam", args=[exam.uuid]))
    with statements(at_most=15):
        desk.get(page)
