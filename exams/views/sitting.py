"""The doors of a sitting: start, sheet, answer, hand in, take over.

Each writing door locks the row that decides, reads the clock after that, and answers when its transaction is over: a
receipt that reaches a phone is about something committed (P1).
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from exams import actions, queries, rules, showing, types
from exams.facts import AnswerOp, Closed, Receipt, Stale, TakenOver
from exams.models import Attempt, AttemptItem, Exam
from exams.queries import seating
from exams.queries.practical import is_sheet_only
from exams.rules.drawing import Infeasible
from exams.views import holder, kept_key, wire
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.login import login_required
from lms.people.models import Person

LONG_BEFORE = timedelta(seconds=15)  # a clock that is off by less is only off
CODE = "#code"  # the field of the notice
never_stored = cache_control(no_store=True, private=True)


@require_POST
@login_required
def start(request: HttpRequest, exam: UUID) -> HttpResponse:
    try:
        found = queries.announced_exam(exam)
    except Exam.DoesNotExist:
        raise Http404 from None
    try:
        begun = _started(found, person_of(request), request.POST.get("code", "")[:20])
    except actions.NotAllowed:
        return redirect("exams:notice", exam)  # which says why
    except Infeasible:
        messages.error(request, _("No paper can be drawn from the question bank now. Please tell the examiner."))
        return redirect("exams:notice", exam)
    if isinstance(begun, rules.WhyNot):
        return _not_let_in(request, found, begun)
    attempt, created = begun
    response = redirect("exams:sheet", attempt.uuid)
    if created:
        holder.remember(response, attempt)
    return response


def _not_let_in(request: HttpRequest, exam: Exam, reason: rules.WhyNot) -> HttpResponse:
    """Back to the notice, which says why; but a code is only wrong at the moment it is typed, and is typed again."""
    notice = reverse("exams:notice", args=[exam.uuid])
    if reason is rules.WhyNot.WRONG_CODE:
        messages.error(request, _("This is not the session code of now. Please type the one the invigilator shows."))
        notice += CODE
    if reason is rules.WhyNot.NEEDS_CODE:
        messages.error(request, _("Please type the 6 digits of the session code."))
        notice += CODE
    return redirect(notice)


def _started(exam: Exam, person: Person, code: str) -> tuple[Attempt, bool] | rules.WhyNot:
    try:
        return _start(exam, person, code)
    except actions.MustClose as earlier:
        _close(earlier.attempt)
        return _start(exam, person, code)


@transaction.atomic
def _start(exam: Exam, person: Person, code: str) -> tuple[Attempt, bool] | rules.WhyNot:
    """The sitting, or why the session does not let the person in: what that changed stays."""
    enrolment = queries.locked_enrolment(exam=exam, person=person)
    if enrolment is None:
        raise Http404
    seat, at = None, clock.now()
    if exam.in_sessions:
        seat = seating.my_seat(exam, enrolment)
        refused = actions.enter(seat=seat, code=code, at=at)
        if refused:
            return refused
    return actions.start_attempt(exam=exam, person=person, enrolment=enrolment, at=at, seat=seat)


@transaction.atomic
def _close(pk: int) -> None:
    attempt = queries.locked_attempt(pk=pk)
    actions.close_if_over(attempt=attempt, at=clock.now())


@require_safe
@login_required
@never_stored
def sheet(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """The whole paper, without keys, for the device that holds the sitting; others are asked to take it over."""
    rows = Attempt.objects.select_related("exam", "seat__session")
    found = get_object_or_404(rows, uuid=attempt, person=person_of(request))
    now = clock.now()
    if found.state != Attempt.State.IN_PROGRESS or rules.is_over(found.deadline, now):
        return redirect("exams:result", attempt)
    if not holder.is_here(request, found):
        if is_sheet_only(found):
            return redirect("exams:notice", found.exam.uuid)  # which says that the assessor fills it in
        context = {"attempt": found, "locked": bool(found.seat and found.seat.locked), "nav_current": "exams"}
        return render(request, "exams/elsewhere.html", context)
    items = list(queries.sheet_items(found))
    context = {
        "attempt": found,
        "now": now,
        "questions": [_question(item) for item in items],
        "left": found.leaves.count(),
        "formulas": any(showing.has_formula(item.version.stem, str(item.version.content)) for item in items),
    }
    response = render(request, "exams/sheet.html", context)
    kept_key.give(response, found)
    return response


def _question(item: AttemptItem) -> dict[str, object]:
    version, kind = item.version, types.get(item.version.type)
    public = types.public(kind, version.content, item.order)
    shown = showing.asked(kind, version.stem, version.markup, public, item.answer, f"item-{item.position}")
    return {**shown, "position": item.position, "points": item.points, "version": item.answer_version}


@require_POST
@login_required
@never_stored
def answer(request: HttpRequest, attempt: UUID) -> HttpResponse:
    try:
        op = wire.answer_op(request)
        item, outcome, now = _save(attempt, person_of(request), op)
    except wire.TooLarge:
        return wire.too_large()
    except (types.Malformed, IntegrityError):
        return wire.malformed()
    except AttemptItem.DoesNotExist:
        raise Http404 from None
    if isinstance(outcome, Closed):
        _close(item.attempt_id)
        return wire.closed(outcome, reverse("exams:result", args=[attempt]))
    if isinstance(outcome, TakenOver):
        return wire.conflict("taken_over")
    if isinstance(outcome, Stale):
        return wire.stale(outcome)
    facts = {"receipt": wire.receipt(outcome), "deadline": item.attempt.deadline.isoformat(), "now": now.isoformat()}
    return JsonResponse(facts)


@transaction.atomic
def _save(
    attempt: UUID, person: Person, op: AnswerOp
) -> tuple[AttemptItem, Receipt | Stale | Closed | TakenOver, datetime]:
    item = queries.locked_item(attempt=attempt, person=person, position=op.item)
    now = clock.now()
    return item, actions.save_answer(item=item, op=op, at=now), now


@require_POST
@login_required
@never_stored
def submit(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Hand in. Asked again, it answers the same. A device whose time is up learns when there is more of it."""
    try:
        sent = wire.body(request)
        handed_in = _hand_in(attempt, person_of(request), wire.uuid(sent, "holder"), time_up=bool(sent.get("time_up")))
    except types.Malformed:
        return wire.malformed()
    except Attempt.DoesNotExist:
        raise Http404 from None
    if handed_in is None:
        return wire.conflict("extended", redirect=reverse("exams:sheet", args=[attempt]))
    if not handed_in:
        return wire.conflict("taken_over")
    return JsonResponse({"redirect": reverse("exams:result", args=[attempt])})


