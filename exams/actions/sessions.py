"""Plan sessions, seat people, grant extra time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from exams.models import Attempt, Exam, ExamSession, Seat
from lms.journal import actions as journal
from lms.people.models import Person
from lms.records.models import Enrolment


@dataclass(frozen=True)
class SessionPlan:
    """What an examiner decides about one session; minutes are those of early entry and late arrival."""

    name: str
    room: str
    capacity: int
    begins_at: datetime
    ends_at: datetime
    early_minutes: int = 15
    late_minutes: int = 15
    needs_code: bool = True


@dataclass(frozen=True)
class Full(Exception):
    """There are not that many free seats; nobody was seated."""

    free: int


class InUse(Exception):
    """Somebody sits on the seat or has sat there."""


class Cancelled(Exception):
    """The session was called off."""


@transaction.atomic
def plan_session(
    *, exam: Exam, plan: SessionPlan, invigilators: Collection[Person], by: Person | None, at: datetime
) -> ExamSession:
    """From now on the exam is sat in sessions only."""
    session = ExamSession.objects.create(exam=exam, created_at=at, created_by=by, **vars(plan))
    session.invigilators.set(invigilators)
    Exam.objects.filter(pk=exam.pk, in_sessions=False).update(in_sessions=True)
    exam.in_sessions = True
    payload = {"session": session.pk, "exam": exam.pk, "invigilators": [person.pk for person in invigilators]}
    journal.write("session-planned", by=by, unit=exam.unit, at=at, payload=payload)
    return session


@transaction.atomic
def seat_people(
    *, session: ExamSession, enrolments: Sequence[Enrolment], by: Person | None, at: datetime
) -> list[Seat]:
    """Give each the lowest free seat, all or nobody.

    Raises `Full`, `Cancelled`; IntegrityError when one was seated meanwhile.
    """
    held = ExamSession.objects.select_for_update().get(pk=session.pk)
    if held.cancelled_at:
        raise Cancelled
    taken = set(held.seats.taken().values_list("number", flat=True))
    free = [number for number in range(1, held.capacity + 1) if number not in taken]
    if len(free) < len(enrolments):
        raise Full(len(free))
    turns = dict(
        Seat.objects.filter(exam=held.exam_id, enrolment__in=enrolments)
        .order_by()
        .values_list("enrolment")
        .annotate(last=Max("turn"))
    )
    seats = Seat.objects.bulk_create(
        Seat(
            session=held,
            exam_id=held.exam_id,
            enrolment=enrolment,
            person_id=enrolment.person_id,
            turn=turns.get(enrolment.pk, 0) + 1,
            number=number,
            seated_at=at,
            seated_by=by,
        )
        for enrolment, number in zip(enrolments, free, strict=False)
    )
    for seat in seats:
        payload = {"session": held.pk, "seat": seat.pk, "number": seat.number}
        journal.write("seated", by=by, about=seat.person, at=at, payload=payload)
    return seats


@transaction.atomic
def vacate(*, seat: Seat, by: Person | None, at: datetime) -> None:
    """Take somebody off a seat nobody has used. Raises `InUse`."""
    Enrolment.objects.select_for_update(of=("self",)).get(pk=seat.enrolment_id)
    if Attempt.objects.filter(seat=seat).exists() or not Seat.objects.taken().filter(pk=seat.pk).update(vacated_at=at):
        raise InUse
    payload = {"session": seat.session_id, "seat": seat.pk}
    journal.write("seat-vacated", by=by, about=seat.person, at=at, payload=payload)


@transaction.atomic
def grant_extra(*, seat: Seat, minutes: int, reason: str, by: Person, at: datetime) -> None:
    """So many minutes more for this person, before the start. ValueError without a reason; `InUse` after the start."""
    if not reason.strip():
        raise ValueError("extra time needs a reason")
    Enrolment.objects.select_for_update(of=("self",)).get(pk=seat.enrolment_id)
    if Attempt.objects.filter(seat=seat).exists():
        raise InUse
    Seat.objects.filter(pk=seat.pk).update(extra_minutes=minutes, extra_reason=reason.strip())
    payload = {"seat": seat.pk, "minutes": minutes, "reason": reason.strip()}
    journal.write("extra-time-granted", by=by, about=seat.person, at=at, payload=payload)
