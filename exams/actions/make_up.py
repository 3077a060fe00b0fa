"""补考: a second exam for those who failed or were absent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from exams.models import Attempt, Entrant, Exam
from lms.journal import actions as journal
from lms.people.models import Person
from lms.records.models import Enrolment


@dataclass(frozen=True)
class MakeUpPlan:
    """What differs from the original; papers, time and pass mark are the same."""

    title: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    release_at: datetime | None = None
    max_attempts: int = 1


@transaction.atomic
def plan_make_up(
    *,
    original: Exam,
    plan: MakeUpPlan,
    failed: Iterable[Enrolment],
    absent: Iterable[Enrolment],
    by: Person | None,
    at: datetime,
) -> Exam:
    """The exam with its list; the lesson of the original reports its results. ValueError unless that is formal."""
    if original.kind != Exam.Kind.FORMAL:
        raise ValueError("only formal exams are made up")
    exam = Exam.objects.create(
        kind=Exam.Kind.MAKE_UP,
        original=original,
        unit=original.unit,
        lesson=original.lesson,
        blueprint=original.blueprint,
        minutes=original.minutes,
        pass_score=original.pass_score,
        multiple_scoring=original.multiple_scoring,
        created_at=at,
        created_by=by,
        **vars(plan),
    )
    journal.write("exam-created", by=by, unit=exam.unit, at=at, payload={"exam": exam.pk, "original": original.pk})
    put_on_list(exam=exam, enrolments=failed, why=Entrant.Why.FAILED, by=by, at=at)
    put_on_list(exam=exam, enrolments=absent, why=Entrant.Why.ABSENT, by=by, at=at)
    return exam


@transaction.atomic
def put_on_list(*, exam: Exam, enrolments: Iterable[Enrolment], why: str, by: Person | None, at: datetime) -> None:
    """Who is on it already stays as they are."""
    people = list(enrolments)
    Entrant.objects.bulk_create(
        (Entrant(exam=exam, enrolment=each, why=why, listed_at=at, listed_by=by) for each in people),
        ignore_conflicts=True,
    )
    for each in people:
        payload = {"exam": exam.pk, "enrolment": each.pk, "why": str(why)}
        journal.write("make-up-listed", by=by, about=each.person, unit=exam.unit, at=at, payload=payload)


@transaction.atomic
def take_off_list(*, entrant: Entrant, by: Person, at: datetime) -> bool:
    """False when the person has sat the exam: then the list stays as it was."""
    Enrolment.objects.select_for_update(of=("self",)).get(pk=entrant.enrolment_id)
    if Attempt.objects.filter(exam=entrant.exam_id, enrolment=entrant.enrolment_id).exists():
        return False
    entrant.delete()
    payload = {"exam": entrant.exam_id, "enrolment": entrant.enrolment_id}
    journal.write("make-up-unlisted", by=by, about=entrant.enrolment.person, at=at, payload=payload)
    return True
