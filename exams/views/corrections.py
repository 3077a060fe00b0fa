"""Examiners: correct a question that people have sat, and decide about passes that fall below the pass mark."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exams import actions
from exams.forms.correction import CorrectionForm
from exams.forms.desk import DecisionForm
from exams.models import Correction, Exam, QuestionVersion, ScoreChange
from exams.queries import corrections as shown
from exams.views.desk import paged
from exams.views.who import person_of
from lms.kernel import clock
from lms.people import access
from lms.people.access import Perm, required


@require_safe
@required(Perm.EXAMS_MANAGE)
def overview(request: HttpRequest, exam: UUID) -> HttpResponse:
    found = _mine(request, exam)
    context = {
        "exam": found,
        "page": paged(request, shown.asked_in(found)),
        "corrections": shown.corrections_of(found),
        "undecided": shown.undecided(found),
        "nav_current": "exams",
    }
    return render(request, "exams/corrections/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def correct(request: HttpRequest, exam: UUID, version: int) -> HttpResponse:
    """First who would change, then the correction itself."""
    found = _mine(request, exam)
    asked: QuestionVersion = get_object_or_404(shown.asked_in(found), pk=version)
    form = CorrectionForm(request.POST if request.method == "POST" else None, version=asked)
    forecast = None
    if form.is_bound and form.is_valid():
        forecast = shown.forecast(form.draft(found))
        if forecast.empties:
            form.add_error("kind", _("Somebody would be left without a question. Please give everybody the points."))
        elif "apply" in request.POST:
            return _applied(request, found, form)
    context = {"exam": found, "version": asked, "form": form, "forecast": forecast, "nav_current": "exams"}
    return render(request, "exams/corrections/correct.html", context)


def _applied(request: HttpRequest, exam: Exam, form: CorrectionForm) -> HttpResponse:
    facts, at = form.cleaned_data, clock.now()
    correction = actions.correct(
        exam=exam, version=form.version, kind=facts["kind"], key=form.key, reason=facts["reason"],
        by=person_of(request), at=at,
    )  # fmt: skip
    actions.go_on(correction=correction, at=at)
    return redirect("exams:correction", exam.uuid, correction.uuid)


@require_safe
@required(Perm.EXAMS_MANAGE)
def correction(request: HttpRequest, exam: UUID, correction: UUID) -> HttpResponse:
    """How far it is, and whose score it has changed."""
    found = _mine(request, exam)
    one: Correction = get_object_or_404(found.corrections.select_related("version", "by"), uuid=correction)
    changes = one.changes.select_related("attempt__person", "attempt__unit").order_by("pk")
    context = {"exam": found, "correction": one, "page": paged(request, changes), "nav_current": "exams"}
    return render(request, "exams/corrections/correction.html", context)


@require_POST
@required(Perm.EXAMS_MANAGE)
def decide(request: HttpRequest, exam: UUID, change: UUID) -> HttpResponse:
    found = _mine(request, exam)
    one = get_object_or_404(ScoreChange.objects.filter(attempt__exam=found), uuid=change)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Not decided: a reason is needed."))
        return redirect("exams:corrections", exam)
    keep, reason = form.cleaned_data["keep"] == "1", form.cleaned_data["reason"]
    if actions.decide_pass(change=one, keep=keep, reason=reason, by=person_of(request), at=clock.now()):
        messages.success(request, _("The pass stands.") if keep else _("The pass is withdrawn."))
    return redirect("exams:corrections", exam)


def _mine(request: HttpRequest, exam: UUID) -> Exam:
    """Of the person's own units: an exam of no unit is everybody's to see, and nobody's to correct."""
    scope = access.scope(person_of(request), Perm.EXAMS_MANAGE)
    return get_object_or_404(Exam.objects.filter(unit__in=scope), uuid=exam)
