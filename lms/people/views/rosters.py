"""Doors of the roster: choose a file, see what it would change, decide about its rows, apply it."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel import clock
from lms.people import access, actions
from lms.people.access import Perm
from lms.people.forms import RosterForm
from lms.people.models import Person, RosterImport
from lms.people.refusals import Refused
from lms.people.roster import progress
from lms.people.roster.problems import RosterFileError
from lms.people.roster.wording import FRESH, SUSPICIOUS, Shown, kind_label

PAGE = 50
KINDS: Final = (FRESH, SUSPICIOUS, "wrong", "new", "changed", "missing", "unchanged")
TAKEN: Final = {"take": True, "leave": False}


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
    """What the file would change, or has changed, and the choice about every row."""
    found = get_object_or_404(_own(request), uuid=uuid)
    shown = Shown(found.report, found.decisions)
    kind = _kind(request.GET) or _first_kind(request, found, shown)
    context = {
        "report": found,
        "shown": shown,
        "filters": [(key, kind_label(key), count) for key, count in _filters(shown, over=not found.open)],
        "page": Paginator(shown.rows(kind), PAGE).get_page(request.GET.get("page")),
        "kind": kind,
        "at_once": len(shown.at_once(kind)),
        "done": progress.told(found.uuid) if found.waits else 0,
        "nav_current": "people",
    }
    return render(request, "people/roster_report.html", context)


@require_POST
@access.required(Perm.PEOPLE_IMPORT)
def decide(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep the choices of a page, or make one for all rows of its filter; then show the page asked for."""
    found = get_object_or_404(_own(request), uuid=uuid)
    shown = Shown(found.report, found.decisions)
    decisions = _chosen(request, shown)
    every = request.POST.get("every")
    if every in TAKEN:
        decisions |= dict.fromkeys(shown.at_once(_kind(request.POST)), TAKEN[every])
    actions.decide_roster(report=found, decisions=decisions)
    wanted = QueryDict(request.POST.get("to")) if "to" in request.POST else request.POST
    query = urlencode({"kind": _kind(wanted), "page": wanted.get("page", "1")})
    return redirect(f"{reverse('people:roster', args=[uuid])}?{query}")


@require_POST
@access.required(Perm.PEOPLE_IMPORT)
def apply(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Confirm what was shown, with the choices of the page it was sent from; the worker applies it."""
    found = get_object_or_404(_own(request), uuid=uuid)
    if found.waits:
        return redirect("people:roster", uuid)
    decisions, stamp = _chosen(request, Shown(found.report)), request.POST.get("stamp", "")
    try:
        actions.confirm_roster(report=found, decisions=decisions, stamp=stamp, at=clock.now())
    except actions.Stale as reason:
        messages.warning(request, str(reason))
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("people:roster", uuid)


def _chosen(request: HttpRequest, shown: Shown) -> dict[str, bool]:
    """The choices sent about rows of this report: KEY = take or leave."""
    keys = shown.keys()
    return {name: TAKEN[value] for name, value in request.POST.items() if name in keys and value in TAKEN}


def _kind(sent: QueryDict) -> str:
    kind = sent.get("kind", "")
    return kind if kind in KINDS else ""


def _first_kind(request: HttpRequest, found: RosterImport, shown: Shown) -> str:
    """What came back because people have changed shows what is different now, unless everything is asked for."""
    return FRESH if found.open and found.trouble and shown.fresh and "kind" not in request.GET else ""


def _filters(shown: Shown, *, over: bool) -> list[tuple[str, int]]:
    """What can be narrowed to; rows that are new since the last look only when there are any to decide about."""
    counts = {**shown.counts, FRESH: 0 if over else len(shown.rows(FRESH))}
    return [(kind, counts[kind]) for kind in KINDS if kind != FRESH or counts[kind]]


def _own(request: HttpRequest) -> Any:
    """Reports hold names, so each administrator sees only the own ones."""
    return RosterImport.objects.filter(by=_by(request))


def _by(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
