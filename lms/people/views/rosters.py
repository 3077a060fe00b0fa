"""Doors of the roster: choose a file, see what it would change, apply it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel import clock
from lms.people import access, actions
from lms.people.access import Perm
from lms.people.forms import RosterForm
from lms.people.models import Person, RosterImport
from lms.people.refusals import Refused, refused
from lms.people.roster.problems import RosterFileError
from lms.people.roster.wording import Shown

PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@access.required(Perm.PEOPLE_IMPORT)
def read(request: HttpRequest) -> HttpResponse:
    """Choose a file and read it; the report opens, nothing is saved about anybody."""
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            report = actions.read_roster(
                file.read(),
                file_name=file.name,
                within=access.scope(request.user, Perm.PEOPLE_IMPORT),
                by=_by(request),
                at=clock.now(),
            )
        except RosterFileError as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("people:roster", report.uuid)
    context = {"form": form, "imports": _own(request).order_by("-read_at")[:10], "nav_current": "people"}
    return render(request, "people/roster_read.html", context, status=400 if form.errors else 200)


@require_safe
@access.required(Perm.PEOPLE_IMPORT)
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the file would change, or has changed: every row but the unchanged ones."""
    found = get_object_or_404(_own(request), uuid=uuid)
    shown = Shown(found.report)
    kind = request.GET.get("kind", "")
    page = Paginator(shown.rows(kind), PAGE).get_page(request.GET.get("page"))
    context = {
        "report": found,
        "shown": shown,
        "page": page,
        "kind": kind,
        "query": f"&kind={kind}" if kind in shown.counts else "",
        "nav_current": "people",
    }
    return render(request, "people/roster_report.html", context)


@require_POST
@access.required(Perm.PEOPLE_IMPORT)
def apply(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(_own(request), uuid=uuid)
    try:
        _apply(request, found)
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Roster applied"))
    return redirect("people:roster", uuid)


def _apply(request: HttpRequest, found: RosterImport) -> None:
    try:
        actions.import_roster(
            report=found,
            within=access.scope(request.user, Perm.PEOPLE_IMPORT),
            by=_by(request),
            at=clock.now(),
        )
    except IntegrityError as error:  # somebody added the same person in this very moment
        raise refused("roster_stale") from error


def _own(request: HttpRequest) -> Any:
    """Reports hold names, so each administrator sees only the own ones."""
    return RosterImport.objects.filter(by=_by(request))


def _by(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
