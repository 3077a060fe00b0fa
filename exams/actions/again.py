"""New versions of questions with the same words: only what stands beside the words changes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import OuterRef, Subquery

from exams.models import Question, QuestionVersion
from lms.people.models import Person

BESIDE: Final = frozenset({"basis_document", "basis_clause", "basis_edition", "valid_until"})
KEPT: Final = (
    "type", "markup", "stem", "content", "key", "explanation", "basis_document", "basis_clause", "basis_edition",
    "valid_until",
)  # fmt: skip
BATCH: Final = 500


def versions_again(
    changes: Sequence[tuple[Question, Mapping[str, Any]]], *, by: Person | None, at: datetime
) -> list[QuestionVersion]:
    """Give each question (with its current version) a new one with these `BESIDE` fields, as its current one.

    What was measured stays: the words are those that were measured. IntegrityError when somebody else gives one of
    them a version at this moment; the caller announces it and tells the banks.
    """
    made = QuestionVersion.objects.bulk_create(
        [_again(question, facts, by, at) for question, facts in changes], batch_size=BATCH
    )
    _with_media(changes, made)
    newest = QuestionVersion.objects.filter(question=OuterRef("pk")).order_by("-number").values("pk")[:1]
    for start in range(0, len(made), BATCH):
        part = [version.question_id for version in made[start : start + BATCH]]
        Question.objects.filter(pk__in=part).update(current=Subquery(newest))
    return made


def _again(question: Question, facts: Mapping[str, Any], by: Person | None, at: datetime) -> QuestionVersion:
    old = question.current
    assert old is not None and facts.keys() <= BESIDE
    same = {name: getattr(old, name) for name in KEPT}
    return QuestionVersion(question=question, number=old.number + 1, created_at=at, created_by=by, **{**same, **facts})


def _with_media(changes: Sequence[tuple[Question, Mapping[str, Any]]], made: Sequence[QuestionVersion]) -> None:
    """The pictures and sounds of the versions before."""
    by_old = {question.current_id: version.pk for (question, _facts), version in zip(changes, made, strict=True)}
    through = QuestionVersion.media.through
    old = list(by_old)
    for start in range(0, len(old), BATCH):
        rows = through.objects.filter(questionversion__in=old[start : start + BATCH])
        through.objects.bulk_create(
            through(questionversion_id=by_old[version], questionmedia_id=medium)
            for version, medium in rows.values_list("questionversion", "questionmedia")
        )
