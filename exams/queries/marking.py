"""What markers see: exams and questions with answers to mark, and one answer at a time, of nobody they know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from exams import types
from exams.models import Attempt, AttemptItem, Exam, Marking, MarkingLease
from exams.queries.sitting import locked_attempt
from exams.rules import grading
from exams.types.score_sheet import ScoreSheet
from lms.people import access
from lms.people.access import Perm
from lms.people.models import Person


def marked_by_people(person: Person) -> QuerySet[AttemptItem]:
    """Answers that people mark or have marked, of exams the person examines for; never the person's own.

    Score sheets are not among them: who fills them in has seen who works.
    Of exams of no unit: those of people who belonged to one of the person's units when they sat it.
    """
    scope = access.scope(person, Perm.EXAMS_MANAGE)
    mine = Q(attempt__exam__unit__in=scope) | Q(attempt__exam__unit=None, attempt__unit__in=scope)
    handed_in = AttemptItem.objects.filter(mine, attempt__state=Attempt.State.SUBMITTED)
    marked = Exists(Marking.objects.filter(item=OuterRef("pk")))
    written = handed_in.exclude(attempt__person=person).exclude(version__type=ScoreSheet.key)
    return written.filter(Q(score=None) | marked)


def to_mark(person: Person, *, at: datetime) -> QuerySet[AttemptItem]:
    """Answers the person could take in hand now, in an order that says nothing about who wrote them."""
    mine = Marking.objects.filter(item=OuterRef("pk"), marker=person)
    taken = MarkingLease.objects.filter(item=OuterRef("pk"), until__gt=at).exclude(marker=person)
    free = marked_by_people(person).filter(~Exists(mine), ~Exists(taken), score=None)
    return free.order_by("attempt__uuid", "position")


@dataclass(frozen=True)
class Progress:
    """How far the marking of something is, in answers: `mine` are those this marker could take now."""

    key: UUID
    title: str
    total: int
    done: int
    mine: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


def exams_to_mark(person: Person, *, at: datetime) -> list[Progress]:
    """Exams with answers that people mark, those with something left first."""
    return _progress(person, at, "attempt__exam__uuid", "attempt__exam__title")


def questions_to_mark(person: Person, exam: Exam, *, at: datetime) -> list[Progress]:
    question = "version__question"
    return _progress(person, at, f"{question}__uuid", f"{question}__current__stem", attempt__exam=exam)


def _progress(person: Person, at: datetime, key: str, title: str, **which: Any) -> list[Progress]:
    counted = marked_by_people(person).filter(**which).order_by().values_list(key, title)
    rows = counted.annotate(total=Count("pk"), done=Count("pk", filter=Q(score__isnull=False)))
    free = to_mark(person, at=at).filter(**which).order_by().values_list(key)
    mine = dict(free.annotate(n=Count("pk")))
    found = [Progress(each, name, total, done, mine.get(each, 0)) for each, name, total, done in rows]
    return sorted(found, key=lambda one: (one.done == one.total, one.title))


def locked(pk: int) -> AttemptItem:
    """An answer with its attempt locked; AttemptItem.DoesNotExist when there is none."""
    attempt = AttemptItem.objects.values_list("attempt", flat=True).get(pk=pk)
    held = locked_attempt(pk=attempt)
    item = AttemptItem.objects.select_related("version").get(pk=pk)
    item.attempt = held
    return item


def for_grading(item: AttemptItem) -> grading.Marking:
    version = item.version
    return grading.Marking(version.type, version.content, version.key, item.order, item.answer, item.points)


def criteria(item: AttemptItem) -> Sequence[types.Criterion]:
    """What a marker gives points for."""
    answered = grading.answered(for_grading(item), grading.scoring_of(item.attempt.grading))
    return types.get(item.version.type).criteria(answered)


def marked_before(person: Person, item: AttemptItem, own: Marking | None) -> Marking | None:
    """The answer to the same question that the person marked last, before `own` when that is given."""
    mine = Marking.objects.filter(
        marker=person, item__attempt__exam=item.attempt.exam_id, item__version__question=item.version.question_id
    )
    return (mine.filter(pk__lt=own.pk) if own else mine).order_by("pk").last()
