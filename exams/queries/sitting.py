"""Reads around one sitting. The `locked_…` ones lock the row that decides; read the clock after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import BigIntegerField, Count, IntegerField, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from exams import rules
from exams.models import Attempt, AttemptItem, Exam, Reopening
from lms.kernel.prepared import Parameter, Prepared
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


def locked_enrolment(*, exam: Exam, person: Person) -> Enrolment | None:
    """The enrolment that counts, locked; None when the person does not learn what the exam belongs to."""
    return my_enrolments(exam, person).select_for_update(of=("self",), no_key=True).first()


def my_enrolments(exam: Exam, person: Person) -> QuerySet[Enrolment]:
    """Enrolments whose edition has the exam, the newest first."""
    mine = Enrolment.objects.filter(person=person, edition__outline__lesson=exam.lesson_id)
    return mine.exclude(state=Enrolment.State.CANCELLED).order_by("-cycle")


def locked_attempt(**which: object) -> Attempt:
    """The attempt, locked; Attempt.DoesNotExist when there is none."""
    waiting = Attempt.objects.select_for_update(of=("self",), no_key=True)
    return waiting.select_related("exam__lesson", "enrolment", "person").get(**which)


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
            attempt__person=Parameter("person", BigIntegerField()),
            position=Parameter("position", IntegerField()),
        )
        .order_by()
    )
)


def history(exam: Exam, enrolment: Enrolment) -> History:
    of_this = Reopening.objects.filter(exam=exam, enrolment=enrolment).order_by().values("exam")
    granted = of_this.annotate(n=Count("pk")).values("n")
    attempts = Attempt.objects.filter(exam=exam, enrolment=enrolment).order_by("number")
    found = list(attempts.annotate(granted=Coalesce(Subquery(granted), 0)))
    return History(
        open=next((one for one in found if one.state == Attempt.State.IN_PROGRESS), None),
        finished=[one for one in found if one.state != Attempt.State.IN_PROGRESS],
        reopenings=found[0].granted if found else 0,
    )


def window(exam: Exam, past: History) -> rules.Window:
    """In a session the session's times decide."""
    opens_at, closes_at = (None, None) if exam.in_sessions else (exam.opens_at, exam.closes_at)
    allowed = None if exam.kind == Exam.Kind.PRACTICE else exam.max_attempts + past.reopenings
    return rules.Window(opens_at, closes_at, allowed, exam.counts, timedelta(hours=exam.wait_hours))


def sheet_items(attempt: Attempt) -> QuerySet[AttemptItem]:
    """The paper without its keys: they are not even read."""
    return (
        AttemptItem.objects.filter(attempt=attempt)
        .select_related("version")
        .defer("version__key", "version__explanation", "version__basis_document", "version__basis_clause")
    )


def marked_items(attempt: Attempt) -> QuerySet[AttemptItem]:
    return AttemptItem.objects.filter(attempt=attempt).select_related("version")