@transaction.atomic
def _hand_in(uuid: UUID, person: Person, device: UUID, *, time_up: bool) -> bool | None:
    """False when another device has the sitting, None when the time it thinks is up was extended."""
    attempt = queries.locked_sitting(uuid=uuid, person=person)
    at = clock.now()
    if attempt.state != Attempt.State.IN_PROGRESS or actions.close_if_over(attempt=attempt, at=at):
        return True
    if attempt.holder != device:
        return False
    if time_up and attempt.deadline - at > LONG_BEFORE:
        return None
    actions.submit_attempt(attempt=attempt, by=person, at=at)
    return True


@require_POST
@login_required
@never_stored
def takeover(request: HttpRequest, attempt: UUID) -> HttpResponse:
    try:
        found = _take_over(attempt, person_of(request))
    except Attempt.DoesNotExist:
        raise Http404 from None
    except actions.Locked:
        return redirect("exams:sheet", attempt)  # which says that the invigilator has to allow it
    response = redirect("exams:sheet", attempt)
    if found.state == Attempt.State.IN_PROGRESS:
        holder.remember(response, found)
    return response


@transaction.atomic
def _take_over(uuid: UUID, person: Person) -> Attempt:
    attempt = queries.locked_sitting(uuid=uuid, person=person)
    at = clock.now()
    actions.close_if_over(attempt=attempt, at=at)
    if is_sheet_only(attempt):
        raise actions.Locked
    return actions.take_over(attempt=attempt, by=person, at=at)
