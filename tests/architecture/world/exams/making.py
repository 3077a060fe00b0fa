"""Questions and exams."""

from decimal import Decimal
from typing import Any

from exams import actions as exams
from exams.actions import ExamPlan, PlannedRule
from exams.actions.banks import Draft
from exams.models import Exam, QuestionBank
from exams.rules.normalise import identity
from lms.records.actions import enrol
from tests.architecture.world.cast import Names, Who, World


def question(names: Names, number: int) -> Draft:
    stem = f"第 {number} 题：{names.text}（　）。"
    options = [f"{names.option}{number}", f"错误甲{number}", f"错误乙{number}"]
    return Draft(
        "single", stem, {"options": options}, {"correct": [0]}, identity("single", stem, options), code=f"D{number}",
        topic=names.text[:100], explanation=f"解析{number}{names.text}", basis_document="《安规》",
    )  # fmt: skip


def make_exam(world: World, bank: QuestionBank, title: str, **facts: Any) -> Exam:
    plan = ExamPlan(
        title=title, unit=world.units["YL"], minutes=30,
        **{"max_attempts": 5, "rules": [PlannedRule(bank, 5, Decimal(2), "single")], **facts},
    )  # fmt: skip
    exam = exams.create_standalone(
        plan=plan, code="", line="safety", hours=Decimal(1), account="safety", by=None, at=world.at
    )
    assert exam.lesson is not None
    for who in (Who.LEARNER, Who.OTHER_LEARNER):
        enrol(person=world.people[who], course=exam.lesson.course, by=None, at=world.at)
    return exam
