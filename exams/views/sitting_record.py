"""The examiner's page of one sitting: when it was left, what came too late, what another device sent."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exams import actions, queries
from exams.actions.late import NotAcceptable, NotNow
from exams.forms.desk import LateForm
from exams.models import Attempt
from exams.queries import desk, late
from exams.queries.sitting_record import set_aside
from exams.rules import lateness
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required
from lms.people.models import Person


def _covered(examiner: Person) -> QuerySet[Attempt]:
    """Sittings of exams and people that are among those the examiner covers."""
    found = Attempt.objects.filter(exam__in=desk.exams_of(examiner), person__posts__in=desk.people_in_scope(examiner))
    return found.select_related("exam", "person", "unit").distinct()


@require_safe
@required(Perm.EXAMS_MANAGE)
def sitting_record(request: HttpRequest, attempt: UUID) -> HttpResponse:
    examiner, at = person_of(request), clock.now()
    found = get_object_or_404(_covered(examiner), uuid=attempt)
    queries.as_seen(found, at=at)
    came_late = late.late_answers(found)
    days = found.exam.appeal_days
    open_ones = [one for one in came_late if one.decision is None]
    may = found.person_id != examiner.pk and lateness.is_open(found.released_at, days, at=at)
    context = {
        "attempt": found,
        "exam": found.exam,
        "leaves": found.leaves.order_by("left_at"),
        "late": came_late,
        "may_decide": bool(open_ones and may and found.state == Attempt.State.SUBMITTED),
        "until": lateness.last_moment(found.released_at, days),
        "displaced": set_aside(found),
        "nav_current": "exams",
    }
    return render(request, "exams/desk/sitting_record.html", context)


@require_POST
@required(Perm.EXAMS_MANAGE)
def decide_late(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Count the ticked late answers, or leave them; nobody decides about a sitting of their own."""
    examiner = person_of(request)
    found = get_object_or_404(_covered(examiner).exclude(person=examiner), uuid=attempt)
    form = LateForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Not saved: please tick at least one answer and give a reason."))
        return redirect("exams:sitting_record", attempt)
    facts = form.cleaned_data
    decide = actions.accept_late if facts["verdict"] == "accept" else actions.leave_late
    try:
        decide(attempt=found, answers=facts["answers"], reason=facts["reason"], by=examiner, at=clock.now())
    except NotNow:
        messages.error(request, _("Not saved: the time for it is over, or somebody has decided meanwhile."))
    except NotAcceptable:
        messages.error(request, _("Not saved: one of these answers cannot be accepted, as it says."))
    else:
        messages.success(request, _("Saved. The taker is told."))
    return redirect("exams:sitting_record", attempt)
