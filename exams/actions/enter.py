"""Come into a session: the seat is taken, the code is right."""

from datetime import datetime

from django.db.models import F

from exams import rules
from exams.models import Seat
from exams.queries import seating
from exams.rules import WhyNot, entry_code
from lms.journal import actions as journal


def enter(*, seat: Seat | None, code: str, at: datetime) -> WhyNot | None:
    """None when the person may start now, else the reason. A wrong code is counted; too many lock the seat.

    The caller holds the lock on the enrolment and commits whatever comes back.
    """
    refused = rules.why_not_enter(seating.place(seat), at)
    if refused or seat is None:
        return refused
    if seat.entered_at is None:
        wrong = _why_not_this_code(seat, code, at)
        if wrong:
            return wrong
        Seat.objects.filter(pk=seat.pk, entered_at=None).update(entered_at=at)
        seat.entered_at = at
    return rules.why_not_sit(seating.place(seat), at)


def _why_not_this_code(seat: Seat, code: str, at: datetime) -> WhyNot | None:
    if not seat.session.needs_code or entry_code.accepted(seat.session.secret, code, at):
        return None
    if not code.strip():
        return WhyNot.NEEDS_CODE
    Seat.objects.filter(pk=seat.pk).update(wrong_codes=F("wrong_codes") + 1)
    seat.wrong_codes += 1
    if seat.wrong_codes == rules.MOST_WRONG_CODES:
        journal.write("code-locked", by=seat.person, about=seat.person, at=at, payload={"seat": seat.pk})
    return WhyNot.CODE_LOCKED if seat.wrong_codes >= rules.MOST_WRONG_CODES else WhyNot.WRONG_CODE
