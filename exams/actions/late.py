"""Decide about answers that came after the end: count them, or leave them as they are."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from exams import queries
from exams.actions.settle import Occasion, settle
from exams.models import Answer, Attempt, AttemptItem, LateDecision, ScoreChange
from exams.queries import late
from exams.rules import lateness
from lms.journal import actions as journal
from lms.notices import actions as notices
from lms.people.models import Person


class NotNow(Exception):
    """The time for it is over, the sitting is not, or somebody has decided about one of them."""


class NotAcceptable(Exception):
    """One of the answers was given after the end, or its question has been marked by people."""


@transaction.atomic
def accept_late(
    *, attempt: Attempt, answers: Collection[int], reason: str, by: Person, at: datetime
) -> ScoreChange | None:
    """Count these late answers, the last one of each question, and make the score anew.

    Each becomes an answer of its own beside the one that came late. None: the score is the same, or somebody has to
    mark first. Raises NotNow, NotAcceptable; ValueError without a reason or an answer.
    """
    held, found = _waiting(attempt, answers, reason, at)
    if any(one.why_not for one in found):
        raise NotAcceptable
    last = {one.answer.position: one for one in sorted(found, key=_given)}
    counted = {one.answer.pk: _count(one, at) for one in last.values()}
    _decide(held, found, counted, accepted=True, reason=reason, by=by, at=at)
    return settle(attempt=held, occasion=Occasion(ScoreChange.Cause.LATE, by, at, reason.strip()[:500]))


@transaction.atomic
def leave_late(*, attempt: Attempt, answers: Collection[int], reason: str, by: Person, at: datetime) -> None:
    """They do not count. Raises NotNow; ValueError without a reason or an answer."""
    held, found = _waiting(attempt, answers, reason, at)
    _decide(held, found, {}, accepted=False, reason=reason, by=by, at=at)


def _waiting(
    attempt: Attempt, answers: Collection[int], reason: str, at: datetime
) -> tuple[Attempt, Sequence[late.LateAnswer]]:
    """The attempt, locked, and these of its late answers."""
    if not reason.strip() or not answers:
        raise ValueError("a decision needs a reason and what it is about")
    held = queries.locked_attempt(pk=attempt.pk)
    over = held.state == Attempt.State.SUBMITTED
    if not over or not lateness.is_open(held.released_at, held.exam.appeal_days, at=at):
        raise NotNow
    found = [one for one in late.late_answers(held) if one.answer.pk in answers and one.decision is None]
    if len(found) != len(set(answers)):
        raise NotNow
    return held, found


def _given(one: late.LateAnswer) -> tuple[object, int]:
    return one.answer.written_at, one.answer.seq


def _count(one: late.LateAnswer, at: datetime) -> Answer:
    """The late answer once more, as the current one of its question."""
    item, given = one.item, one.answer
    version = item.answer_version + 1
    AttemptItem.objects.filter(pk=item.pk).update(answer=given.payload, answer_version=version)
    facts = {
        name: getattr(given, name) for name in ("attempt_id", "position", "seq", "payload", "sha256", "written_at")
    }
    return Answer.objects.create(
        op_id=uuid4(), version=version, standing=Answer.Standing.ACCEPTED, received_at=at, **facts
    )


def _decide(
    attempt: Attempt,
    found: Sequence[late.LateAnswer],
    counted: dict[int, Answer],
    *,
    accepted: bool,
    reason: str,
    by: Person,
    at: datetime,
) -> None:
    reason = reason.strip()[:500]
    facts = {"accepted": accepted, "reason": reason, "by": by, "at": at}
    LateDecision.objects.bulk_create(
        LateDecision(answer=one.answer, counted=counted.get(one.answer.pk), **facts) for one in found
    )
    ids = [one.answer.pk for one in found]
    journal.write(
        "late-accepted" if accepted else "late-left",
        by=by,
        about=attempt.person,
        unit=attempt.exam.unit,
        at=at,
        payload={"attempt": attempt.pk, "exam": attempt.exam_id, "answers": ids, "reason": reason},
    )
    context = {
        "attempt": str(attempt.uuid),
        "title": attempt.exam.title,
        "count": len({one.answer.position for one in found}),
        "accepted": accepted,
        "reason": reason,
    }
    notices.send("late_decided", to=attempt.person, context=context, key=f"late:{min(ids)}", at=at)
