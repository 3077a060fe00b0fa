"""Change many questions of a bank in one go."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from exams.actions.again import versions_again
from exams.actions.banks import changed
from exams.actions.belongings import known_tags
from exams.actions.states import NoReason, NotNow
from exams.bulk import Planned, Wish, planned
from exams.models import Question, QuestionBank
from lms.journal import actions as journal
from lms.people.models import Person

BATCH: Final = 500
FACTS: Final = ("topic", "difficulty", "skill")


def outlook(questions: QuerySet[Question], wish: Wish) -> list[Planned]:
    """What would become of each question, in their order; changes nothing."""
    rows = questions.select_related("current", "bank__unit").prefetch_related("tags")
    return [planned(one, frozenset(tag.name for tag in one.tags.all()), wish) for one in rows]


@transaction.atomic
def edit_many(
    *, bank: QuestionBank, questions: QuerySet[Question], wish: Wish, by: Person, at: datetime
) -> list[Planned]:
    """Carry out a wish wherever it may be; returns what became of each. Everything is stored together or nothing.

    Words stay as they are; what stands beside them in a version makes a new version. Raises NoReason, and NotNow when
    somebody else changes one of them at this moment.
    """
    if wish.step == "retire" and not wish.reason.strip():
        raise NoReason
    QuestionBank.objects.select_for_update().get(pk=bank.pk)
    plans = outlook(questions.filter(bank=bank), wish)
    todo = [plan for plan in plans if plan.changes]
    if not todo:
        return plans
    _states(todo, wish, by)
    _facts(todo)
    _tags(todo)
    try:
        with transaction.atomic():
            versions_again([(plan.question, plan.beside) for plan in todo if plan.beside], by=by, at=at)
    except IntegrityError:
        raise NotNow from None
    changed(bank)
    fields = sorted({change.field for plan in todo for change in plan.changes})
    payload = {"bank": bank.pk, "questions": [plan.question.pk for plan in todo], "fields": fields, "step": wish.step}
    journal.write("questions-edited", by=by, unit=bank.unit, at=at, payload=payload)
    return plans


def _states(todo: Sequence[Planned], wish: Wish, by: Person) -> None:
    """Each from the state it was seen in."""
    moving = [plan for plan in todo if plan.after("state")]
    reason = wish.reason.strip()[:255] if wish.step == "retire" else ""
    for before in {plan.question.state for plan in moving}:
        own = [plan.question.pk for plan in moving if plan.question.state == before]
        for start in range(0, len(own), BATCH):
            part = own[start : start + BATCH]
            facts = {"state_by": by, "state_reason": reason, "outdated": "", "new_edition": ""}
            rows = Question.objects.filter(pk__in=part, state=before)
            if rows.update(state=moving[0].after("state"), **facts) != len(part):
                raise NotNow


def _facts(todo: Sequence[Planned]) -> None:
    """A wish has one value for all; whoever has it already is not hurt by getting it."""
    values = {each.field: each.after for plan in todo for each in plan.changes if each.field in FACTS}
    own = [plan.question.pk for plan in todo]
    for start in range(0, len(own) if values else 0, BATCH):
        Question.objects.filter(pk__in=own[start : start + BATCH]).update(**values)


def _tags(todo: Sequence[Planned]) -> None:
    changes = [(plan.question.pk, change) for plan in todo for change in plan.changes if change.field == "tags"]
    names = {name for _pk, change in changes for name in (*change.before, *change.after)}
    known = known_tags(names)
    through = Question.tags.through
    for pk, change in changes:
        gone = set(change.before) - set(change.after)
        if gone:
            through.objects.filter(question_id=pk, questiontag__name__in=gone).delete()
    rows = ((pk, known[name]) for pk, change in changes for name in _new(change.before, change.after))
    through.objects.bulk_create(
        (through(question_id=pk, questiontag_id=tag.pk) for pk, tag in rows), batch_size=BATCH, ignore_conflicts=True
    )


def _new(before: Iterable[str], after: Iterable[str]) -> list[str]:
    return sorted(set(after) - set(before))
