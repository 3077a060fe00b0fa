"""实操考核: an assessor fills in the score sheets of somebody who works in front of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from exams import queries
from exams.actions.mark import NotInHand, mark, take
from exams.actions.start import start_attempt
from exams.actions.submit import submit_attempt
from exams.models import Attempt, Exam
from exams.queries import seating
from lms.people.models import Person
from lms.records.models import Enrolment


@transaction.atomic
def begin_assessment(*, exam: Exam, enrolment: Enrolment, at: datetime) -> Attempt:
    """The sitting the assessor fills in; the one under way if there is one. Raises what `start_attempt` raises."""
    held = queries.locked_enrolment(exam=exam, person=enrolment.person) or enrolment
    seat = seating.my_seat(exam, held) if exam.in_sessions else None
    return start_attempt(exam=exam, person=enrolment.person, enrolment=held, at=at, seat=seat, assessed=True)[0]


@transaction.atomic
def assess(
    *, attempt: Attempt, given: Mapping[int, Sequence[Decimal]], note: str, by: Person, at: datetime
) -> Attempt:
    """Hand it in and keep the points, by the id of each score sheet; the result is one like any other.

    Raises NotInHand for what somebody else has assessed meanwhile, or the same assessor before.
    """
    held = queries.locked_attempt(pk=attempt.pk)
    if held.person_id == by.pk:
        raise NotInHand
    submit_attempt(attempt=held, by=by, at=at)
    for item in held.items.select_related("version").filter(pk__in=given).order_by("position"):
        item.attempt = held
        if not take(item=item, by=by, at=at):
            raise NotInHand
        mark(item=item, given=given[item.pk], comment=note, by=by, at=at)
    return held
