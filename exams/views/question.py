"""Examiners: one question with all its versions, and the steps of its life."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exams import showing, types
from exams.actions import states
from exams.forms.questions import filled
from exams.models import Question, QuestionVersion
from exams.queries import desk
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required

Step = Callable[..., None]
STEPS: Final[dict[str, Step]] = {
    "review": states.send_to_review,
    "approve": states.approve,
    "back": states.send_back,
    "recheck": states.recheck,
    "retire": states.retire,
}


@require_safe
@required(Perm.EXAMS_MANAGE)
def question(request: HttpRequest, question: UUID) -> HttpResponse:
    found = _mine(request, question)
    versions = [_shown(version) for version in found.versions.select_related("created_by").order_by("-number")]
    context = {
        "question": found,
        "versions": versions,
        "editable": found.current is not None and filled(found, found.current) is not None,
        "formulas": showing.has_formula(str(versions)),
        "own": found.state == Question.State.REVIEW and found.state_by_id == person_of(request).pk,
        "nav_current": "questions",
    }
    return render(request, "exams/desk/one_question.html", context)


@require_POST
@required(Perm.EXAMS_MANAGE)
def step(request: HttpRequest, question: UUID) -> HttpResponse:
    """One step on; why it is not possible is said on the page."""
    found = _mine(request, question)
    name = request.POST.get("step", "")
    if name not in STEPS:
        raise Http404
    take: Step = STEPS[name]
    if take in (states.send_back, states.recheck, states.retire):
        take = partial(take, reason=request.POST.get("reason", "").replace("\0", ""))
    _take(request, take, found, clock.now())
    return redirect("exams:question", question)


def _take(request: HttpRequest, take: Step, found: Question, at: datetime) -> None:
    try:
        take(question=found, by=person_of(request), at=at)
    except states.NoReason:
        messages.error(request, _("Not done: a reason is needed."))
    except states.SamePerson:
        messages.error(request, _("Not done: you sent this question to review, so somebody else approves it."))
    except states.NotNow:
        messages.error(request, _("Not done: the question has just been changed. Please look at it again."))
    else:
        messages.success(request, _("Now: %(state)s") % {"state": found.get_state_display()})


def _shown(version: QuestionVersion) -> dict[str, Any]:
    kind = types.get(version.type)
    shown = showing.reviewed(version, kind.shuffled(version.content, None), None)
    return {"version": version, "kind": kind.label, "shown": shown}


def _mine(request: HttpRequest, question: UUID) -> Question:
    rows = Question.objects.filter(bank__in=desk.banks_of(person_of(request)))
    return get_object_or_404(
        rows.select_related("bank__unit", "state_by", "current").prefetch_related("tags"), uuid=question
    )
