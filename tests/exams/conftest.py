"""A bank, an exam of five questions, and people who learn what it belongs to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from exams import actions
from exams.actions import ExamPlan, PlannedRule
from exams.actions.banks import Draft
from exams.models import Exam, QuestionBank
from exams.rules.normalise import identity
from lms.people.models import OrgUnit, Person
from lms.records.actions import enrol
from lms.records.models import Enrolment


def single(number: int, topic: str = "验电") -> Draft:
    """Option 0 is right."""
    stem, options = (
        f"单选第 {number} 题，验电时应当怎么做（　）。",
        [f"正确{number}", f"错误甲{number}", f"错误乙{number}"],
    )
    return Draft(
        "single", stem, {"options": options}, {"correct": [0]}, identity("single", stem, options), code=f"D{number}",
        topic=topic, explanation=f"解析单选{number}", basis_document="《安规》", basis_clause="4.4.7",
    )  # fmt: skip


def multiple(number: int, topic: str = "验电") -> Draft:
    """Options 0, 1 and 2 of four are right."""
    stem, options = (
        f"多选第 {number} 题，正确的是（　）。",
        [f"对甲{number}", f"对乙{number}", f"对丙{number}", f"错{number}"],
    )
    return Draft(
        "multiple", stem, {"options": options}, {"correct": [0, 1, 2]}, identity("multiple", stem, options),
        code=f"M{number}", topic=topic, explanation=f"解析多选{number}",
    )  # fmt: skip


def true_false(number: int, topic: str = "接地") -> Draft:
    """Right when the number is even."""
    stem = f"判断第 {number} 题，先验电后接地。"
    return Draft(
        "true_false", stem, {}, {"correct": number % 2 == 0}, identity("true_false", stem, []), code=f"T{number}",
        topic=topic, explanation=f"解析判断{number}",
    )  # fmt: skip


@pytest.fixture
def bank(at: datetime, unit: Callable[[str], OrgUnit]) -> QuestionBank:
    """Six questions of each type."""
    made = actions.open_bank(name="安规题库", unit=unit("YL"), by=None, at=at)
    drafts = [make(number) for make in (single, multiple, true_false) for number in range(6)]
    actions.add_questions(bank=made, drafts=drafts, by=None, at=at)
    return made


@pytest.fixture
def make_exam(bank: QuestionBank, at: datetime, unit: Callable[[str], OrgUnit]) -> Callable[..., Exam]:
    """A stand-alone exam: two single, one multiple, two true or false, two points each."""

    def make(**facts: Any) -> Exam:
        rules = facts.pop("rules", None) or [
            PlannedRule(bank, 2, Decimal(2), "single"),
            PlannedRule(bank, 1, Decimal(2), "multiple"),
            PlannedRule(bank, 2, Decimal(2), "true_false"),
        ]
        plan = ExamPlan(**{"title": "安规考试", "unit": unit("YL"), "minutes": 30, "rules": rules, **facts})
        return actions.create_standalone(
            plan=plan, code="", line="safety", hours=Decimal(1), account="safety", by=None, at=at
        )

    return make


@pytest.fixture
def exam(make_exam: Callable[..., Exam]) -> Exam:
    return make_exam()


@dataclass
class Taker:
    person: Person
    enrolment: Enrolment


@pytest.fixture
def taker(exam: Exam, li_zhendong: Person, at: datetime) -> Taker:
    """李振东, who is to sit the exam."""
    return enrolled(exam, li_zhendong, at)


def enrolled(exam: Exam, person: Person, at: datetime) -> Taker:
    assert exam.lesson is not None
    return Taker(person, enrol(person=person, course=exam.lesson.course, by=None, at=at))
