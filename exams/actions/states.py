"""The life of a question: draft → review → in use → to be checked again or out of use.

What is not in use is drawn for no paper. Two people bring a question into use: who sent it does not approve it.
"""

from datetime import datetime
from typing import Final

from django.db import transaction

from exams.actions.banks import changed
from exams.models import Question
from lms.journal import actions as journal
from lms.people.models import Person

State = Question.State
FROM: Final[dict[str, frozenset[str]]] = {
    State.REVIEW: frozenset({State.DRAFT, State.RECHECK}),
    State.ACTIVE: frozenset({State.REVIEW}),
    State.DRAFT: frozenset({State.REVIEW, State.RETIRED}),
    State.RECHECK: frozenset({State.ACTIVE}),
    State.RETIRED: frozenset({State.DRAFT, State.REVIEW, State.ACTIVE, State.RECHECK}),
}
NEEDS_A_REASON: Final = frozenset({State.DRAFT, State.RECHECK, State.RETIRED})


class NotNow(Exception):
    """The question is not in a state from which this leads on, or somebody else has just changed it."""


class SamePerson(Exception):
    """Whoever sent a question to review cannot approve it."""


class NoReason(ValueError):
    """This step needs a reason."""


def send_to_review(*, question: Question, by: Person, at: datetime) -> None:
    """送审."""
    _move(question, State.REVIEW, "", by, at)


def approve(*, question: Question, by: Person, at: datetime) -> None:
    """启用: by another person than the one who sent it to review. Raises SamePerson."""
    if question.state == State.REVIEW and question.state_by_id == by.pk:
        raise SamePerson
    _move(question, State.ACTIVE, "", by, at)


def send_back(*, question: Question, reason: str, by: Person, at: datetime) -> None:
    """Back to draft: not approved yet, or used again after it was out of use."""
    _move(question, State.DRAFT, reason, by, at)


def recheck(*, question: Question, reason: str, by: Person | None, at: datetime) -> None:
    """待复核: no longer drawn until somebody has looked at it again."""
    _move(question, State.RECHECK, reason, by, at)


def retire(*, question: Question, reason: str, by: Person, at: datetime) -> None:
    """停用: kept for the papers that have it, drawn for no other."""
    _move(question, State.RETIRED, reason, by, at)


@transaction.atomic
def _move(question: Question, state: str, reason: str, by: Person | None, at: datetime) -> None:
    if state in NEEDS_A_REASON and not reason.strip():
        raise NoReason
    changes = {"state": state, "state_by": by, "state_reason": reason.strip()[:255], "outdated": "", "new_edition": ""}
    waiting = Question.objects.filter(pk=question.pk, state=question.state, state__in=FROM[state])
    if waiting.update(**changes) != 1:
        raise NotNow
    changed(question.bank)
    payload = {"question": question.pk, "from": question.state, "to": str(state), "reason": reason.strip()}
    journal.write("question-state", by=by, unit=question.bank.unit, at=at, payload=payload)
    for field, value in changes.items():
        setattr(question, field, value)
