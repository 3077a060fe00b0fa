"""When an exam may be sat, and how long an answer counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GRACE = timedelta(seconds=10)


class WhyNot(StrEnum):
    """Why nobody may start now; the wording is the template's."""

    NOT_OPEN = "not_open"
    CLOSED = "closed"
    COURSE_DONE = "course_done"
    PASSED = "passed"
    WAITING = "waiting"
    NO_ATTEMPTS = "no_attempts"


@dataclass(frozen=True)
class Window:
    """What of an exam decides about starting."""

    opens_at: datetime | None
    closes_at: datetime | None
    attempts: int  # those of the exam and those granted on top


@dataclass(frozen=True)
class Sat:
    """One finished attempt: `passed` is None until it is released."""

    passed: bool | None


def why_not_start(window: Window, sat: Sequence[Sat], *, course_open: bool, at: datetime) -> WhyNot | None:
    """The first reason against a new attempt, None when there is none."""
    if any(one.passed for one in sat):
        return WhyNot.PASSED
    if not course_open:
        return WhyNot.COURSE_DONE
    if window.opens_at and at < window.opens_at:
        return WhyNot.NOT_OPEN
    if window.closes_at and at >= window.closes_at:
        return WhyNot.CLOSED
    if any(one.passed is None for one in sat):
        return WhyNot.WAITING
    return WhyNot.NO_ATTEMPTS if len(sat) >= window.attempts else None


def deadline(started_at: datetime, minutes: int, closes_at: datetime | None) -> datetime:
    """When a sitting ends: its minutes from the start, but never after the exam closes."""
    end = started_at + timedelta(minutes=minutes)
    return min(end, closes_at) if closes_at else end


def is_over(deadline: datetime, at: datetime) -> bool:
    """Whether an answer that arrives now comes too late to count."""
    return at > deadline + GRACE
