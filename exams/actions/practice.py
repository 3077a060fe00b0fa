"""Practise: begin a run, answer its questions one by one, open a bank for it."""

from collections.abc import Mapping
from datetime import datetime
from random import Random

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Value, When
from django.utils.timezone import localdate

from exams import types
from exams.actions import mistakes
from exams.models import PracticeAnswer, PracticeCard, PracticeItem, PracticeRun, Question, QuestionBank
from exams.practice import memory
from exams.practice.memory import Memory
from exams.queries import practice_plan
from exams.queries.practice_plan import Plan
from lms.journal import actions as journal
from lms.people.models import Person


class NothingToPractise(Exception):
    """No question fits what was asked for."""


def start_run(*, plan: Plan, by: Person, at: datetime, random: Random | None = None) -> PracticeRun:
    """The run of today when it is the daily one, the untouched one of the same kind, else a new one.

    Asked twice it begins one run. Raises NothingToPractise.
    """
    found = _waiting(plan, by, at)
    if found is not None:
        return found
    try:
        return _begin(plan, by, at, random or Random())
    except IntegrityError:  # the other of two taps has begun today's practice
        return PracticeRun.objects.get(person=by, mode=PracticeRun.Mode.DAILY, day=localdate(at))


def _waiting(plan: Plan, by: Person, at: datetime) -> PracticeRun | None:
    runs = PracticeRun.objects.filter(person=by, mode=plan.mode)
    if plan.mode == PracticeRun.Mode.DAILY:
        return runs.filter(day=localdate(at)).first()
    same = runs.filter(bank=plan.bank, topic=plan.topic, type=plan.type, answered=0, day=localdate(at))
    return same.order_by("-started_at").first()


@transaction.atomic
def _begin(plan: Plan, by: Person, at: datetime, random: Random) -> PracticeRun:
    chosen = practice_plan.chosen(by, plan, at=at, random=random)
    questions = Question.objects.select_related("current").in_bulk([question for question, _why in chosen])
    items = [_item(questions[question], why, random) for question, why in chosen]
    items = [item for item in items if _can_be_right(item)]
    if not items:
        raise NothingToPractise
    run = PracticeRun.objects.create(
        person=by,
        mode=plan.mode,
        bank=plan.bank,
        topic=plan.topic,
        type=plan.type,
        day=localdate(at),
        questions=len(items),
        started_at=at,
    )
    for position, item in enumerate(items, 1):
        item.run, item.position = run, position
    PracticeItem.objects.bulk_create(items)
    return run


def _item(question: Question, why: str, random: Random) -> PracticeItem:
    version = question.current
    assert version is not None
    order = types.get(version.type).shuffled(version.content, random)
    return PracticeItem(version=version, order=order, why=why)


def _can_be_right(item: PracticeItem) -> bool:
    """Whether an answer can earn all without a marker: not in a case with a part that people mark."""
    version = item.version
    return types.get(version.type).right(version.content, version.key, item.order) is not None


def answer_item(*, item: PracticeItem, raw: object, by: Person, at: datetime) -> PracticeAnswer:
    """Store the answer and what follows from it; the first one when there is an answer already.

    `item` comes with its run and its version. Raises `types.Malformed` for what is no answer to it.
    """
    version = item.version
    kind = types.get(version.type)
    payload = kind.parse(raw, version.content, item.order)
    if not kind.answered(payload):
        raise types.Malformed("nothing chosen")
    right = kind.share(version.content, version.key, item.order, payload, "all_or_nothing") == 1
    try:
        return _store(item, payload, right, by, at)
    except IntegrityError:  # two taps; or the same question of another run at this moment, then once more
        first = PracticeAnswer.objects.filter(item=item).first()
        return first or _store(item, payload, right, by, at)


@transaction.atomic
def _store(item: PracticeItem, payload: types.Payload, right: bool, by: Person, at: datetime) -> PracticeAnswer:
    answer = PracticeAnswer.objects.create(item=item, payload=payload, right=right, answered_at=at)
    _remember(item, right, by, at)
    if right:
        mistakes.right_again(person=by, question=item.version.question_id, at=at)
    else:
        mistakes.got_wrong(person=by, versions=[item.version], at=at)
    _count(item.run, right, by, at)
    return answer


def _remember(item: PracticeItem, right: bool, by: Person, at: datetime) -> None:
    card = PracticeCard.objects.filter(person=by, question=item.version.question_id).first()
    before = Memory(card.stability, card.difficulty, card.due, card.reviewed_at) if card else None
    facts = {**vars(memory.reviewed(before, right, at)), "version": item.version, "known": right}
    if card is None:
        PracticeCard.objects.create(
            person=by, question_id=item.version.question_id, answers=1, right_answers=int(right), **facts
        )
        return
    counts: Mapping[str, object] = {"answers": F("answers") + 1, "right_answers": F("right_answers") + int(right)}
    PracticeCard.objects.filter(pk=card.pk).update(**facts, **counts)


def _count(run: PracticeRun, right: bool, by: Person, at: datetime) -> None:
    PracticeRun.objects.filter(pk=run.pk).update(
        answered=F("answered") + 1,
        right=F("right") + int(right),
        finished_at=Case(When(answered=F("questions") - 1, then=Value(at)), default=F("finished_at")),
    )
    run.refresh_from_db(fields=["answered", "right", "finished_at"])
    if run.finished_at == at:
        journal.write("practice-finished", by=by, about=by, at=at, payload={"run": run.pk})


@transaction.atomic
def open_for_practice(*, bank: QuestionBank, opened: bool, by: Person | None, at: datetime) -> bool:
    """Let people practise the bank, or no longer; return whether this changed it."""
    changed = (
        QuestionBank.objects.filter(pk=bank.pk).exclude(open_for_practice=opened).update(open_for_practice=opened)
    )
    if changed:
        kind = "bank-opened-for-practice" if opened else "bank-closed-for-practice"
        journal.write(kind, by=by, unit=bank.unit, at=at, payload={"bank": bank.pk})
    return changed == 1
