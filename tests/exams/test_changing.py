"""An exam can be changed until the first person starts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exams import actions
from exams.forms.exam import ExamForm, RuleFormSet
from exams.models import Blueprint, Exam, QuestionBank
from lms.people.models import Person
from tests.exams.conftest import Taker
from tests.exams.sitting import start
from tests.exams.test_desk import exam_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(ma_yue: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(ma_yue)


def shown(desk: Client, exam: Exam) -> dict[str, Any]:
    """What the browser would send back unchanged."""
    context: Any = desk.get(reverse("exams:change", args=[exam.uuid])).context
    form: ExamForm = context["form"]
    rules: Any = context["rules"]
    assert isinstance(rules, RuleFormSet)
    sent = {bound.html_name: bound.value() for bound in form}
    for each in [rules.management_form, *rules.forms]:
        sent |= {bound.html_name: bound.value() for bound in each}
    return {
        name: getattr(value, "pk", value) for name, value in sent.items() if value is not None and value is not False
    }


def test_what_the_form_shows_is_what_the_exam_is(desk: Client, exam: Exam) -> None:
    before = list(exam.blueprint.rules.values("bank", "type", "topic", "count", "points", "tag", "easiest", "hardest"))
    assert desk.post(reverse("exams:change", args=[exam.uuid]), shown(desk, exam)).status_code == 302
    after = Exam.objects.get()
    assert (after.title, after.minutes, after.unit) == (exam.title, exam.minutes, exam.unit)
    assert (
        list(after.blueprint.rules.values("bank", "type", "topic", "count", "points", "tag", "easiest", "hardest"))
        == before
    )
    assert Blueprint.objects.count() == 1


def test_an_exam_is_changed_before_anybody_sits_it(
    desk: Client, exam: Exam, bank: QuestionBank, taker: Taker, at: datetime
) -> None:
    facts = exam_form(bank, title="安规考试（新）", kind="mock", wait_hours="24", papers="2")
    assert desk.post(reverse("exams:change", args=[exam.uuid]), facts).status_code == 302
    exam = Exam.objects.select_related("blueprint", "lesson").get()
    assert (exam.title, exam.kind, exam.wait_hours) == ("安规考试（新）", "mock", 24)
    assert exam.blueprint.papers.count() == 2
    assert start(exam, taker.person, at).max_score == 10


def test_after_the_first_start_nothing_changes(
    desk: Client, exam: Exam, bank: QuestionBank, taker: Taker, at: datetime
) -> None:
    start(exam, taker.person, at)
    page = desk.post(reverse("exams:change", args=[exam.uuid]), exam_form(bank, title="太晚")).content.decode()
    assert "已有人参加本考试" in page
    assert Exam.objects.get().title == exam.title
    assert (
        reverse("exams:change", args=[exam.uuid])
        not in desk.get(reverse("exams:exam", args=[exam.uuid])).content.decode()
    )


def test_a_plan_the_banks_cannot_fill_leaves_the_exam_as_it_is(desk: Client, exam: Exam, bank: QuestionBank) -> None:
    page = desk.post(
        reverse("exams:change", args=[exam.uuid]), exam_form(bank, **{"rules-0-count": 20})
    ).content.decode()
    assert "只有 6 道" in page
    assert Blueprint.objects.count() == 1 and Exam.objects.get().title == exam.title


def test_an_exam_with_a_make_up_stays_as_it_is(desk: Client, exam: Exam, bank: QuestionBank, at: datetime) -> None:
    made = actions.plan_make_up(original=exam, plan=actions.MakeUpPlan("补考"), failed=[], absent=[], by=None, at=at)
    assert "已有人参加" in desk.post(reverse("exams:change", args=[exam.uuid]), exam_form(bank)).content.decode()
    assert desk.get(reverse("exams:change", args=[made.uuid])).status_code == 404
