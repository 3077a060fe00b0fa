"""When an exam may be sat, and how long an answer counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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
    TOO_SOON = "too_soon"
    LESSONS_LEFT = "lessons_left"
    HOURS_SHORT = "hours_short"
    PRACTICE_SHORT = "practice_short"
    NOT_LISTED = "not_listed"
    NO_SEAT = "no_seat"
    DEFERRED = "deferred"
    NO_ENTRY_YET = "no_entry_yet"
    NEEDS_CODE = "needs_code"
    WRONG_CODE = "wrong_code"
    CODE_LOCKED = "code_locked"
    NOT_BEGUN = "not_begun"
    TOO_LATE = "too_late"
    SESSION_OVER = "session_over"
    ASSESSED = "assessed"  # a practical assessment, which the assessor begins


@dataclass(frozen=True)
class Window:
    """What of an exam decides about starting. `attempts`: of the exam and granted on top, None: any number.

    `counts`: the result goes into the records, so that a passed exam and a finished course are the end of it.
    """

    opens_at: datetime | None
    closes_at: datetime | None
    attempts: int | None
    counts: bool = True
    wait: timedelta = timedelta()


@dataclass(frozen=True)
class Sat:
    """One finished attempt: `passed` is None until it is released."""

    passed: bool | None
    at: datetime | None = None


@dataclass(frozen=True)
class Asks:
    """What has to be done before an exam: the other lessons of the course, minutes of study, being on its list.

    `accuracy`: percent of the questions practised that are known (0: nothing asked), of `questions` at least.
    """

    lessons: bool = False
    minutes: int = 0
    listing: bool = False
    accuracy: int = 0
    questions: int = 0


@dataclass(frozen=True)
class Studied:
    """How far somebody is with what an exam asks.

    `practised`: questions with an answer in practice, `known`: those of them whose last answer was right.
    """

    lessons_left: int = 0
    minutes: int = 0
    listed: bool = False
    practised: int = 0
    known: int = 0

    @property
    def accuracy(self) -> int:
        """Percent of the questions practised, rounded down: 79.9 is not 80."""
        return 100 * self.known // self.practised if self.practised else 0

    def practised_enough(self, asks: Asks) -> bool:
        return not asks.accuracy or (self.practised >= asks.questions and self.accuracy >= asks.accuracy)


def why_not_eligible(asks: Asks, studied: Studied) -> WhyNot | None:
    """考试资格: the first thing that is missing."""
    if asks.listing and not studied.listed:
        return WhyNot.NOT_LISTED
    if asks.lessons and studied.lessons_left:
        return WhyNot.LESSONS_LEFT
    if studied.minutes < asks.minutes:
        return WhyNot.HOURS_SHORT
    return None if studied.practised_enough(asks) else WhyNot.PRACTICE_SHORT


def why_not_start(
    window: Window,
    sat: Sequence[Sat],
    *,
    course_open: bool,
    at: datetime,
    asks: Asks = Asks(),
    studied: Studied = Studied(),
) -> WhyNot | None:
    """The first reason against a new attempt, None when there is none."""
    if window.counts and any(one.passed for one in sat):
        return WhyNot.PASSED
    if window.counts and not course_open:
        return WhyNot.COURSE_DONE
    if window.closes_at and at >= window.closes_at:
        return WhyNot.CLOSED
    missing = why_not_eligible(asks, studied)
    if missing:
        return missing
    if window.opens_at and at < window.opens_at:
        return WhyNot.NOT_OPEN
    return _why_not_again(window, sat, at)


def _why_not_again(window: Window, sat: Sequence[Sat], at: datetime) -> WhyNot | None:
    if any(one.passed is None for one in sat):
        return WhyNot.WAITING
    if window.attempts is not None and len(sat) >= window.attempts:
        return WhyNot.NO_ATTEMPTS
    again = again_at(window.wait, sat)
    return WhyNot.TOO_SOON if again and at < again else None


def again_at(wait: timedelta, sat: Sequence[Sat]) -> datetime | None:
    """When the waiting time after the last attempt is over; None when there is no attempt or nothing to wait."""
    ended = [one.at for one in sat if one.at]
    return max(ended) + wait if ended and wait else None


@dataclass(frozen=True)
class Place:
    """A seat in a session: minutes of early entry, late arrival and extra time; whether its person is in."""

    begins_at: datetime
    ends_at: datetime
    early: int
    late: int
    extra: int = 0
    needs_code: bool = True
    entered: bool = False
    wrong_codes: int = 0

    @property
    def opens_at(self) -> datetime:
        return self.begins_at - timedelta(minutes=self.early)

    @property
    def latest_at(self) -> datetime:
        return self.begins_at + timedelta(minutes=self.late)

    @property
    def closes_at(self) -> datetime:
        return self.ends_at + timedelta(minutes=self.extra)


MOST_WRONG_CODES = 10


def why_not_enter(place: Place | None, at: datetime) -> WhyNot | None:
    """The reason against coming into the session, with whatever code."""
    if place is None:
        return WhyNot.NO_SEAT
    if at < place.opens_at:
        return WhyNot.NO_ENTRY_YET
    if at >= place.closes_at:
        return WhyNot.SESSION_OVER
    if place.entered:
        return None
    if at > place.latest_at:
        return WhyNot.TOO_LATE
    return WhyNot.CODE_LOCKED if place.needs_code and place.wrong_codes >= MOST_WRONG_CODES else None


def why_not_sit(place: Place | None, at: datetime) -> WhyNot | None:
    """The reason against starting on this seat now."""
    refused = why_not_enter(place, at)
    if refused or place is None:
        return refused
    if place.needs_code and not place.entered:
        return WhyNot.NEEDS_CODE
    return WhyNot.NOT_BEGUN if at < place.begins_at else None


class Attendance(StrEnum):
    """How somebody stands with a seat; derived, never stored."""

    EXPECTED = "expected"
    ENTERED = "entered"
    SITTING = "sitting"
    SAT = "sat"
    ABSENT = "absent"
    DEFERRED = "deferred"


def attendance(place: Place, *, started: bool, finished: bool, at: datetime, deferred: bool = False) -> Attendance:
    """参考、缺考 or 缓考. Who entered and never started is absent when the session is over."""
    if finished:
        return Attendance.SAT
    if started:
        return Attendance.SITTING
    if deferred:
        return Attendance.DEFERRED
    if at > (place.closes_at if place.entered else place.latest_at):
        return Attendance.ABSENT
    return Attendance.ENTERED if place.entered else Attendance.EXPECTED


def deadline(started_at: datetime, minutes: int, closes_at: datetime | None) -> datetime:
    """When a sitting ends, in UTC: its minutes from the start, but never after the exam closes.

    Minutes added to a local time would be wall-clock minutes: an hour more or less where clocks are changed.
    """
    end = started_at.astimezone(UTC) + timedelta(minutes=minutes)
    return min(end, closes_at) if closes_at else end


def is_over(deadline: datetime, at: datetime) -> bool:
    """Whether an answer that arrives now comes too late to count."""
    return deadline < last_deadline_over(at)


def last_deadline_over(at: datetime) -> datetime:
    """Sittings whose deadline is before this are over, in UTC."""
    return at.astimezone(UTC) - GRACE
