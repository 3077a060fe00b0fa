"""Sitting an exam through the verbs, the way the doors do it."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from exams import actions, queries, types
from exams.facts import AnswerOp, Closed, Receipt, Stale, TakenOver
from exams.models import Attempt, AttemptItem, Exam
from lms.people.models import Person

Outcome = Receipt | Stale | Closed | TakenOver


@transaction.atomic
def start(exam: Exam, person: Person, at: datetime) -> Attempt:
    enrolment = queries.locked_enrolment(exam=exam, person=person)
    assert enrolment is not None
    return actions.start_attempt(exam=exam, person=person, enrolment=enrolment, at=at)[0]


@transaction.atomic
def save(attempt: Attempt, item: int, payload: object, at: datetime, **facts: Any) -> Outcome:
    found = queries.locked_item(attempt=attempt.uuid, person=attempt.person, position=item)
    op: dict[str, Any] = {
        "op_id": uuid4(),
        "seq": 1,
        "item": item,
        "base_version": 0,
        "holder": attempt.holder,
        "payload": payload,
    }
    return actions.save_answer(item=found, op=AnswerOp(**{**op, **facts}), at=at)


@transaction.atomic
def hand_in(attempt: Attempt, at: datetime) -> Attempt:
    return actions.submit_attempt(attempt=queries.locked_attempt(pk=attempt.pk), by=attempt.person, at=at)


def items(attempt: Attempt) -> list[AttemptItem]:
    return list(attempt.items.select_related("version").order_by("position"))


def right_answer(item: AttemptItem) -> list[int]:
    """What scores full points, in the numbers the taker sees."""
    kind, version = types.get(item.version.type), item.version
    lines = kind.reviewed(version.content, version.key, item.order, None)
    return [shown for shown, line in enumerate(lines) if line.right]


def answer_all(attempt: Attempt, at: datetime, *, right: int | None = None) -> None:
    """Answer the first `right` questions correctly (all of them by default), the others wrongly."""
    found = items(attempt)
    for number, item in enumerate(found):
        good = right_answer(item)
        payload = good if right is None or number < right else [next(n for n in range(9) if n not in good)]
        save(attempt, item.position, payload, at)
