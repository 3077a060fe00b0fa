"""缓考: a taker asks, an examiner decides."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exams import actions, queries
from exams.actions.sessions import InUse
from exams.forms.sessions import DecisionForm, DeferralForm
from exams.models import Exam, Seat
from exams.queries import deferrals, desk, seating
from exams.views.desk import paged
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required
from lms.people.login import login_required


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask(request: HttpRequest, exam: UUID) -> HttpResponse:
    """Ask to sit in another session; for whoever has a seat."""
    found = get_object_or_404(Exam.objects.announced(), uuid=exam)
    seat = _own_seat(request, found)
    form = DeferralForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _asked(request, seat, form)
    context = {"exam": found, "seat": seat, "form": form, "nav_current": "exams"}
    return render(request, "exams/sessions/defer.html", context)


def _own_seat(request: HttpRequest, exam: Exam) -> Seat:
    enrolment = queries.my_enrolments(exam, person_of(request)).first()
    seat = seating.my_seat(exam, enrolment) if enrolment else None
    if seat is None:
        raise Http404
    return seat


def _asked(request: HttpRequest, seat: Seat, form: DeferralForm) -> HttpResponse:
    try:
        actions.ask_deferral(seat=seat, by=person_of(request), at=clock.now(), **form.cleaned_data)
    except actions.TooLate:
        messages.error(request, _("Not asked: the session is over, or you have begun the exam."))
    else:
        messages.success(request, _("Asked. Until the examiner has decided, your seat stays yours."))
    return redirect("exams:notice", seat.exam.uuid)


@require_safe
@required(Perm.EXAMS_MANAGE)
def requests(request: HttpRequest, exam: UUID) -> HttpResponse:
    found = get_object_or_404(desk.exams_of(person_of(request)), uuid=exam)
    page = paged(request, deferrals.requests_of(found, person_of(request)))
    context = {"exam": found, "page": page, "nav_current": "exams"}
    return render(request, "exams/sessions/deferrals.html", context)


@require_POST
@required(Perm.EXAMS_MANAGE)
def decide(request: HttpRequest, exam: UUID, deferral: UUID) -> HttpResponse:
    found = get_object_or_404(desk.exams_of(person_of(request)), uuid=exam)
    asked = get_object_or_404(deferrals.requests_of(found, person_of(request)), uuid=deferral)
    form, approve = DecisionForm(request.POST), "approve" in request.POST
    if not form.is_valid() or not (approve or form.cleaned_data["answer"].strip()):
        messages.error(request, _("Not decided: who is refused is told why."))
        return redirect("exams:deferrals", exam)
    answer = form.cleaned_data["answer"]
    try:
        actions.decide_deferral(deferral=asked, approve=approve, answer=answer, by=person_of(request), at=clock.now())
    except actions.Decided:
        messages.error(request, _("This request was decided already."))
    except InUse:
        messages.error(request, _("Not deferred: the exam was begun on this seat."))
    else:
        messages.success(request, _("Decided; the person is told."))
    return redirect("exams:deferrals", exam)
