"""Reads around one sitting. The `locked_…` ones lock the row that decides; read the clock after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from exams import rules
from exams.models import Attempt, AttemptItem, Exam, Reopening
from lms.kernel.prepared import Key, Parameter, Prepared
from lms.people.models import Person
from lms.records.models import Enrolment


@dataclass(frozen=True)
class History:
    """What one enrolment has made of one exam so far."""

    open: Attempt | None
    finished: Sequence[Attempt]
    reopenings: int

    @property
    def sat(self) -> list[rules.Sat]:
        return [rules.Sat(one.passed if one.released_at else None, one.submitted_at) for one in self.finished]


def announced_exam(uuid: UUID) -> Exam:
    """With blueprint and lesson, for whoever would start it; Exam.DoesNotExist when no lesson opens it."""
    exam = _ANNOUNCED.first(uuid=uuid)
    if exam is None:
        raise Exam.DoesNotExist
    return exam


_ANNOUNCED = Prepared(
    lambda: (
        Exam.objects.announced()
        .select_related("blueprint", "lesson")
        .filter(uuid=Parameter("uuid", UUIDField()))
        .order_by()
    )
)


def locked_enrolment(*, exam: Exam, person: Person) -> Enrolment | None:
    """The enrolment that counts, locked; None when the person does not learn what the exam belongs to."""
    return _LOCKED_ENROLMENT.first(person=person.pk, lesson=exam.lesson_id)


def my_enrolments(exam: Exam, person: Person) -> QuerySet[Enrolment]:
    """Enrolments whose edition has the exam, the newest first."""
    return _leading_to(exam.lesson_id, person.pk)


def _leading_to(lesson: int | Key | None, person: int | Key) -> QuerySet[Enrolment]:
    mine = Enrolment.objects.filter(person=person, edition__outline__lesson=lesson)
    return mine.exclude(state=Enrolment.State.CANCELLED).order_by("-cycle")


_LOCKED_ENROLMENT = Prepared(
    lambda: _leading_to(Key("lesson"), Key("person")).select_for_update(of=("self",), no_key=True)[:1]
)


def locked_attempt(**which: object) -> Attempt:
    """The attempt, locked; Attempt.DoesNotExist when there is none."""
    return _lockable().get(**which)


def locked_sitting(*, uuid: UUID, person: Person) -> Attempt:
    """The same for the taker's own doors; Attempt.DoesNotExist when it is not this person's."""
    attempt = _LOCKED_SITTING.first(uuid=uuid, person=person.pk)
    if attempt is None:
        raise Attempt.DoesNotExist
    return attempt


def _lockable() -> QuerySet[Attempt]:
    waiting = Attempt.objects.select_for_update(of=("self",), no_key=True)
    return waiting.select_related("exam__lesson", "enrolment", "person")


_LOCKED_SITTING = Prepared(
    lambda: _lockable().filter(uuid=Parameter("uuid", UUIDField()), person=Key("person")).order_by()
)


def locked_item(*, attempt: UUID, person: Person, position: int) -> AttemptItem:
    """One question of a sitting with its attempt locked; AttemptItem.DoesNotExist when it is not this person's.

    What could have changed while waiting for the lock (the current answer) is decided by a conditional update.
    Comes with what saving an answer needs; no key among it.
    """
    item = _LOCKED_ITEM.first(attempt=attempt, person=person.pk, position=position)
    if item is None:
        raise AttemptItem.DoesNotExist
    return item


_LOCKED_ITEM = Prepared(
    lambda: (
        AttemptItem.objects.select_for_update(of=("attempt",), no_key=True)
        .select_related("attempt", "version")
        .only(
            "attempt__state",
            "attempt__deadline",
            "attempt__holder",
            "version__type",
            "version__content",
            "position",
            "order",
        )  # fmt: skip
        .filter(
            attempt__uuid=Parameter("attempt", UUIDField()),
            attempt__person=Key("person"),
            position=Parameter("position", IntegerField()),
        )
        .order_by()
    )
)


def history(exam: Exam, enrolment: Enrolment) -> History:
    found: Sequence[Any] = _HISTORY.all(exam=exam.pk, enrolment=enrolment.pk)
    return History(
        open=next((one for one in found if one.state == Attempt.State.IN_PROGRESS), None),
        finished=[one for one in found if one.state != Attempt.State.IN_PROGRESS],
        reopenings=found[0].granted if found else 0,
    )


def _attempts() -> QuerySet[Attempt]:
    """With `granted`: how many more the exam was opened for."""
    of_this = {"exam": Key("exam"), "enrolment": Key("enrolment")}
    granted = Reopening.objects.filter(**of_this).order_by().values("exam").annotate(n=Count("pk")).values("n")
    found = Attempt.objects.filter(**of_this).order_by("number")
    return found.annotate(granted=Coalesce(Subquery(granted), 0))


_HISTORY = Prepared(_attempts)


def window(exam: Exam, past: History) -> rules.Window:
    """In a session the session's times decide."""
    opens_at, closes_at = (None, None) if exam.in_sessions else (exam.opens_at, exam.closes_at)
    allowed = None if exam.unlimited else exam.max_attempts + past.reopenings
    return rules.Window(opens_at, closes_at, allowed, exam.counts, timedelta(hours=exam.wait_hours))


def sheet_items(attempt: Attempt) -> QuerySet[AttemptItem]:
    """The paper without its keys: they are not even read."""
    return (
        AttemptItem.objects.filter(attempt=attempt)
        .select_related("version")
        .defer("version__key", "version__explanation", "version__basis_document", "version__basis_clause")
    )
