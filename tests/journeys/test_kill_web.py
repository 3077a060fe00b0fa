"""FT01: the web server is killed again and again while people answer. No acknowledged answer is missing (P1)."""

from collections.abc import Callable
from datetime import datetime
from itertools import count
from threading import Event, Thread

from exams.models import Answer
from lms.people.models import OrgUnit
from tests.journeys.exam_room import (
    attempt_of,
    current_answers,
    in_parallel,
    make_takers,
    open_exam,
    right_answers,
)
from tests.journeys.served import served
from tests.journeys.stack import Stack
from tests.takers import Taker

__all__ = ["served"]
PEOPLE, QUESTIONS, RECEIPTS, KILLS = 8, 12, 1000, 10


def test_no_receipt_is_missing_after_ten_kills(served: Stack, unit: Callable[[str], OrgUnit], at: datetime) -> None:
    exam = open_exam(unit("YL"), at, questions=QUESTIONS)
    takers = make_takers(exam, unit("YL0901"), served.url, at, count=PEOPLE)
    enough = Event()
    killer = Thread(target=kill_and_start_again, args=(served, takers, enough))

    def sit(taker: Taker) -> None:
        for turn in count():
            if enough.is_set():
                break
            item = turn % QUESTIONS + 1
            taker.answer(item, [(turn // QUESTIONS + item) % taker.options[item]])

    def begin(taker: Taker) -> None:
        taker.log_in()
        taker.start(str(exam.uuid))

    in_parallel(takers, begin)
    killer.start()
    in_parallel(takers, sit)
    killer.join()

    held = [kept for taker in takers for kept in taker.receipts]
    assert len(held) >= RECEIPTS
    assert any(taker.repeated for taker in takers)
    rows = Answer.objects.filter(standing="accepted").values_list("op_id", "position", "version", "sha256")
    stored = {(str(op_id), *facts) for op_id, *facts in rows}
    assert {(kept.op_id, kept.item, kept.version, kept.sha256) for kept in held} <= stored
    for taker in takers:
        last = {kept.item: list(kept.payload) for kept in taker.receipts}
        assert current_answers(taker).items() >= last.items()
    hand_in_and_compare(takers)


def kill_and_start_again(served: Stack, takers: list[Taker], enough: Event) -> None:
    """Kill -9 in the middle of answering, start again, and so on; each time after a tenth of the receipts."""
    try:
        for kill in range(1, KILLS + 1):
            while sum(len(taker.receipts) for taker in takers) < kill * RECEIPTS // KILLS:
                enough.wait(0.02)
            served.kill("web")
            served.start_web()
    finally:
        enough.set()


def hand_in_and_compare(takers: list[Taker]) -> None:
    """The score is that of the answers the takers hold receipts for."""
    for taker in takers:
        last = {kept.item: list(kept.payload) for kept in taker.receipts}
        points = sum(last.get(item) == right for item, right in right_answers(taker).items())
        taker.hand_in()
        taker.close()
        assert attempt_of(taker).score == points
