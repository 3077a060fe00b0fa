"""补考: who failed, who was absent, and who is on a list."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from exams.models import Attempt, Entrant, Exam, Seat
from exams.queries.desk import people_in_scope
from exams.queries.used_up import last_attempts
from lms.people.models import Person
from lms.records.models import Enrolment


def over_at(exam: Exam) -> datetime | None:
    """When nobody can come any more: the end of the last session or of the open period; None: never."""
    if not exam.in_sessions:
        return exam.closes_at
    return exam.sessions.planned().order_by("-ends_at").values_list("ends_at", flat=True).first()


def failed(exam: Exam, examiner: Person) -> QuerySet[Enrolment]:
    """Those who have used up their attempts."""
    return _unlisted(exam, examiner).filter(
        Exists(last_attempts().filter(exam=exam, enrolment=OuterRef("pk"), released_at__isnull=False))
    )


def absent(exam: Exam, examiner: Person, *, at: datetime) -> QuerySet[Enrolment]:
    """缺考: had a seat in a session that is over and never sat, or did not sit while the exam was open.

    Who was let to defer has no seat and is not among them.
    """
    people = _unlisted(exam, examiner).exclude(Exists(Attempt.objects.filter(exam=exam, enrolment=OuterRef("pk"))))
    if exam.in_sessions:
        seats = Seat.objects.taken().filter(exam=exam, enrolment=OuterRef("pk"))
        return people.filter(Exists(seats.filter(session__ends_at__lt=at))).exclude(
            Exists(seats.filter(session__ends_at__gte=at))
        )
    if exam.closes_at is None or exam.closes_at > at:
        return people.none()
    return people.filter(enrolled_at__lt=exam.closes_at)


def listed(exam: Exam) -> QuerySet[Entrant]:
    """The list of a make-up exam, with how often each has sat it."""
    rows = exam.entrants.select_related("enrolment__person")
    sat = Attempt.objects.filter(exam=exam, enrolment=OuterRef("enrolment"))
    return rows.annotate(has_sat=Exists(sat)).order_by("enrolment__person__staff_no")


def addable(exam: Exam, examiner: Person) -> QuerySet[Enrolment]:
    """Who can be put on the list by hand: open enrolments the examiner covers, that are not on it."""
    on_it = Entrant.objects.filter(exam=exam, enrolment=OuterRef("pk"))
    return _covered(exam, examiner).exclude(Exists(on_it))


def open_to(exam: Exam, enrolment: Enrolment) -> QuerySet[Exam]:
    """The make-up exams of this exam the enrolment is listed for."""
    return exam.make_ups.filter(entrants__enrolment=enrolment).order_by("created_at")


def _covered(exam: Exam, examiner: Person) -> QuerySet[Enrolment]:
    mine = Enrolment.objects.open().filter(
        edition__outline__lesson=exam.lesson_id, person__posts__in=people_in_scope(examiner)
    )
    return (
        mine.select_related("person")
        .annotate(post_unit=F("person__posts__unit__name"))
        .order_by("person__posts__unit__path", "person__staff_no")
    )


def _unlisted(exam: Exam, examiner: Person) -> QuerySet[Enrolment]:
    """Not on a list yet and not passed."""
    lists = Entrant.objects.filter(exam__original=exam, enrolment=OuterRef("pk"))
    passed = Attempt.objects.filter(Q(exam=exam) | Q(exam__original=exam), enrolment=OuterRef("pk"), passed=True)
    return _covered(exam, examiner).exclude(Exists(lists)).exclude(Exists(passed))
