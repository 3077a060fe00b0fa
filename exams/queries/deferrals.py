"""缓考: requests, and how one's own stands."""

from django.db.models import Case, QuerySet, When

from exams.models import Deferral, Exam, Seat
from exams.queries.desk import people_in_scope
from lms.people.models import Person
from lms.records.models import Enrolment


def mine(exam: Exam, enrolment: Enrolment) -> Deferral | None:
    """The newest request of the enrolment."""
    requests = Deferral.objects.filter(seat__exam=exam, seat__enrolment=enrolment).select_related("seat__session")
    return requests.order_by("-asked_at", "-pk").first()


def requests_of(exam: Exam, examiner: Person) -> QuerySet[Deferral]:
    """Of people the examiner covers, what is to be decided first; nothing is, once the seat was taken away."""
    covered = Seat.objects.filter(exam=exam, person__posts__in=people_in_scope(examiner))
    rows = Deferral.objects.filter(seat__in=covered).select_related("seat__person", "seat__session", "decided_by")
    rows = rows.exclude(state=Deferral.State.PENDING, seat__vacated_at__isnull=False)
    undecided = Case(When(state=Deferral.State.PENDING, then=0), default=1)
    return rows.order_by(undecided, "-asked_at")
