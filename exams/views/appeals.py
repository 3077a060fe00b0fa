"""查卷申诉: takers ask on their result, examiners answer at the desk."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exams import actions
from exams.forms.desk import AnswerForm, AppealForm
from exams.models import Appeal, Attempt
from exams.queries import appeals as shown
from exams.queries import mine
from exams.views.desk import paged
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required
from lms.people.login import login_required


@require_POST
@login_required
def send(request: HttpRequest, attempt: UUID) -> HttpResponse:
    released = Attempt.objects.filter(person=person_of(request), released_at__isnull=False)
    found = get_object_or_404(released.select_related("exam"), uuid=attempt)
    form = AppealForm(request.POST, attempt=found)
    if not form.is_valid():
        messages.error(request, _("Not sent: please say what should be reviewed."))
        return redirect("exams:result", attempt)
    try:
        actions.appeal(attempt=found, at=clock.now(), **form.cleaned_data)
    except actions.NotOpen:
        messages.error(request, _("Not sent: the time for it is over, or a review is under way."))
    else:
        messages.success(request, _("Sent. You are told when an examiner has answered."))
    return redirect("exams:result", attempt)


@require_safe
@required(Perm.EXAMS_MANAGE)
def appeal_list(request: HttpRequest) -> HttpResponse:
    page = paged(request, shown.appeals_for(person_of(request)))
    return render(request, "exams/appeals/list.html", {"page": page, "nav_current": "exams"})


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def appeal(request: HttpRequest, appeal: UUID) -> HttpResponse:
    found = get_object_or_404(shown.appeals_for(person_of(request)), uuid=appeal)
    form = AnswerForm(request.POST if request.method == "POST" else None, appeal=found)
    if form.is_bound and form.is_valid():
        return _answered(request, found, form)
    items = mine.reviewed_items(found.attempt)
    context = {
        "appeal": found,
        "form": form,
        "items": [each for each in items if found.position in (None, each.item.position)],
        "nav_current": "exams",
    }
    return render(request, "exams/appeals/appeal.html", context)


def _answered(request: HttpRequest, appeal: Appeal, form: AnswerForm) -> HttpResponse:
    facts = form.cleaned_data
    common: dict[str, Any] = {"appeal": appeal, "answer": facts["answer"], "by": person_of(request), "at": clock.now()}
    try:
        if facts["verdict"] == "uphold":
            actions.uphold(position=facts["position"], points=facts["points"], **common)
        else:
            actions.decline(**common)
    except actions.NotOpen:
        messages.error(request, _("Not saved: somebody else has answered meanwhile."))
    else:
        messages.success(request, _("Answered. The taker is told."))
    return redirect("exams:appeals")
