"""待复核: what questions rest on has changed. They leave papers and practice until somebody has looked at them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from exams.actions.again import versions_again
from exams.actions.banks import changed
from exams.actions.states import NotNow
from exams.models import Question, QuestionBank
from exams.rules.outdating import LONGEST, cited
from lms.journal import actions as journal
from lms.notices import actions as notices
from lms.people import access
from lms.people.models import Person

State, Outdated = Question.State, Question.Outdated
BATCH: Final = 500


class NoEdition(ValueError):
    """A new edition needs a name."""


class NotOutdated(Exception):
    """Somebody doubted this question for another reason: it goes through review."""


class StillExpired(ValueError):
    """What has run out needs a later day before it can be used again."""


@transaction.atomic
def document_changed(
    *, titles: Sequence[str], edition: str, banks: QuerySet[QuestionBank], by: Person | None, at: datetime
) -> int:
    """A document (by what it is called) has this edition now: what is in use and cites another is checked again.

    Returns how many; those that wait for an earlier edition already wait for this one. Raises NoEdition.
    """
    edition = edition.strip()[:LONGEST]
    if not edition:
        raise NoEdition
    mine = Question.objects.filter(bank__in=banks, current__isnull=False).exclude(current__basis_document="")
    known = mine.order_by().values_list("current__basis_document", flat=True).distinct()
    spelled = [document for document in known if cited(document, titles)]
    citing = mine.filter(current__basis_document__in=spelled).exclude(current__basis_edition=edition)
    citing.filter(outdated=Outdated.EDITION).update(new_edition=edition)
    reason = f"{spelled[0] if spelled else titles[0]} → {edition}"
    return _take_out(citing, Outdated.EDITION, edition, reason, titles[0], by, at)


@transaction.atomic
def expire(*, at: datetime) -> int:
    """Questions in use whose last day is over are checked again; returns how many."""
    over = Question.objects.filter(current__valid_until__lt=localdate(at))
    return _take_out(over, Outdated.EXPIRED, "", "", "", None, at)


@transaction.atomic
def confirm_unchanged(
    *, questions: QuerySet[Question], edition: str, valid_until: date | None, by: Person, at: datetime
) -> int:
    """Somebody compared the questions with their source: the words stay right, and they are used again.

    Each gets a version with the same words, of this edition (where it is "" of the one it waits for) and valid until
    that day (None: as before). All or none: raises NotOutdated, StillExpired, or NotNow when somebody else was
    quicker.
    """
    found = list(questions.select_related("bank__unit", "current"))
    if any(question.state != State.RECHECK or not question.outdated for question in found):
        raise NotOutdated
    changes = [(question, _confirmed(question, edition.strip()[:LONGEST], valid_until)) for question in found]
    if any(facts["valid_until"] and facts["valid_until"] < localdate(at) for _question, facts in changes):
        raise StillExpired
    _use_again(found, by)
    try:
        with transaction.atomic():
            versions_again(changes, by=by, at=at)
    except IntegrityError:
        raise NotNow from None
    for bank, own in _by_bank(found).items():
        changed(bank)
        payload = {"bank": bank.pk, "questions": own, "edition": edition.strip()[:LONGEST]}
        journal.write("questions-confirmed", by=by, unit=bank.unit, at=at, payload=payload)
    return len(found)


def _confirmed(question: Question, edition: str, valid_until: date | None) -> Mapping[str, Any]:
    assert question.current is not None
    old = question.current
    return {
        "basis_edition": edition or question.new_edition or old.basis_edition,
        "valid_until": valid_until or old.valid_until,
    }


def _use_again(found: Sequence[Question], by: Person) -> None:
    waiting = Question.objects.filter(pk__in=[one.pk for one in found], state=State.RECHECK).exclude(outdated="")
    back = {"state": State.ACTIVE, "state_by": by, "state_reason": "", "outdated": "", "new_edition": ""}
    if waiting.update(**back) != len(found):
        raise NotNow


def _take_out(
    questions: QuerySet[Question],
    outdated: str,
    edition: str,
    reason: str,
    title: str,
    by: Person | None,
    at: datetime,
) -> int:
    found = list(questions.filter(state=State.ACTIVE).select_related("bank__unit"))
    away = {"state": State.RECHECK, "state_by": by, "state_reason": reason[:255], "outdated": outdated}
    for start in range(0, len(found), BATCH):
        part = Question.objects.filter(pk__in=[one.pk for one in found[start : start + BATCH]], state=State.ACTIVE)
        part.update(**away, new_edition=edition)
    told: Counter[Person] = Counter()
    for bank, own in _by_bank(found).items():
        changed(bank)
        payload = {"bank": bank.pk, "questions": own, "why": outdated, "document": title, "edition": edition}
        entry = journal.write("questions-outdated", by=by, unit=bank.unit, at=at, payload=payload)
        for person in access.holders(access.Perm.EXAMS_MANAGE, within=bank.unit, at=at):
            told[person] += len(own)
    if found:
        _tell(told, {"document": title, "edition": edition}, f"outdated:{entry.pk}", by, at)
    return len(found)


def _tell(told: Counter[Person], facts: dict[str, str], key: str, by: Person | None, at: datetime) -> None:
    """One notice each, but none to whoever did it."""
    for person, count in told.items():
        if person != by:
            notices.send(
                "questions_outdated", to=person, context={**facts, "count": count}, key=f"{key}:{person.pk}", at=at
            )


def _by_bank(found: Iterable[Question]) -> dict[QuestionBank, list[int]]:
    grouped: dict[QuestionBank, list[int]] = {}
    for question in found:
        grouped.setdefault(question.bank, []).append(question.pk)
    return grouped
