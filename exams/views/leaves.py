"""The door through which a device tells that its sheet was out of sight."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from exams import actions, queries
from exams.facts import Leave
from exams.models import Attempt
from exams.types import Malformed
from exams.views import wire
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.login import login_required
from lms.people.models import Person

AT_ONCE: Final = 50


@require_POST
@login_required
@cache_control(no_store=True, private=True)
def leaves(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """`{leaves: [{op_id, left_at, back_at, closed}]}`; the reply says how many there are, and the server's time."""
    try:
        told = _told(wire.body(request).get("leaves"))
        found, count, now = _noted(attempt, person_of(request), told)
    except Malformed:
        return wire.malformed()
    except Attempt.DoesNotExist:
        raise Http404 from None
    return JsonResponse({"leaves": count, "deadline": found.deadline.isoformat(), "now": now.isoformat()})


@transaction.atomic
def _noted(uuid: UUID, person: Person, told: list[Leave]) -> tuple[Attempt, int, datetime]:
    attempt = queries.locked_sitting(uuid=uuid, person=person)
    now = clock.now()
    return attempt, actions.note_leaves(attempt=attempt, leaves=told, by=person, at=now), now


def _told(sent: object) -> list[Leave]:
    if not isinstance(sent, list) or len(sent) > AT_ONCE:
        raise Malformed("leaves")
    return list({each.op_id: each for each in map(_leave, sent)}.values())


def _leave(sent: Any) -> Leave:
    left_at = wire.moment(sent.get("left_at")) if isinstance(sent, dict) else None
    if left_at is None:
        raise Malformed("left_at")
    return Leave(wire.uuid(sent, "op_id"), left_at, wire.moment(sent.get("back_at")), sent.get("closed") is True)
