"""The examiner's page of one sitting: when it was left, what came too late, what another device sent."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from exams import queries
from exams.models import Answer, Attempt
from exams.queries import desk
from exams.queries.sitting_record import set_aside
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required


@require_safe
@required(Perm.EXAMS_MANAGE)
def sitting_record(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """404 unless the exam and the person are among those the examiner covers."""
    examiner = person_of(request)
    covered = Attempt.objects.filter(
        exam__in=desk.exams_of(examiner), person__posts__in=desk.people_in_scope(examiner)
    )
    found = get_object_or_404(covered.select_related("exam", "person", "unit").distinct(), uuid=attempt)
    queries.as_seen(found, at=clock.now())
    aside = set_aside(found)
    context = {
        "attempt": found,
        "exam": found.exam,
        "leaves": found.leaves.order_by("left_at"),
        "late": [one for one in aside if one.answer.standing == Answer.Standing.LATE],
        "displaced": [one for one in aside if one.answer.standing != Answer.Standing.LATE],
        "nav_current": "exams",
    }
    return render(request, "exams/desk/sitting_record.html", context)
