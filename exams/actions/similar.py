"""Find questions of a bank that ask nearly the same, and decide about them."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F

from exams.actions import states
from exams.likeness import pairs
from exams.models import KeptBoth, Question, QuestionBank, SimilarSearch
from exams.queries.similar import compared
from lms.journal import actions as journal
from lms.people.models import Person

logger = logging.getLogger(__name__)
CLAIM: Final = timedelta(minutes=15)  # a worker that has not finished by then is dead; the next one takes over
MAX_TRIES: Final = 3
State = SimilarSearch.State


@transaction.atomic
def order_search(*, bank: QuestionBank, by: Person | None, at: datetime) -> SimilarSearch:
    """Ask for a search; the one under way when there is one. What was found before stays until it is done."""
    search, new = SimilarSearch.objects.get_or_create(bank=bank, defaults={"by": by, "asked_at": at, "due_at": at})
    if not new:
        again = {"state": State.OPEN, "by": by, "asked_at": at, "due_at": at, "tries": 0, "percent": 0}
        SimilarSearch.objects.filter(pk=search.pk).exclude(state=State.OPEN).update(**again)
        search.refresh_from_db()
    return search


def search_waiting(*, at: datetime) -> int:
    """Carry out the searches whose turn it is; return how many are done."""
    waiting = SimilarSearch.objects.filter(state=State.OPEN, due_at__lte=at).order_by("due_at")
    return sum(_carry_out(pk, due_at, at) for pk, due_at in list(waiting.values_list("pk", "due_at")))


def _carry_out(pk: int, due_at: datetime, at: datetime) -> bool:
    """Two workers never both get it."""
    turn = SimilarSearch.objects.filter(pk=pk, state=State.OPEN, due_at=due_at)
    if not turn.update(due_at=at + CLAIM, tries=F("tries") + 1, percent=0):
        return False
    search = SimilarSearch.objects.select_related("bank__unit", "by").get(pk=pk)
    mine = SimilarSearch.objects.filter(pk=pk, state=State.OPEN, due_at=search.due_at)
    try:
        return _search(search, lambda percent: mine.update(percent=percent), at)
    except Exception:  # whatever breaks one search must not break the next
        logger.exception("bank %s could not be searched", search.bank_id)
        if search.tries >= MAX_TRIES:
            mine.update(state=State.FAILED)
        return False


def _search(search: SimilarSearch, tell: Callable[[int], object], at: datetime) -> bool:
    bank = search.bank
    sets = compared(bank)
    found = pairs(sets, tell=tell)
    facts = {"state": State.DONE, "percent": 100, "mark": bank.mark, "questions": len(sets), "pairs": found}
    with transaction.atomic():
        mine = SimilarSearch.objects.filter(pk=search.pk, state=State.OPEN, due_at=search.due_at)
        if not mine.update(**facts):
            return False
        payload = {"bank": bank.pk, "questions": len(sets), "pairs": len(found)}
        journal.write("similar-questions-searched", by=search.by, unit=bank.unit, at=at, payload=payload)
    return True


@transaction.atomic
def keep_both(*, one: Question, other: Question, by: Person, at: datetime) -> None:
    """They are two questions, whatever they have in common; said once, remembered for good."""
    first, second = sorted([one.pk, other.pk])
    _kept, new = KeptBoth.objects.get_or_create(first_id=first, second_id=second, defaults={"by": by, "at": at})
    if new:
        payload = {"bank": one.bank_id, "questions": [first, second]}
        journal.write("similar-questions-kept", by=by, unit=one.bank.unit, at=at, payload=payload)


@transaction.atomic
def retire_one(*, question: Question, instead: Question, reason: str, by: Person, at: datetime) -> None:
    """停用 one of two, because the other asks the same. Raises `states.NotNow`."""
    states.retire(question=question, reason=reason, by=by, at=at)
    payload = {"bank": question.bank_id, "retired": question.pk, "kept": instead.pk}
    journal.write("similar-question-retired", by=by, unit=question.bank.unit, at=at, payload=payload)
