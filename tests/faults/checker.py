"""What the takers hold, compared with what the database has."""

from collections import Counter
from collections.abc import Iterable

from exams import queries
from exams.models import Answer, Attempt
from exams.rules import grading
from lms.journal.models import Delivery
from lms.notices.models import Notice
from lms.people.models import Person
from lms.records.models import TrainingRecord
from tests.journeys.exam_room import attempt_of, current_answers, right_answers
from tests.takers import Taker


def lost(takers: Iterable[Taker]) -> list[str]:
    """Receipts that the database does not have as they were given (P1)."""
    rows = Answer.objects.filter(standing="accepted").values_list("op_id", "position", "version", "sha256")
    stored = {(str(op_id), *facts) for op_id, *facts in rows.iterator()}
    held = [(taker, kept) for taker in takers for kept in taker.receipts]
    return [
        f"{taker.staff_no}: the receipt {kept.op_id} for question {kept.item} is not in the database"
        for taker, kept in held
        if (kept.op_id, kept.item, kept.version, kept.sha256) not in stored
    ]


def wrong_answers(takers: Iterable[Taker]) -> list[str]:
    """Questions whose current answer is not the last one a receipt was given for."""
    found = []
    for taker in takers:
        now = current_answers(taker)
        last = {kept.item: list(kept.payload) for kept in taker.receipts}
        found += [f"{taker.staff_no}: question {item} is {now.get(item)}, not {last[item]}"
                  for item in last if now.get(item) != last[item]]  # fmt: skip
    return found


def wrong_results(takers: Iterable[Taker]) -> list[str]:
    """P5, P9: one finished attempt, with the score of the answers that have receipts."""
    found = []
    for taker in takers:
        attempts = Attempt.objects.filter(person__staff_no=taker.staff_no).count()
        if attempts != 1:
            found.append(f"{taker.staff_no} has {attempts} attempts")
            continue
        attempt = attempt_of(taker)
        last = {kept.item: list(kept.payload) for kept in taker.receipts}
        points = sum(last.get(item) == right for item, right in right_answers(taker).items())
        again = grading.total(queries.graded(attempt).values())
        if not attempt.score == points == again:
            found.append(f"{taker.staff_no}: score {attempt.score}, earned {points}, made anew {again}")
    return found


def wrong_effects(takers: Iterable[Taker]) -> list[str]:
    """P14: whoever passed has one training record and one message, nobody else has any."""
    passed = set(Attempt.objects.filter(passed=True).values_list("person__staff_no", flat=True))
    records = Counter(TrainingRecord.objects.values_list("person__staff_no", flat=True))
    told = Counter(Notice.objects.filter(kind="course_completed").values_list("person__staff_no", flat=True))
    found = []
    for taker in takers:
        wanted = 1 if taker.staff_no in passed else 0
        have = (records[taker.staff_no], told[taker.staff_no])
        if have != (wanted, wanted):
            found.append(f"{taker.staff_no}: {have[0]} records and {have[1]} messages, not {wanted}")
    dead = Delivery.objects.filter(state=Delivery.State.DEAD).count()
    return [*found, *([f"{dead} announcements could not be delivered"] if dead else [])]


def still_under_way() -> int:
    """Announcements that the worker has not delivered yet."""
    assert Person.objects.exists()
    return Delivery.objects.filter(state=Delivery.State.PENDING).count()
