"""Correct a question that people have sat: the decision first, then every finished attempt anew, one by one."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Max, QuerySet

from exams import queries, types
from exams.actions.banks import changed
from exams.actions.settle import Occasion, settle
from exams.models import Attempt, Correction, Exam, QuestionVersion, ScoreChange
from lms.journal import actions as journal
from lms.people.models import Person

AT_ONCE: Final = 200  # attempts that are made anew before the examiner gets an answer; the others follow

logger = logging.getLogger(__name__)


@transaction.atomic
def correct(
    *,
    exam: Exam,
    version: QuestionVersion,
    kind: str,
    key: Mapping[str, Any] | None = None,
    reason: str,
    by: Person,
    at: datetime,
) -> Correction:
    """Decide how the question counts; `key`: the right one. `go_on` makes the scores anew.

    ValueError without a reason; `types.Refused` for a key that is none.
    """
    if not reason.strip():
        raise ValueError("a correction needs a reason")
    replacement = with_key(version=version, key=key or {}, by=by, at=at) if kind == Correction.Kind.KEY else None
    correction = Correction.objects.create(
        exam=exam,
        version=version,
        kind=kind,
        replacement=replacement,
        reason=reason.strip(),
        total=_affected(exam, version).count(),
        by=by,
        at=at,
    )
    payload = {"exam": exam.pk, "correction": correction.pk, "version": version.pk, "kind": kind}
    journal.write("question-corrected", by=by, unit=exam.unit, at=at, payload=payload)
    return correction


def with_key(*, version: QuestionVersion, key: Mapping[str, Any], by: Person, at: datetime) -> QuestionVersion:
    """The same words with another key, as a version of its own; the bank asks it so from now on."""
    _content, checked = types.get(version.type).checked(version.content, key)
    question = version.question
    was_current = question.current_id == version.pk
    media = list(version.media.all())
    new = QuestionVersion.objects.get(pk=version.pk)
    new.pk = None
    new._state.adding = True
    new.number = (question.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    new.key, new.created_at, new.created_by = checked, at, by
    new.save()
    new.media.set(media)
    if was_current:
        question.current = new
        question.save(update_fields=["current"])
        changed(question.bank)
    return new


def go_on(*, correction: Correction, at: datetime, limit: int = AT_ONCE) -> int:
    """Make some of the attempts anew, each with its mark in one transaction; how many are left."""
    todo = _affected(correction.exam, correction.version).filter(pk__gt=correction.reached).order_by("pk")
    for pk in list(todo.values_list("pk", flat=True)[:limit]):
        _one(correction, pk, at)
    correction.refresh_from_db()
    left = todo.filter(pk__gt=correction.reached).count()
    if not left:
        Correction.objects.unfinished().filter(pk=correction.pk).update(finished_at=at)
        correction.refresh_from_db()
    return left


def go_on_correcting(*, at: datetime, limit: int = 500) -> None:
    """Take every correction that is under way a little further."""
    for correction in Correction.objects.unfinished().select_related("exam", "version", "by"):
        try:
            go_on(correction=correction, at=at, limit=limit)
        except Exception:  # one correction must not keep the others waiting; the next sweep tries again
            logger.exception("correction %s could not go on", correction.pk)


@transaction.atomic
def _one(correction: Correction, pk: int, at: datetime) -> None:
    attempt = queries.locked_attempt(pk=pk)
    mine = Correction.objects.filter(pk=correction.pk, reached__lt=pk)
    if not mine.update(reached=pk, done=F("done") + 1):
        return  # somebody else has just done it
    occasion = Occasion(ScoreChange.Cause.CORRECTED, correction.by, at, correction.reason, correction)
    settle(attempt=attempt, occasion=occasion)


def _affected(exam: Exam, version: QuestionVersion) -> QuerySet[Attempt]:
    return Attempt.objects.filter(exam=exam, state=Attempt.State.SUBMITTED, items__version=version)
