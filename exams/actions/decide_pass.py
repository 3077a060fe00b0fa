"""Decide about a pass whose score fell below the pass mark afterwards."""

from datetime import datetime

from django.db import transaction

from exams import queries
from exams.actions.release import plain, release_again
from exams.actions.settle import tell_taker
from exams.models import Attempt, ScoreChange
from lms.journal import actions as journal
from lms.notices import actions as notices
from lms.people import access
from lms.people.models import Person

PassStands = ScoreChange.PassStands


@transaction.atomic
def decide_pass(*, change: ScoreChange, keep: bool, reason: str, by: Person, at: datetime) -> bool:
    """Keep a pass in question or withdraw it; False when that is decided already. ValueError without a reason.

    Records and certificates stay as they are: whoever may correct records in the unit is told of a withdrawal.
    """
    if not reason.strip():
        raise ValueError("a decision needs a reason")
    attempt = queries.locked_attempt(pk=change.attempt_id)
    open_ones = ScoreChange.objects.filter(pk=change.pk, pass_stands=PassStands.OPEN)
    verdict = PassStands.KEPT if keep else PassStands.WITHDRAWN
    if not open_ones.update(pass_stands=verdict, decision=reason.strip(), decided_by=by, decided_at=at):
        return False
    if not keep:
        attempt.passed = False
        attempt.save(update_fields=["passed"])
        _tell_administrators(attempt, change, at)
    release_again(attempt=attempt, change=change, by=by, at=at)
    tell_taker(attempt=attempt, change=change, at=at)
    journal.write(
        "pass-kept" if keep else "pass-withdrawn",
        by=by,
        about=attempt.person,
        unit=attempt.exam.unit,
        at=at,
        payload={"attempt": attempt.pk, "change": change.pk},
    )
    return True


def _tell_administrators(attempt: Attempt, change: ScoreChange, at: datetime) -> None:
    context = {
        "name": attempt.person.name,
        "number": attempt.person.staff_no,
        "title": attempt.exam.title,
        "score": plain(change.score),
        "max": plain(change.max_score),
    }
    for administrator in access.holders(access.Perm.RECORDS_CORRECT, within=attempt.unit, at=at):
        key = f"pass-withdrawn:{change.pk}:{administrator.pk}"
        notices.send("pass_withdrawn", to=administrator, context=context, key=key, at=at)
