"""Complete a lesson, and with the last one the course. The only way anything is completed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from courses import shelf
from courses.models import CourseEdition, Lesson
from lms.journal.actions import write
from lms.kernel.prepared import Key, Prepared
from lms.people.models import Person
from lms.records import rules
from lms.records.as_of_then import with_post_now
from lms.records.models import Enrolment, HourCredit, LessonResult, TrainingRecord


class NotInEdition(LookupError):
    """The lesson is no part of what this enrolment learns."""


@transaction.atomic(savepoint=False)
def complete_lesson(
    *,
    enrolment: Enrolment,
    lesson: Lesson,
    result: rules.Result,
    source: str,
    by: Person | None,
    at: datetime,
    also: Mapping[str, Any] | None = None,
) -> LessonResult:
    """Keep the result of a lesson and return it; complete the enrolment when it was the last required one.

    `source` names where the result comes from ("reading", "exam:<uuid>"); the same source counts once. A result that
    was not passed is kept but completes nothing, and nothing replaces one that completed. `also`: fields of a result
    that exists already, to be stored in the same statement whatever becomes of it. Raises NotInEdition.
    """
    held = _hold(enrolment)
    edition = shelf.editions.one(held.edition_id)
    results = {kept.lesson_id: kept for kept in _RESULTS.all(enrolment=held.pk)}
    line = next((line for line in edition.lines if line.lesson == lesson.pk), None)
    if line is None:
        raise NotInEdition(f"lesson {lesson.pk} in edition {held.edition_id}")
    kept = results.setdefault(
        line.lesson,
        LessonResult(enrolment=held, lesson_id=line.lesson, lesson_edition_id=line.lesson_edition, started_at=at),
    )
    counted = {} if source in kept.sources else _counted(kept, result, source, at)
    _store(kept, counted, also or {})
    facts = [rules.LessonFact(line.required, _is_done(results.get(line.lesson))) for line in edition.lines]
    if counted and held.state == Enrolment.State.OPEN and rules.course_done(facts):
        in_order = [results[line.lesson] for line in edition.lines if line.lesson in results]
        _finish(held, edition.facts, in_order, by, at)
    return kept


def _hold(enrolment: Enrolment) -> Any:
    """The enrolment as it is, held until the end: what comes at the same time comes after."""
    held = _HELD.first(enrolment=enrolment.pk)
    if held is None:
        raise Enrolment.DoesNotExist
    return held


_ENROLMENT = Key("enrolment")
_HELD = Prepared(
    lambda: with_post_now(
        Enrolment.objects.select_for_update(of=("self",)).only("person", "course", "edition", "state")
    ).filter(pk=_ENROLMENT)
)
_RESULTS = Prepared(lambda: LessonResult.objects.filter(enrolment=_ENROLMENT).order_by())


def _counted(kept: LessonResult, result: rules.Result, source: str, at: datetime) -> dict[str, Any]:
    """What changes of a result when one more source is counted."""
    counted: dict[str, Any] = {"sources": [*kept.sources, source]}
    if kept.completed_at is None:
        counted |= {"score": result.score, "max_score": result.max_score, "passed": result.passed, "source": source}
        counted["completed_at"] = at if rules.counts(result) else None
    return counted


def _store(kept: LessonResult, counted: dict[str, Any], also: Mapping[str, Any]) -> None:
    for name, value in counted.items():
        setattr(kept, name, value)
    if kept.pk is None:
        kept.save(force_insert=True)
    elif counted or also:
        LessonResult.objects.filter(pk=kept.pk).update(**counted, **also)


def _is_done(result: LessonResult | None) -> bool:
    return result is not None and result.completed_at is not None


def _finish(
    enrolment: Any, edition: CourseEdition, results: list[LessonResult], by: Person | None, at: datetime
) -> None:
    """Complete the enrolment once: record, hours and announcement stand or fall together."""
    still_open = Enrolment.objects.open().filter(pk=enrolment.pk)
    if not still_open.update(state=Enrolment.State.COMPLETED, completed_at=at):
        return
    record = TrainingRecord.objects.create(
        person_id=enrolment.person_id,
        enrolment=enrolment,
        edition=edition,
        title=edition.title,
        hours=edition.hours,
        account=edition.account,
        occurred_at=at,
        recorded_at=at,
        recorded_by=by,
        unit_id=enrolment.post_unit,
        position_id=enrolment.post_position,
        employment=enrolment.post_employment,
        **_score(results),
    )
    HourCredit.objects.create(
        record=record, person_id=record.person_id, account=record.account, hours=record.hours, credited_at=at
    )
    write(
        "enrolment-completed",
        by=by,
        at=at,
        payload={"enrolment": enrolment.pk, "course": enrolment.course_id, "record": record.pk},
        about=_Ref(record.person_id),
        unit=_Ref(record.unit_id) if record.unit_id else None,
    )


def _score(results: list[LessonResult]) -> dict[str, object]:
    """The score a course is remembered by: that of its last lesson that has one."""
    scored = [result for result in results if result.score is not None]
    if not scored:
        return {}
    last = scored[-1]
    return {"score": last.score, "max_score": last.max_score, "passed": last.passed}


@dataclass(frozen=True)
class _Ref:
    """An id where the journal asks for a thing that has one."""

    pk: int
