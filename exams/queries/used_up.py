"""Who has failed as often as they may, and can go on only when an examiner grants another attempt."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from exams.models import Attempt, Reopening


def without_attempts(enrolments: QuerySet[Any]) -> QuerySet[Any]:
    """Rows (person, title of the exam): every attempt of these enrolments handed in, released and not passed."""
    others = Attempt.objects.filter(exam=OuterRef("exam"), enrolment=OuterRef("enrolment"))
    unsettled = others.filter(Q(passed=True) | Q(passed=None) | Q(state=Attempt.State.IN_PROGRESS))
    granted = Reopening.objects.filter(exam=OuterRef("exam"), enrolment=OuterRef("enrolment"))
    count = granted.order_by().values("exam").annotate(n=Count("pk")).values("n")
    return (
        Attempt.objects.filter(~Exists(unsettled), enrolment__in=enrolments)
        .order_by("person", "exam")
        .values("person", "exam", "enrolment", "exam__title", "exam__max_attempts")
        .annotate(sat=Count("pk"), more=Coalesce(Subquery(count), 0))
        .filter(sat__gte=F("exam__max_attempts") + F("more"))
        .values_list("person", "exam__title")
    )
