"""Who has failed as often as they may, and can go on only when an examiner grants another attempt."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from exams.models import Attempt, Reopening


def without_attempts(enrolments: QuerySet[Any]) -> QuerySet[Any]:
    """Rows (person, title of the exam): every attempt of these enrolments handed in, released and not passed.

    Looks at failed attempts only, and of them at those whose number says that there may be no other.
    """
    others = Attempt.objects.filter(exam=OuterRef("exam"), enrolment=OuterRef("enrolment"))
    in_the_way = Q(passed=True) | Q(passed=None) | Q(state=Attempt.State.IN_PROGRESS)
    in_the_way |= Q(number__gt=OuterRef("number"))
    granted = Reopening.objects.filter(exam=OuterRef("exam"), enrolment=OuterRef("enrolment"))
    count = granted.order_by().values("exam").annotate(n=Count("pk")).values("n")
    return (
        Attempt.objects.filter(~Exists(others.filter(in_the_way)), passed=False, enrolment__in=enrolments)
        .filter(number__gte=F("exam__max_attempts"))
        .filter(number__gte=F("exam__max_attempts") + Coalesce(Subquery(count), 0))
        .order_by("person", "exam")
        .values_list("person", "exam__title")
    )
