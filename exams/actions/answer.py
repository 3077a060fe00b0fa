"""Save one answer: append it, move the current answer on, give the receipt."""

from datetime import datetime

from django.db.models import IntegerField, JSONField

from exams import rules, types
from exams.facts import AnswerOp, Closed, Receipt, Stale, TakenOver, fingerprint
from exams.models import Answer, Attempt, AttemptItem
from lms.kernel.prepared import Key, Parameter, PreparedUpdate


def save_answer(*, item: AttemptItem, op: AnswerOp, at: datetime) -> Receipt | Stale | Closed | TakenOver:
    """Store an answer and say what became of it.

    The caller holds the lock on `item.attempt` (`queries.locked_item`) and commits before it shows the receipt. A
    retry of the same `op_id` gets the same receipt. What comes too late or from a device that was taken over is kept
    as evidence. Raises `types.Malformed` for what is no answer to this question; writes nothing then.
    """
    attempt = item.attempt
    payload = types.get(item.version.type).parse(op.payload, item.version.content, item.order)
    if attempt.state != Attempt.State.IN_PROGRESS or rules.is_over(attempt.deadline, at):
        return _set_aside(item, op, payload, Answer.Standing.LATE, at) or Closed(op.op_id, fingerprint(payload))
    if attempt.holder != op.holder:
        return _set_aside(item, op, payload, Answer.Standing.SUPERSEDED_HOLDER, at) or TakenOver()
    if not _moved_on(item, op, payload):
        return _known(item, op) or _stale(item)
    return _receipt(_append(item, op, payload, Answer.Standing.ACCEPTED, at, op.base_version + 1))


def _moved_on(item: AttemptItem, op: AnswerOp, payload: types.Payload) -> bool:
    """Make it the current answer, unless the question has moved on since the device looked."""
    moved = _MOVE_ON.run(item=item.pk, payload=payload, before=op.base_version, after=op.base_version + 1)
    return moved == 1


_MOVE_ON = PreparedUpdate(
    lambda: AttemptItem.objects.filter(pk=Key("item"), answer_version=Parameter("before", IntegerField())),
    answer=Parameter("payload", JSONField()),
    answer_version=Parameter("after", IntegerField()),
)


def _append(
    item: AttemptItem, op: AnswerOp, payload: types.Payload, standing: str, at: datetime, version: int
) -> Answer:
    return Answer.objects.create(
        attempt_id=item.attempt_id,
        position=item.position,
        op_id=op.op_id,
        seq=op.seq,
        version=version,
        payload=payload,
        sha256=fingerprint(payload),
        standing=standing,
        written_at=op.written_at,
        received_at=at,
    )


def _set_aside(item: AttemptItem, op: AnswerOp, payload: types.Payload, standing: str, at: datetime) -> Receipt | None:
    """Keep it as evidence; but what was accepted before keeps its receipt."""
    known = Answer.objects.filter(attempt_id=item.attempt_id, op_id=op.op_id).first()
    if known is None:
        _append(item, op, payload, standing, at, op.base_version)
        return None
    return _receipt(known) if known.standing == Answer.Standing.ACCEPTED else None


def _known(item: AttemptItem, op: AnswerOp) -> Receipt | None:
    known = Answer.objects.filter(attempt_id=item.attempt_id, op_id=op.op_id, standing=Answer.Standing.ACCEPTED)
    answer = known.first()
    return _receipt(answer) if answer else None


def _stale(item: AttemptItem) -> Stale:
    now = AttemptItem.objects.get(pk=item.pk)
    return Stale(now.position, now.answer_version, now.answer)


def _receipt(answer: Answer) -> Receipt:
    return Receipt(answer.op_id, answer.seq, answer.position, answer.version, answer.sha256, answer.received_at)
