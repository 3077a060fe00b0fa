"""Invigilators: their sessions, the live board with the code, and one seat with what can be done about it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from exams import actions
from exams.forms.sessions import MinutesForm, ReasonForm
from exams.models import ExamSession, Seat
from exams.queries import board
from exams.rules import Attendance
from exams.views.desk import kept, paged, searched
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.login import login_required

never_stored = cache_control(no_store=True, private=True)
VERBS: Mapping[str, Callable[..., object]] = {
    "admit": actions.admit,
    "extend": actions.extend,
    "unlock": actions.unlock,
    "end": actions.end,
}


@require_safe
@login_required
def invigilating(request: HttpRequest) -> HttpResponse:
    """The sessions the person is assigned to."""
    found = board.invigilating(person_of(request), at=clock.now())
    return render(request, "exams/sessions/invigilating.html", {"sessions": found, "nav_current": "exams"})


@require_safe
@login_required
@never_stored
def live(request: HttpRequest, session: UUID) -> HttpResponse:
    """The board; as JSON it is only what changes, for the page that asks every few seconds."""
    found = _mine(request, session)
    context = _board(request, found)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"html": render_to_string("exams/sessions/now.html", context, request)})
    return render(request, "exams/sessions/board.html", context)


def _board(request: HttpRequest, session: ExamSession) -> dict[str, Any]:
    at, text = clock.now(), searched(request)
    page = paged(request, board.named(board.seats(session), text))
    head = board.head(session, at=at)
    return {
        "session": session,
        "exam": session.exam,
        "head": head,
        "counts": [(state.value, head.counts[state]) for state in Attendance if head.counts[state]],
        "page": page,
        "text": text,
        "query": kept(text),
        "rows": board.rows(session, list(page), at=at),
        "now": at,
        "nav_current": "exams",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_stored
def seat(request: HttpRequest, session: UUID, seat: UUID) -> HttpResponse:
    """One seat: how it stands, what was done about it, what can be done."""
    found, at = _seat(request, session, seat), clock.now()
    if request.method == "POST":
        return _intervened(request, found)
    [shown] = board.seats(found.session).filter(pk=found.pk)
    [row] = board.rows(found.session, [shown], at=at)
    context = {
        "session": found.session,
        "row": row,
        "attempt": board.attempt_of(shown),
        "log": found.interventions.select_related("by"),
        "nav_current": "exams",
    }
    return render(request, "exams/sessions/seat.html", context)


def _intervened(request: HttpRequest, seat: Seat) -> HttpResponse:
    what = request.POST.get("what", "")
    form = MinutesForm(request.POST) if what == "extend" else ReasonForm(request.POST)
    here = redirect("exams:seat", seat.session.uuid, seat.uuid)
    if what not in VERBS or not form.is_valid():
        messages.error(request, _("Nothing was done: a reason is needed."))
        return here
    try:
        VERBS[what](seat=seat, by=person_of(request), at=clock.now(), **form.cleaned_data)
    except actions.NoSitting:
        messages.error(request, _("Nothing was done: nobody sits on this seat now."))
    else:
        messages.success(request, _("Done, and kept in the log."))
    return here


def _mine(request: HttpRequest, session: UUID) -> ExamSession:
    return get_object_or_404(board.sessions_of(person_of(request)), uuid=session)


def _seat(request: HttpRequest, session: UUID, seat: UUID) -> Seat:
    seats = Seat.objects.taken().select_related("person", "session__exam")
    return get_object_or_404(seats, session=_mine(request, session), uuid=seat)
