"""Practising through the verbs, the way the doors do it."""

from datetime import datetime
from random import Random

from exams import types
from exams.actions.practice import answer_item, open_for_practice, start_run
from exams.models import PracticeAnswer, PracticeItem, PracticeRun, QuestionBank
from exams.queries.practice_plan import Plan
from lms.people.models import Person


def opened(bank: QuestionBank, at: datetime) -> QuestionBank:
    open_for_practice(bank=bank, opened=True, by=None, at=at)
    bank.refresh_from_db()
    return bank


def begin(person: Person, at: datetime, mode: str, bank: QuestionBank | None = None, **which: str) -> PracticeRun:
    return start_run(plan=Plan(mode, bank, **which), by=person, at=at, random=Random(1))


def item_of(run: PracticeRun, position: int) -> PracticeItem:
    return PracticeItem.objects.select_related("run", "version__question").get(run=run, position=position)


def answer(run: PracticeRun, position: int, at: datetime, *, right: bool) -> PracticeAnswer:
    item = item_of(run, position)
    version = item.version
    good = types.get(version.type).right(version.content, version.key, item.order)
    raw = good if right else [next(n for n in range(9) if n not in good)]
    return answer_item(item=item, raw=raw, by=run.person, at=at)


def answer_all(run: PracticeRun, at: datetime, *, right: int | None = None) -> PracticeRun:
    """The first `right` questions (all by default) rightly, the others wrongly."""
    for position in range(1, run.questions + 1):
        answer(run, position, at, right=right is None or position <= right)
    run.refresh_from_db()
    return run
