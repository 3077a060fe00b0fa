"""Notices of exams: seats, sessions, deferrals, make-up lists. Each is sent once, a moment after what it tells of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from exams.models import Deferral, Entrant, ExamSession, Seat
from lms.journal.handlers import Handler
from lms.journal.models import Entry
from lms.notices import actions as notices
from lms.people import access
from lms.people.access import Perm
from lms.people.models import Person


def seated(entry: Entry, *, at: datetime) -> None:
    """When and where, and what to bring; nothing to whoever was taken off the seat meanwhile."""
    seat = _seats().taken().filter(pk=entry.payload["seat"]).first()
    if seat is not None:
        context = {**_about(seat.session), "seat": seat.number}
        notices.send("exam_seated", to=seat.person, context=context, key=f"seated:{seat.pk}", at=at)


def unseated(entry: Entry, *, at: datetime) -> None:
    seat = _seats().get(pk=entry.payload["seat"])
    notices.send("exam_unseated", to=seat.person, context=_about(seat.session), key=f"unseated:{seat.pk}", at=at)


def planned(entry: Entry, *, at: datetime) -> None:
    """To those who are to invigilate."""
    session = _planned(entry)
    if session is None:
        return
    for person in Person.objects.filter(pk__in=entry.payload["invigilators"]):
        key = f"invigilates:{session.pk}:{person.pk}"
        notices.send("exam_invigilates", to=person, context=_about(session), key=key, at=at)


def changed(entry: Entry, *, at: datetime) -> None:
    """To new invigilators that they are, to everybody else the new time and room."""
    planned(entry, at=at)
    session = _planned(entry)
    if session is None or not entry.payload["moved"]:
        return
    context = _about(session)
    for seat in session.seats.taken().select_related("person"):
        told = {**context, "seat": seat.number}
        notices.send("session_moved", to=seat.person, context=told, key=f"moved:{entry.pk}:{seat.pk}", at=at)
    for person in session.invigilators.exclude(pk__in=entry.payload["invigilators"]):
        told = {**context, "invigilates": True}
        notices.send("session_moved", to=person, context=told, key=f"moved:{entry.pk}:p{person.pk}", at=at)


def cancelled(entry: Entry, *, at: datetime) -> None:
    session = ExamSession.objects.select_related("exam").get(pk=entry.payload["session"])
    context = {**_about(session), "reason": entry.payload["reason"]}
    for person in Person.objects.filter(pk__in=entry.payload["people"]):
        notices.send("session_cancelled", to=person, context=context, key=f"cancelled:{session.pk}:{person.pk}", at=at)
    for person in session.invigilators.exclude(pk__in=entry.payload["people"]):
        told = {**context, "invigilates": True}
        notices.send("session_cancelled", to=person, context=told, key=f"cancelled:{session.pk}:{person.pk}", at=at)


def deferral_asked(entry: Entry, *, at: datetime) -> None:
    """To the examiners who decide."""
    deferral = _deferral(entry)
    person, exam = deferral.seat.person, deferral.seat.exam
    context = {**_about(deferral.seat.session), "name": person.name}
    for examiner in access.holders(Perm.EXAMS_MANAGE, within=exam.unit, at=at).exclude(pk=person.pk):
        key = f"deferral-asked:{deferral.pk}:{examiner.pk}"
        notices.send("deferral_asked", to=examiner, context=context, key=key, at=at)


def deferral_decided(entry: Entry, *, at: datetime) -> None:
    deferral = _deferral(entry)
    approved = deferral.state == Deferral.State.APPROVED
    context = {**_about(deferral.seat.session), "approved": approved, "answer": deferral.decision}
    notices.send(
        "deferral_decided", to=deferral.seat.person, context=context, key=f"deferral-decided:{deferral.pk}", at=at
    )


def make_up_listed(entry: Entry, *, at: datetime) -> None:
    """Nothing to whoever was taken off the list meanwhile."""
    which = {"exam": entry.payload["exam"], "enrolment": entry.payload["enrolment"]}
    listed = Entrant.objects.filter(**which).select_related("exam", "enrolment__person").first()
    if listed is not None:
        exam = listed.exam
        times = _times(opens_at=exam.opens_at, closes_at=exam.closes_at)
        context = {"exam": str(exam.uuid), "title": exam.title, **times}
        key = f"make-up:{exam.pk}:{listed.enrolment_id}"
        notices.send("make_up_listed", to=listed.enrolment.person, context=context, key=key, at=at)


HANDLERS: Final[Mapping[str, Handler]] = {
    "seated": seated,
    "seat-vacated": unseated,
    "session-planned": planned,
    "session-changed": changed,
    "session-cancelled": cancelled,
    "deferral-asked": deferral_asked,
    "deferral-decided": deferral_decided,
    "make-up-listed": make_up_listed,
}


def _seats() -> Any:
    return Seat.objects.select_related("person", "session__exam")


def _planned(entry: Entry) -> ExamSession | None:
    """The session, None when it has been called off since."""
    return ExamSession.objects.planned().select_related("exam").filter(pk=entry.payload["session"]).first()


def _deferral(entry: Entry) -> Deferral:
    return Deferral.objects.select_related("seat__person", "seat__session__exam", "seat__exam__unit").get(
        pk=entry.payload["deferral"]
    )


def _about(session: ExamSession) -> dict[str, Any]:
    """What every notice of a session says: which exam, when, where, and from when one can come in."""
    exam = session.exam
    return {
        "exam": str(exam.uuid),
        "title": exam.title,
        "session": session.name,
        "room": session.room,
        "early": session.early_minutes,
        **_times(begins_at=session.begins_at, ends_at=session.ends_at),
    }


def _times(**moments: datetime | None) -> dict[str, str]:
    return {name: moment.isoformat() if moment else "" for name, moment in moments.items()}
