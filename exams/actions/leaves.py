"""Keep what a device tells about the sheet having been out of sight."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from exams.facts import Leave
from exams.models import Attempt, ScreenLeave
from lms.journal import actions as journal
from lms.people.models import Person

MOST: Final = 500  # of one sitting; whoever floods us is told the same figure for ever


def note_leaves(*, attempt: Attempt, leaves: Sequence[Leave], by: Person, at: datetime) -> int:
    """Add what is new, complete what is known, and return how many there are.

    The caller holds the lock on the attempt. Told again, nothing changes; a return once told is never taken back.
    """
    known = set(attempt.leaves.values_list("op_id", flat=True))
    fresh = [leave for leave in leaves if leave.op_id not in known][: MOST - len(known)]
    ScreenLeave.objects.bulk_create(_row(attempt, leave, at) for leave in fresh)
    for leave in leaves:
        if leave.op_id in known and leave.back_at:
            attempt.leaves.filter(op_id=leave.op_id, back_at=None).update(back_at=leave.back_at, closed=leave.closed)
    if fresh:
        journal.write("screen-left", by=by, about=by, at=at, payload={"attempt": attempt.pk, "times": len(fresh)})
    return len(known) + len(fresh)


def _row(attempt: Attempt, leave: Leave, at: datetime) -> ScreenLeave:
    return ScreenLeave(
        attempt=attempt,
        op_id=leave.op_id,
        left_at=leave.left_at,
        back_at=leave.back_at,
        closed=leave.closed,
        received_at=at,
    )
