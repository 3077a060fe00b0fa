"""The life of a question."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exams.actions import states
from exams.models import Question, QuestionBank
from lms.journal.models import Entry
from lms.people.models import Person

pytestmark = pytest.mark.django_db
State = Question.State


@pytest.fixture
def question(bank: QuestionBank) -> Question:
    return bank.questions.select_related("bank__unit").get(code="D0")


def test_only_questions_in_use_are_drawn(
    question: Question, bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    before = bank.mark
    states.retire(question=question, reason="重复", by=li_zhendong, at=at)
    assert not Question.objects.drawable().filter(pk=question.pk).exists()
    bank.refresh_from_db()
    assert bank.mark != before


def test_two_people_bring_a_question_back_into_use(
    question: Question, li_zhendong: Person, make_person: Callable[..., Person], at: datetime
) -> None:
    other = make_person("00990001", "审核人", "YL0901")
    states.recheck(question=question, reason="规程换版", by=li_zhendong, at=at)
    states.send_to_review(question=question, by=li_zhendong, at=at)
    with pytest.raises(states.SamePerson):
        states.approve(question=question, by=li_zhendong, at=at)
    states.approve(question=question, by=other, at=at)
    question.refresh_from_db()
    assert (question.state, question.state_by) == (State.ACTIVE, other)
    steps = [entry.payload["to"] for entry in Entry.objects.filter(kind="question-state").order_by("pk")]
    assert steps == ["recheck", "review", "active"]


@pytest.mark.parametrize("step", [states.recheck, states.retire])
def test_leaving_use_needs_a_reason(step: Any, question: Question, li_zhendong: Person, at: datetime) -> None:
    with pytest.raises(states.NoReason):
        step(question=question, reason=" ", by=li_zhendong, at=at)
    assert Question.objects.get(pk=question.pk).state == State.ACTIVE


def test_a_step_somebody_else_took_meanwhile_is_not_taken_again(
    question: Question, li_zhendong: Person, at: datetime
) -> None:
    stale = Question.objects.select_related("bank__unit").get(pk=question.pk)
    states.retire(question=question, reason="重复", by=li_zhendong, at=at)
    with pytest.raises(states.NotNow):
        states.recheck(question=stale, reason="换版", by=li_zhendong, at=at)
    with pytest.raises(states.NotNow):
        states.approve(question=question, by=li_zhendong, at=at)


def test_the_page_says_what_can_be_done_and_why_not(
    question: Question, ma_yue: Person, client_of: Callable[[Person], Client]
) -> None:
    desk = client_of(ma_yue)
    page, step = (reverse(f"exams:{name}", args=[question.uuid]) for name in ("question", "question_step"))
    assert "停用" in desk.get(page).content.decode() and "审核启用" not in desk.get(page).content.decode()
    assert "请填写原因" in desk.post(step, {"step": "recheck"}, follow=True).content.decode()
    desk.post(step, {"step": "recheck", "reason": "规程换版"})
    assert "规程换版" in desk.get(page).content.decode()
    assert "另一人" in desk.post(step, {"step": "review"}, follow=True).content.decode()
    assert "另一人" in desk.post(step, {"step": "approve"}, follow=True).content.decode()
    assert desk.post(step, {"step": "delete"}).status_code == 404
    assert Question.objects.get(pk=question.pk).state == State.REVIEW
