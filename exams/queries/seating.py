"""Seats: one's own, and who can still be given one."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from exams import rules
from exams.models import Attempt, Entrant, Exam, Seat
from exams.queries.desk import people_in_scope
from exams.queries.used_up import last_attempts
from lms.kernel.prepared import Key, Prepared
from lms.people.models import OrgUnit, Person
from lms.records.models import Enrolment


def place(seat: Seat | None) -> rules.Place | None:
    """The seat as rules see it; `session` should have been read with it."""
    if seat is None:
        return None
    session = seat.session
    return rules.Place(
        session.begins_at,
        session.ends_at,
        session.early_minutes,
        session.late_minutes,
        seat.extra_minutes,
        session.needs_code,
        seat.entered_at is not None,
        seat.wrong_codes,
    )


def my_seat(exam: Exam, enrolment: Enrolment) -> Seat | None:
    """The seat the enrolment has and has not used up."""
    return _SEAT.first(exam=exam.pk, enrolment=enrolment.pk)


def my_seats(person: int) -> dict[tuple[int, int], Seat]:
    """By exam and enrolment; in one statement."""
    return {(seat.exam_id, seat.enrolment_id): seat for seat in _SEATS.all(person=person)}


def _usable() -> QuerySet[Seat]:
    usable = Q(attempt=None) | Q(attempt__state=Attempt.State.IN_PROGRESS)
    return Seat.objects.taken().filter(usable).select_related("session")


_SEAT = Prepared(lambda: _usable().filter(exam=Key("exam"), enrolment=Key("enrolment")).order_by("-turn"))
_SEATS = Prepared(lambda: _usable().filter(person=Key("person")).order_by("turn"))


def candidates(exam: Exam, examiner: Person) -> QuerySet[Enrolment]:
    """Who may sit the exam, is covered by the examiner, and has no seat: nobody who has passed or used it up."""
    mine = Enrolment.objects.open().filter(
        edition__outline__lesson=exam.lesson_id, person__posts__in=people_in_scope(examiner)
    )
    if exam.kind == Exam.Kind.MAKE_UP:
        mine = mine.filter(Exists(Entrant.objects.filter(exam=exam, enrolment=OuterRef("pk"))))
    seated = _usable().filter(exam=exam, enrolment=OuterRef("pk"))
    passed = Attempt.objects.filter(exam=exam, enrolment=OuterRef("pk"), passed=True)
    used_up = last_attempts().filter(exam=exam, enrolment=OuterRef("pk"))
    waiting = mine.exclude(Exists(seated)).exclude(Exists(passed)).exclude(Exists(used_up))
    return waiting.select_related("person").order_by("person__posts__unit__path", "person__staff_no")


def within(enrolments: QuerySet[Enrolment], unit: OrgUnit) -> QuerySet[Enrolment]:
    """Those of the unit and everything under it, today."""
    return enrolments.filter(person__posts__ends_on=None, person__posts__unit__path__startswith=unit.path)


def numbered(enrolments: QuerySet[Enrolment], staff_numbers: Iterable[str]) -> tuple[list[Enrolment], list[str]]:
    """Those with the staff numbers in their order, and the numbers nobody among them has."""
    found = {one.person.staff_no.upper(): one for one in enrolments.filter(person__staff_no__in=staff_numbers)}
    wanted = list(dict.fromkeys(number.upper() for number in staff_numbers))
    return [found[each] for each in wanted if each in found], [each for each in wanted if each not in found]
