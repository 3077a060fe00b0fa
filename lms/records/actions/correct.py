"""Correct the archive: by adding to it."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from lms.journal.actions import write
from lms.people.models import Person
from lms.records import rules
from lms.records.models import HourCredit, TrainingRecord


@transaction.atomic
def correct_record(
    *,
    record: TrainingRecord,
    hours: Decimal | None = None,
    score: Decimal | None = None,
    void: bool = False,
    reason: str,
    by: Person | None,
    at: datetime,
) -> TrainingRecord:
    """A new record that replaces `record`, with who and why; with `void` it takes the training back altogether.

    `hours` and `score` left out stay as they were. Hours move by the difference. Raises rules.RefusedCorrection.
    """
    old = TrainingRecord.objects.select_for_update().get(pk=record.pk)
    new_hours = Decimal(0) if void else old.hours if hours is None else hours
    new_score = old.score if score is None else score
    refusal = rules.why_not_correct(
        reason=reason,
        already_corrected=TrainingRecord.objects.filter(corrects=old).exists(),
        is_void=old.void,
        hours=new_hours,
        void=void,
        unchanged=(new_hours, new_score) == (old.hours, old.score),
    )
    if refusal:
        raise refusal
    new = _replacement(old, new_hours, new_score, void, reason.strip(), by, at)
    if new_hours != old.hours:
        HourCredit.objects.create(
            record=new, person_id=new.person_id, account=new.account, hours=new_hours - old.hours, credited_at=at
        )
    write(
        "record-corrected",
        by=by,
        at=at,
        payload={"record": new.pk, "corrects": old.pk, "void": void},
        about=new.person,
        unit=new.unit,
    )
    return new


def _replacement(
    old: TrainingRecord,
    hours: Decimal,
    score: Decimal | None,
    void: bool,
    reason: str,
    by: Person | None,
    at: datetime,
) -> TrainingRecord:
    return TrainingRecord.objects.create(
        person_id=old.person_id,
        enrolment_id=old.enrolment_id,
        edition_id=old.edition_id,
        title=old.title,
        hours=hours,
        account=old.account,
        score=score,
        max_score=old.max_score,
        passed=old.passed,
        occurred_at=old.occurred_at,
        recorded_at=at,
        recorded_by=by,
        reason=reason,
        corrects=old,
        void=void,
        unit_id=old.unit_id,
        position_id=old.position_id,
        employment=old.employment,
    )
