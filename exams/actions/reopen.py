"""Grant one more attempt."""

from datetime import datetime

from django.db import transaction

from exams.models import Exam, Reopening
from lms.journal import actions as journal
from lms.people.models import Person
from lms.records.models import Enrolment


@transaction.atomic
def reopen(*, exam: Exam, enrolment: Enrolment, reason: str, by: Person, at: datetime) -> Reopening:
    """Raise the limit of one enrolment by one; the reason is kept. ValueError without a reason."""
    if not reason.strip():
        raise ValueError("a reopening needs a reason")
    granted = Reopening.objects.create(
        exam=exam, enrolment=enrolment, reason=reason.strip(), granted_at=at, granted_by=by
    )
    journal.write(
        "attempt-reopened",
        by=by,
        about=enrolment.person,
        unit=exam.unit,
        at=at,
        payload={"exam": exam.pk, "enrolment": enrolment.pk, "reopening": granted.pk},
    )
    return granted
