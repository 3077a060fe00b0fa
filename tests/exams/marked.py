"""An exam with an essay, people who wrote it, and markers."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from exams import actions
from exams.actions import PlannedRule
from exams.actions.banks import Draft
from exams.models import Attempt, AttemptItem, Exam, QuestionBank, ScoreChange
from exams.queries import marking as queue
from exams.rules.normalise import identity
from lms.people.models import Person
from tests.exams.conftest import enrolled
from tests.exams.sitting import hand_in, items, right_answer, save, start

RUBRIC = [{"text": "先停电", "points": "2"}, {"text": "再验电", "points": "3"}]


def essay(number: int = 0) -> Draft:
    """Five points of rubric."""
    stem = f"论述第 {number} 题：说明停电检修的步骤。"
    return Draft(
        "essay", stem, {}, {"rubric": RUBRIC, "reference": "停电、验电、接地"}, identity("essay", stem, []),
        code=f"E{number}", topic="停电", explanation="见《安规》",
    )  # fmt: skip


def essay_exam(make_exam: Callable[..., Exam], bank: QuestionBank, at: datetime, **facts: Any) -> Exam:
    """One single choice of 2 points and one essay of 10 points."""
    actions.add_questions(bank=bank, drafts=[essay()], by=None, at=at)
    rules = [PlannedRule(bank, 1, Decimal(2), "single"), PlannedRule(bank, 1, Decimal(10), "essay")]
    return make_exam(rules=rules, shuffle_questions=False, pass_score=60, **facts)


def sat(exam: Exam, person: Person, at: datetime, text: str = "先停电，再验电。") -> Attempt:
    """Handed in: the single choice right, the essay with this text."""
    enrolled(exam, person, at)
    attempt = start(exam, person, at)
    for item in items(attempt):
        save(attempt, item.position, right_answer(item) if item.version.type == "single" else text, at)
    return hand_in(attempt, at)


def essay_of(attempt: Attempt) -> AttemptItem:
    return attempt.items.get(version__type="essay")


@transaction.atomic
def mark(item: AttemptItem, by: Person, at: datetime, given: Sequence[int], **facts: Any) -> ScoreChange | None:
    """Take it in hand and give points, as the doors do."""
    assert actions.take(item=item, by=by, at=at)
    points = [Decimal(each) for each in given]
    return actions.mark(item=queue.locked(item.pk), given=points, by=by, at=at, **facts)
