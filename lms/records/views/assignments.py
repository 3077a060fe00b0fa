"""Assignments at the desk: which there are, a new one with preview, who is under one."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel import clock
from lms.people import access
from lms.people.access import Perm, required
from lms.people.models import OrgUnit, Person
from lms.records import actions, queries
from lms.records.actions.enrol import NotOffered
from lms.records.forms import AssignForm
from lms.records.models import Assignment

PAGE = 30


@required(Perm.RECORDS_ASSIGN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.assignments_within(_units(request)), PAGE).get_page(request.GET.get("page"))
    context = {"nav_current": "assignments", "page": page, "at": clock.now()}
    return render(request, "records/assignments.html", context)


@required(Perm.RECORDS_ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form; sent once it shows whom it would reach, sent with `confirm` it assigns."""
    at = clock.now()
    form = AssignForm(request.POST or None, units=_units(request), at=at)
    if request.method != "POST" or not form.is_valid() or "back" in request.POST:
        return _form(request, form)
    if "confirm" not in request.POST:
        return _preview(request, form)
    try:
        assignment = actions.assign(**form.target(), **form.terms(), by=_viewer(request), at=at)
    except NotOffered:
        form.add_error("course", _("This course can no longer be assigned."))
        return _form(request, form)
    reached = assignment.people.count()
    messages.success(
        request, ngettext("Assigned to %(n)s person", "Assigned to %(n)s people", reached) % {"n": reached}
    )
    return redirect("records:assignment", uuid=assignment.uuid)


def _form(request: HttpRequest, form: AssignForm) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "records/assignment_new.html", {"nav_current": "assignments", "form": form}, status=status)


def _preview(request: HttpRequest, form: AssignForm) -> HttpResponse:
    context = {
        "nav_current": "assignments",
        "form": form,
        "target": form.target(),
        "terms": form.terms(),
        "preview": queries.preview_assignment(**form.target()),
    }
    return render(request, "records/assignment_preview.html", context)


@required(Perm.RECORDS_ASSIGN)
@require_safe
def show(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Names of today's scope only; the others are a number."""
    assignment = _assignment(request, uuid)
    at = clock.now()
    context = {
        "nav_current": "assignments",
        "assignment": assignment,
        "reach": queries.reach(assignment, _units(request), at),
        "at": at,
    }
    return render(request, "records/assignment.html", context)


@required(Perm.RECORDS_ASSIGN)
@require_POST
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    assignment = _assignment(request, uuid)
    actions.withdraw(assignment=assignment, by=_viewer(request), at=clock.now())
    messages.success(request, _("Withdrawn"))
    return redirect("records:assignment", uuid=uuid)


def _viewer(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _units(request: HttpRequest) -> QuerySet[OrgUnit]:
    return access.scope(request.user, Perm.RECORDS_ASSIGN)


def _assignment(request: HttpRequest, uuid: UUID) -> Assignment:
    found = queries.assignments_within(_units(request)).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found
