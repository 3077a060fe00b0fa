"""Examiners: make-up exams and their lists."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exams import actions
from exams.forms.sessions import ListForm, MakeUpForm
from exams.models import Exam
from exams.queries import desk, make_up, seating
from exams.views.desk import paged
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def plan(request: HttpRequest, exam: UUID) -> HttpResponse:
    """Set up a make-up exam; its list is filled with those who failed and those who were absent."""
    found, person, at = _mine(request, exam, Exam.Kind.FORMAL), person_of(request), clock.now()
    failed, absent = list(make_up.failed(found, person)), list(make_up.absent(found, person, at=at))
    title = _("%(exam)s, make-up") % {"exam": found.title}
    form = MakeUpForm(request.POST if request.method == "POST" else None, initial={"title": title})
    if form.is_valid():
        planned = actions.MakeUpPlan(**form.cleaned_data)
        made = actions.plan_make_up(original=found, plan=planned, failed=failed, absent=absent, by=person, at=at)
        messages.success(request, _("The make-up exam is set up."))
        return redirect("exams:entrants", made.uuid)
    context = {
        "exam": found,
        "form": form,
        "failed": failed,
        "absent": absent,
        "over_at": make_up.over_at(found),
        "at": at,
        "nav_current": "exams",
    }
    return render(request, "exams/sessions/make_up.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def entrants(request: HttpRequest, exam: UUID) -> HttpResponse:
    """The list; POST puts people on it by their numbers."""
    found = _mine(request, exam, Exam.Kind.MAKE_UP)
    form = ListForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _added(request, found, form):
        return redirect("exams:entrants", exam)
    context = {"exam": found, "page": paged(request, make_up.listed(found)), "form": form, "nav_current": "exams"}
    return render(request, "exams/sessions/entrants.html", context)


def _added(request: HttpRequest, exam: Exam, form: ListForm) -> bool:
    people = make_up.addable(exam, person_of(request))
    wanted, missing = seating.numbered(people, form.cleaned_data["numbers"])
    if missing:
        said = _("Not among those who can be put on the list: %(numbers)s.")
        form.add_error("numbers", said % {"numbers": "、".join(missing)})
        return False
    actions.put_on_list(
        exam=exam, enrolments=wanted, why=form.cleaned_data["why"], by=person_of(request), at=clock.now()
    )
    messages.success(request, _("They are on the list."))
    return True


@require_POST
@required(Perm.EXAMS_MANAGE)
def take_off(request: HttpRequest, exam: UUID, enrolment: UUID) -> HttpResponse:
    found = _mine(request, exam, Exam.Kind.MAKE_UP)
    entrant = get_object_or_404(found.entrants.select_related("enrolment__person"), enrolment__uuid=enrolment)
    if actions.take_off_list(entrant=entrant, by=person_of(request), at=clock.now()):
        messages.success(request, _("Taken off the list."))
    else:
        messages.error(request, _("Not taken off: the person has sat this exam."))
    return redirect("exams:entrants", exam)


def _mine(request: HttpRequest, exam: UUID, kind: str) -> Exam:
    exams = desk.exams_of(person_of(request)).select_related("unit", "lesson", "blueprint")
    return get_object_or_404(exams, uuid=exam, kind=kind)
