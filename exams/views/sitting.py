"""The doors of a sitting: start, sheet, answer, hand in, take over.

Each writing door locks the row that decides, reads the clock after that, and answers when its transaction is over: a
receipt that reaches a phone is about something committed (P1).
"""

from datetime import datetime
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
from exams.drawing import Infeasible
from exams.facts import AnswerOp, Closed, Receipt, Stale, TakenOver
from exams.models import Attempt, AttemptItem, Exam
from exams.views import holder, wire
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.login import login_required
from lms.people.models import Person

never_stored = cache_control(no_store=True, private=True)


@require_POST
@login_required
def start(request: HttpRequest, exam: UUID) -> HttpResponse:
    found = get_object_or_404(Exam.objects.announced().select_related("blueprint", "lesson"), uuid=exam)
    try:
        attempt, created = _started(found, person_of(request))
    except actions.NotAllowed:
        return redirect("exams:notice", exam)  # which says why
    except Infeasible:
        messages.error(request, _("No paper can be drawn from the question bank now. Please tell the examiner."))
        return redirect("exams:notice", exam)
    response = redirect("exams:sheet", attempt.uuid)
    if created:
        holder.remember(response, attempt)
    return response


def _started(exam: Exam, person: Person) -> tuple[Attempt, bool]:
    try:
        return _start(exam, person)
    except actions.MustClose as earlier:
        _close(earlier.attempt)
        return _start(exam, person)


@transaction.atomic
def _start(exam: Exam, person: Person) -> tuple[Attempt, bool]:
    enrolment = queries.locked_enrolment(exam=exam, person=person)
    if enrolment is None:
        raise Http404
    return actions.start_attempt(exam=exam, person=person, enrolment=enrolment, at=clock.now())


@transaction.atomic
def _close(pk: int) -> None:
    attempt = queries.locked_attempt(pk=pk)
    actions.close_if_over(attempt=attempt, at=clock.now())


@require_safe
@login_required
@never_stored
def sheet(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """The whole paper, without keys, for the device that holds the sitting; others are asked to take it over."""
    found = get_object_or_404(Attempt.objects.select_related("exam"), uuid=attempt, person=person_of(request))
    now = clock.now()
    if found.state != Attempt.State.IN_PROGRESS or rules.is_over(found.deadline, now):
        return redirect("exams:result", attempt)
    if not holder.is_here(request, found):
        return render(request, "exams/elsewhere.html", {"attempt": found, "nav_current": "exams"})
    items = list(queries.sheet_items(found))
    context = {
        "attempt": found,
        "now": now,
        "questions": [_question(item) for item in items],
        "formulas": any(showing.has_formula(item.version.stem, str(item.version.content)) for item in items),
    }
    return render(request, "exams/sheet.html", context)


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
    except (types.Malformed, IntegrityError):
        return wire.malformed()
    except AttemptItem.DoesNotExist:
        raise Http404 from None
    if isinstance(outcome, Closed):
        _close(item.attempt_id)
        return wire.conflict("closed", redirect=reverse("exams:result", args=[attempt]))
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
    """Hand in. Asked again, it answers the same."""
    try:
        device = wire.uuid(wire.body(request), "holder")
        handed_in = _hand_in(attempt, person_of(request), device)
    except types.Malformed:
        return wire.malformed()
    except Attempt.DoesNotExist:
        raise Http404 from None
    if not handed_in:
        return wire.conflict("taken_over")
    return JsonResponse({"redirect": reverse("exams:result", args=[attempt])})


@transaction.atomic
def _hand_in(uuid: UUID, person: Person, device: UUID) -> bool:
    """False when another device has the sitting."""
    attempt = queries.locked_attempt(uuid=uuid, person=person)
    at = clock.now()
    if attempt.state != Attempt.State.IN_PROGRESS or actions.close_if_over(attempt=attempt, at=at):
        return True
    if attempt.holder != device:
        return False
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
    response = redirect("exams:sheet", attempt)
    if found.state == Attempt.State.IN_PROGRESS:
        holder.remember(response, found)
    return response


@transaction.atomic
def _take_over(uuid: UUID, person: Person) -> Attempt:
    attempt = queries.locked_attempt(uuid=uuid, person=person)
    at = clock.now()
    actions.close_if_over(attempt=attempt, at=at)
    return actions.take_over(attempt=attempt, by=person, at=at)
