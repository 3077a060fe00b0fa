"""The invigilator's board: who is in, how far, last seen when; and the log of one seat."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, IntegerField, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from exams import rules
from exams.models import Answer, Attempt, AttemptItem, Exam, ExamSession, ScreenLeave, Seat
from exams.queries.seating import place
from exams.rules import Attendance, entry_code
from lms.people import access
from lms.people.access import Perm
from lms.people.models import Person

KEPT = timedelta(hours=12)  # an invigilator finds a session so long after its end


def sessions_of(person: Person) -> QuerySet[ExamSession]:
    """Sessions the person invigilates, and those of the exams the person examines."""
    reach = Q(exam__unit__in=access.scope(person, Perm.EXAMS_MANAGE))
    if access.can(person, Perm.EXAMS_MANAGE):
        reach |= Q(exam__unit=None)
    assigned = ExamSession.invigilators.through.objects.filter(person=person).values("examsession")
    return ExamSession.objects.filter(reach | Q(pk__in=assigned)).select_related("exam")


def invigilating(person: Person, *, at: datetime) -> QuerySet[ExamSession]:
    """Sessions the person is assigned to, that are not long over."""
    mine = ExamSession.objects.planned().filter(invigilators=person, ends_at__gt=at - KEPT)
    return mine.select_related("exam")


def session_list(exam: Exam) -> QuerySet[ExamSession]:
    """With how many are seated."""
    taken = Q(seats__vacated_at=None, seats__isnull=False)
    return exam.sessions.annotate(seated=Count("seats", filter=taken)).prefetch_related("invigilators")


def is_begun(session: ExamSession) -> bool:
    """Whether somebody sits or has sat in it: then it is neither moved nor called off."""
    return Attempt.objects.filter(seat__session=session).exists()


@dataclass(frozen=True)
class Row:
    """One seat of the board. `left`: how often the sheet was out of sight; `away`: it is so now, for all we know."""

    seat: Seat
    state: Attendance
    answered: int
    questions: int
    seen_at: datetime | None
    late: int
    left: int
    away: bool


@dataclass(frozen=True)
class Head:
    """What stands above the rows: the code of now, and how many are in which state."""

    code: str
    seconds: int
    counts: Counter[Attendance]
    seats: int


def head(session: ExamSession, *, at: datetime) -> Head:
    """In one statement."""
    seats = session.seats.taken().select_related("attempt").order_by("number")
    counts = Counter(_state(_in(session, seat), at) for seat in seats)
    return Head(entry_code.code(session.secret, at), entry_code.seconds_left(at), counts, counts.total())


def seats(session: ExamSession) -> QuerySet[Seat]:
    """The seats with all a row shows, in one statement."""
    items = AttemptItem.objects.filter(attempt__seat=OuterRef("pk")).order_by().values("attempt")
    answers = Answer.objects.filter(attempt__seat=OuterRef("pk")).order_by().values("attempt")
    leaves = ScreenLeave.objects.filter(attempt__seat=OuterRef("pk")).order_by().values("attempt")
    late = Count("pk", filter=Q(standing=Answer.Standing.LATE, decision=None))
    return (
        session.seats.taken()
        .select_related("person", "attempt")
        .annotate(
            questions=_number(items.annotate(n=Count("pk")).values("n")),
            answered=_number(items.annotate(n=Count("pk", filter=Q(answer_version__gt=0))).values("n")),
            answered_at=Subquery(answers.annotate(n=Max("received_at")).values("n")),
            late=_number(answers.annotate(n=late).values("n")),
            left=_number(leaves.annotate(n=Count("pk")).values("n")),
            left_at=Subquery(leaves.annotate(n=Max("received_at")).values("n")),
            away_at=Subquery(leaves.annotate(n=Max("received_at", filter=Q(back_at=None))).values("n")),
        )
        .order_by("number")
    )


def named(found: QuerySet[Seat], text: str) -> QuerySet[Seat]:
    """Those of people whose name has the text in it or whose number begins with it; without text all."""
    return found.filter(Q(person__name__contains=text) | Q(person__staff_no__startswith=text)) if text else found


def rows(session: ExamSession, found: list[Seat], *, at: datetime) -> list[Row]:
    return [_row(_in(session, seat), at) for seat in found]


def _in(session: ExamSession, seat: Seat) -> Seat:
    """The seat with the session at hand, so that nobody reads it again."""
    seat.session = session
    return seat


def _row(seat: Seat, at: datetime) -> Row:
    facts = vars(seat)
    attempt = attempt_of(seat)
    began = attempt.started_at if attempt else seat.entered_at
    seen = [moment for moment in (began, facts["answered_at"], facts["left_at"]) if moment]
    state = _state(seat, at)
    return Row(
        seat,
        state,
        facts["answered"],
        facts["questions"],
        max(seen, default=None),
        facts["late"],
        facts["left"],
        state is Attendance.SITTING and _is_later(facts["away_at"], facts["answered_at"]),
    )


def _is_later(away: datetime | None, answered: datetime | None) -> bool:
    """An answer after somebody left says that they are there again, perhaps on another device."""
    return away is not None and (answered is None or away > answered)


def attempt_of(seat: Seat) -> Attempt | None:
    return getattr(seat, "attempt", None)


def state(seat: Seat, *, at: datetime) -> Attendance:
    return _state(seat, at)


def _state(seat: Seat, at: datetime) -> Attendance:
    attempt, where = attempt_of(seat), place(seat)
    assert where is not None
    over = attempt is not None and (attempt.state != Attempt.State.IN_PROGRESS or rules.is_over(attempt.deadline, at))
    return rules.attendance(
        where, started=attempt is not None, finished=over, deferred=seat.vacated_at is not None, at=at
    )


def _number(query: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(query, output_field=IntegerField()), 0)
