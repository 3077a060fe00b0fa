"""Which questions a run asks, when a mistake leaves the book, when a level opens."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

RUN: Final = 10  # questions
DAILY: Final = 5  # questions, more when more are due
DAILY_MOST: Final = 10
DAILY_NEW: Final = 2
LEAVES_AFTER: Final = 3  # right answers in a row
LEVEL_PASS: Final = 80  # percent
WEAK_BELOW: Final = 80  # percent right
FEW_ANSWERS: Final = 3  # fewer say nothing about a topic
REST: Final = timedelta(days=3)  # a weekend or a shift does not break a streak


class Why(StrEnum):
    """Why a question is asked today; the wording is the template's."""

    DUE = "due"
    NEW = "new"
    WEAK = "weak"
    FRESH = "fresh"


@dataclass(frozen=True)
class Topic:
    """What a person has made of one topic of a bank: questions there are, known (last answer right), all answers."""

    bank: int
    name: str
    questions: int
    known: int
    answers: int
    right: int

    @property
    def accuracy(self) -> int:
        """Percent of all answers that were right."""
        return 100 * self.right // self.answers if self.answers else 0

    @property
    def is_weak(self) -> bool:
        return self.answers >= FEW_ANSWERS and self.accuracy < WEAK_BELOW

    @property
    def mastered(self) -> bool:
        return 0 < self.questions <= self.known


def daily(due: Sequence[int], new: Sequence[int], weak: Sequence[int], fresh: Sequence[int]) -> list[tuple[int, Why]]:
    """今日一练: what is due, up to two new or revised ones, weak topics up to five questions, then what is unseen."""
    chosen: dict[int, Why] = {}
    _take(chosen, due, Why.DUE, DAILY_MOST - DAILY_NEW)
    _take(chosen, new, Why.NEW, len(chosen) + DAILY_NEW)
    _take(chosen, weak, Why.WEAK, DAILY)
    _take(chosen, new, Why.NEW, DAILY)
    _take(chosen, fresh, Why.FRESH, DAILY)
    return list(chosen.items())


def _take(chosen: dict[int, Why], questions: Sequence[int], why: Why, most: int) -> None:
    for question in questions:
        if len(chosen) >= most:
            return
        chosen.setdefault(question, why)


def streak(days: Collection[date], today: date) -> int:
    """Days of practice up to today without a longer rest than three days between them."""
    count, last = 0, today
    for day in sorted((each for each in days if each <= today), reverse=True):
        if last - day > REST:
            break
        count, last = count + 1, day
    return count


def passes(right: int, questions: int) -> bool:
    """Whether a level is passed, and with it the next one open."""
    return questions > 0 and right * 100 >= questions * LEVEL_PASS


def open_levels(passed: Sequence[bool]) -> int:
    """How many levels are open, given which ones are passed: the first, and each after a passed one."""
    return next((number for number, one in enumerate(passed, 1) if not one), len(passed))
