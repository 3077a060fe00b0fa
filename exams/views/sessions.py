"""Examiners: the sessions of an exam, who sits where, extra time."""

from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exams import actions
from exams.actions.sessions import InUse
from exams.forms.sessions import MinutesForm, ReasonForm, SeatingForm, SessionForm
from exams.models import ExamSession, Seat
from exams.queries import board, desk, seating
from exams.views.desk import paged
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required
from lms.records.models import Enrolment


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def sessions(request: HttpRequest, exam: UUID) -> HttpResponse:
    """Those there are, and a new one."""
    found = get_object_or_404(desk.exams_of(person_of(request)), uuid=exam)
    form = SessionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        session = actions.plan_session(
            exam=found,
            plan=form.plan(),
            invigilators=form.cleaned_data["invigilators"],
            by=person_of(request),
            at=clock.now(),
        )
        messages.success(request, _("The session is set up. Now give the seats."))
        return redirect("exams:session", session.uuid)
    context = {"exam": found, "sessions": board.session_list(found), "form": form, "nav_current": "exams"}
    return render(request, "exams/sessions/list.html", context)


@require_safe
@required(Perm.EXAMS_MANAGE)
def session(request: HttpRequest, session: UUID) -> HttpResponse:
    found = _mine(request, session)
    return _page(request, found, SeatingForm(examiner=person_of(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def change(request: HttpRequest, session: UUID) -> HttpResponse:
    """Another time, room, size or other invigilators; and calling it off."""
    found = _planned(request, session)
    form = SessionForm(request.POST if request.method == "POST" else None, initial=SessionForm.of(found))
    if form.is_valid() and _changed(request, found, form):
        return redirect("exams:session", session)
    context = {"session": found, "exam": found.exam, "form": form, "reason": ReasonForm(), "nav_current": "exams"}
    return render(request, "exams/sessions/change.html", context)


def _changed(request: HttpRequest, session: ExamSession, form: SessionForm) -> bool:
    people, by = form.cleaned_data["invigilators"], person_of(request)
    try:
        actions.change_session(session=session, plan=form.plan(), invigilators=people, by=by, at=clock.now())
    except actions.TooSmall as room:
        form.add_error("capacity", _("Seat %(n)s is taken.") % {"n": room.highest})
    except (InUse, actions.Cancelled):
        form.add_error(None, _("Not changed: the exam was begun in this session, or it was called off."))
    else:
        messages.success(request, _("The session is changed. Whoever has a seat is told of another time or room."))
        return True
    return False


@require_POST
@required(Perm.EXAMS_MANAGE)
def cancel(request: HttpRequest, session: UUID) -> HttpResponse:
    """Call it off; every seat is free."""
    found, form = _planned(request, session), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Not called off: a reason is needed."))
        return redirect("exams:session_change", session)
    try:
        actions.cancel_session(session=found, by=person_of(request), at=clock.now(), **form.cleaned_data)
    except (InUse, actions.Cancelled):
        messages.error(request, _("Not called off: the exam was begun in this session, or it is called off already."))
    else:
        messages.success(request, _("The session is called off, and everybody who had a seat is told."))
    return redirect("exams:session", session)


@require_POST
@required(Perm.EXAMS_MANAGE)
def seat(request: HttpRequest, session: UUID) -> HttpResponse:
    """Give seats to people by their numbers, or to everybody of a unit who has none."""
    found = _planned(request, session)
    form = SeatingForm(request.POST, examiner=person_of(request))
    wanted = _wanted(form, found, request) if form.is_valid() else None
    if wanted is None:
        return _page(request, found, form)
    try:
        seats = actions.seat_people(session=found, enrolments=wanted, by=person_of(request), at=clock.now())
    except actions.Full as full:
        form.add_error(None, _("%(want)s people, but only %(free)s seats are free.") % _room(wanted, full))
        return _page(request, found, form)
    except (IntegrityError, actions.Cancelled):
        form.add_error(None, _("Somebody was seated meanwhile. Please look at the list and try again."))
        return _page(request, found, form)
    said = ngettext("%(n)s person is seated.", "%(n)s people are seated.", len(seats)) % {"n": len(seats)}
    messages.success(request, said)
    return redirect("exams:session", session)


def _wanted(form: SeatingForm, session: ExamSession, request: HttpRequest) -> list[Enrolment] | None:
    """None when the form says why not."""
    free = seating.candidates(session.exam, person_of(request))
    numbers, unit = form.cleaned_data["numbers"], form.cleaned_data["unit"]
    wanted, missing = seating.numbered(free, numbers) if numbers else ([], [])
    if missing:
        said = _("Not among those who wait for a seat: %(numbers)s.") % {"numbers": "、".join(missing)}
        form.add_error("numbers", said)
        return None
    if unit:
        wanted += [each for each in seating.within(free, unit) if each not in wanted]
    if not wanted:
        form.add_error(None, _("Nobody of this unit waits for a seat."))
        return None
    return wanted


def _room(wanted: list[Enrolment], full: actions.Full) -> dict[str, int]:
    return {"want": len(wanted), "free": full.free}


@require_POST
@required(Perm.EXAMS_MANAGE)
def vacate(request: HttpRequest, session: UUID, seat: UUID) -> HttpResponse:
    found = _seat(request, session, seat)
    try:
        actions.vacate(seat=found, by=person_of(request), at=clock.now())
    except InUse:
        messages.error(request, _("Not taken off: the exam was begun on this seat."))
    else:
        messages.success(request, _("The seat is free again."))
    return redirect("exams:session", session)


@require_POST
@required(Perm.EXAMS_MANAGE)
def extra(request: HttpRequest, session: UUID, seat: UUID) -> HttpResponse:
    """Extra time for one person."""
    found, form = _seat(request, session, seat), MinutesForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Not granted: minutes and a reason are needed."))
        return redirect("exams:session", session)
    try:
        actions.grant_extra(seat=found, by=person_of(request), at=clock.now(), **form.cleaned_data)
    except InUse:
        messages.error(request, _("Not granted: the exam was begun on this seat. The invigilator can extend it."))
    else:
        messages.success(request, _("Extra time is granted."))
    return redirect("exams:session", session)


def _page(request: HttpRequest, session: ExamSession, form: SeatingForm) -> HttpResponse:
    at = clock.now()
    page = paged(request, board.seats(session))
    context = {
        "session": session,
        "exam": session.exam,
        "form": form,
        "page": page,
        "rows": board.rows(session, list(page), at=at),
        "waiting": seating.candidates(session.exam, person_of(request)).count(),
        "begun": board.is_begun(session),
        "nav_current": "exams",
    }
    return render(request, "exams/sessions/session.html", context)


def _mine(request: HttpRequest, session: UUID) -> ExamSession:
    exams = desk.exams_of(person_of(request))
    sessions = ExamSession.objects.filter(exam__in=exams).select_related("exam").prefetch_related("invigilators")
    return get_object_or_404(sessions, uuid=session)


def _planned(request: HttpRequest, session: UUID) -> ExamSession:
    """404 for a session that was called off."""
    found = _mine(request, session)
    if found.cancelled_at:
        raise Http404
    return found


def _seat(request: HttpRequest, session: UUID, seat: UUID) -> Seat:
    seats = Seat.objects.taken().select_related("person", "session")
    return get_object_or_404(seats, session=_mine(request, session), uuid=seat)
