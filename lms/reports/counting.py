"""What counts as a task: one person, one course, one period. Of several assignments the one due first counts."""

from datetime import datetime

from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from lms.records.models import AssignedPerson, Enrolment

NEVER = datetime.fromisoformat("9999-12-01T00:00:00+00:00")
DONE = Q(enrolment__state=Enrolment.State.COMPLETED)
IN_TIME = DONE & Q(enrolment__completed_at__lte=F("due_at"))


def tasks(*, required: bool) -> QuerySet[AssignedPerson]:
    """One row a task, that of the assignment due first."""
    standing = AssignedPerson.objects.standing().annotate(_due=Coalesce("due_at", Value(NEVER, DateTimeField())))
    if required:
        standing = standing.filter(required=True)
    sooner = Q(_due__lt=OuterRef("_due")) | Q(_due=OuterRef("_due"), pk__lt=OuterRef("pk"))
    rivals = standing.filter(sooner, enrolment=OuterRef("enrolment"))
    return standing.filter(~Exists(rivals)).exclude(enrolment__state=Enrolment.State.CANCELLED)
