"""What counts as studied, done and due. Pure: no database, no clock, no request."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil, floor
from typing import Final, Literal

from lms.records.watching import FASTEST

Outstanding = Literal["end", "time", "self_checks", "media"]
StudyState = Literal["counting", "paused_elsewhere", "idle", "capped", "completed"]

LONGEST_CREDIT: Final = 20.0  # seconds one beat can earn; a phone beats every 15
BREAK_AFTER: Final = 60.0  # seconds without a beat that end an interval
ASK_AFTER: Final = 180.0  # seconds without a touch until the person is asked whether they still study
ANSWER_WITHIN: Final = 60.0  # seconds they have to answer while time still counts
SEEN: Final = 0.95  # of a film or recording, in seconds each counted once, is all of it
STUDIED: Final = 0.8  # of its length at the fastest speed is the least time it takes
SOON: Final = 7  # days before it is due a task is due soon; whoever arrives has at least as many


@dataclass(frozen=True)
class Result:
    """What came of a lesson, in points. `passed` None: there was nothing to pass."""

    score: Decimal | None = None
    max_score: Decimal | None = None
    passed: bool | None = None


@dataclass(frozen=True)
class MediumFacts:
    """Of a film or recording the first `reached` of `length` seconds were seen; `paged`: pages of a document."""

    length: int
    reached: float
    paged: bool = False


@dataclass(frozen=True)
class ReadingFacts:
    """How far somebody is with a lesson to read, and with what there is to play or leaf through in it."""

    reached_end: bool
    valid_seconds: int
    required_seconds: int
    self_checks: Collection[str]
    answered: Collection[str]
    media: Collection[MediumFacts] = ()


def reading_seconds(characters: int, per_minute: int) -> int:
    """The shortest time, in seconds, in which a lesson of so many characters counts as read (domain.md, F-C)."""
    return ceil(characters * 60 / per_minute)


def playing_seconds(length: int) -> int:
    """The shortest study time, in seconds, in which so many seconds count as watched or heard."""
    return ceil(length * STUDIED / FASTEST)


def unseen(medium: MediumFacts) -> float:
    """Seconds or pages still to be seen: of a document every page."""
    return max(0.0, medium.length * (1.0 if medium.paged else SEEN) - medium.reached)


def outstanding(facts: ReadingFacts) -> list[Outstanding]:
    """What is still missing before a lesson counts as read; empty when it is."""
    missing: list[Outstanding] = []
    if not facts.reached_end:
        missing.append("end")
    if facts.valid_seconds < facts.required_seconds:
        missing.append("time")
    if not set(facts.self_checks) <= set(facts.answered):
        missing.append("self_checks")
    if any(unseen(medium) for medium in facts.media):
        missing.append("media")
    return missing


@dataclass(frozen=True)
class Stretch:
    """The interval a beat would extend."""

    day: date
    ended_at: datetime
    touched_at: datetime
    closed: bool = False  # the page was hidden at `ended_at`


@dataclass(frozen=True)
class Credit:
    """What a beat is worth: `seconds` more, the interval then ends at `ended_at`; `breaks`: a new one begins."""

    state: StudyState
    seconds: int
    ended_at: datetime
    breaks: bool = False


def credit(stretch: Stretch, *, at: datetime, day: date, earned_today: int, daily_cap: int) -> Credit:
    """What a beat at `at`, on the local day `day`, is worth after `earned_today` seconds of `daily_cap`.

    Whole seconds count; the fraction stays in the interval for the next beat, so that nothing is lost and the sum of
    credits never passes the clock.
    """
    if (at - stretch.touched_at).total_seconds() > ASK_AFTER + ANSWER_WITHIN:
        return Credit("idle", 0, stretch.ended_at)
    state: StudyState = "idle" if (at - stretch.touched_at).total_seconds() > ASK_AFTER else "counting"
    elapsed = (at - stretch.ended_at).total_seconds()
    if stretch.closed or elapsed > BREAK_AFTER or day != stretch.day:
        return Credit(state, 0, at, breaks=True)
    if earned_today >= daily_cap:
        return Credit("capped", 0, max(at, stretch.ended_at))
    seconds = max(0, min(floor(min(elapsed, LONGEST_CREDIT)), daily_cap - earned_today))
    ended_at = at if elapsed >= LONGEST_CREDIT else stretch.ended_at + timedelta(seconds=seconds)
    return Credit(state, seconds, ended_at)


@dataclass(frozen=True)
class LessonFact:
    """One line of an outline, and whether it is done."""

    required: bool
    completed: bool


def course_done(lessons: Iterable[LessonFact]) -> bool:
    """All required lessons are done; where none is required, all are. An empty outline is never done."""
    outline = list(lessons)
    counted = [lesson for lesson in outline if lesson.required] or outline
    return bool(counted) and all(lesson.completed for lesson in counted)


def counts(result: Result) -> bool:
    """Whether a result completes its lesson: everything but one that was not passed."""
    return result.passed is not False


@dataclass(frozen=True)
class Due:
    """When a task is due and how that is to be said."""

    state: Literal["", "soon", "overdue"]
    days: int


def due(due_at: datetime | None, *, at: datetime, soon_days: int = SOON) -> Due:
    """`days`: whole days left, or whole days (at least 1) past the date. No date: never soon."""
    if due_at is None:
        return Due("", 0)
    left = (due_at - at).total_seconds() / 86400
    if left < 0:
        return Due("overdue", max(1, ceil(-left)))
    return Due("soon" if left <= soon_days else "", floor(left))


def still_running(due_at: datetime | None, *, at: datetime) -> bool:
    """Whether an assignment is still for people who arrive: it has no date, or its date lies ahead."""
    return due_at is None or due_at > at


def due_on_arrival(due_at: datetime | None, *, at: datetime) -> datetime | None:
    """The date for somebody who arrives: as for all, but put off by whole days until at least `SOON` are left."""
    if due_at is None:
        return None
    return due_at + timedelta(days=max(0, ceil(SOON - (due_at - at).total_seconds() / 86400)))


@dataclass(frozen=True)
class Urgency:
    """What decides which task comes first."""

    due_at: datetime | None
    required: bool
    last_studied_at: datetime | None


def order_of(task: Urgency) -> tuple[bool, float, bool, float]:
    """Sort key: dated tasks by date, then compulsory ones, then what was studied last."""
    studied = task.last_studied_at.timestamp() if task.last_studied_at else 0.0
    return (
        task.due_at is None,
        task.due_at.timestamp() if task.due_at else 0.0,
        not task.required,
        -studied,
    )


class RefusedCorrection(ValueError):
    """A correction that the archive does not take; `code` says why: reason, corrected, void, hours, unchanged."""

    def __init__(self, code: Literal["reason", "corrected", "void", "hours", "unchanged"]) -> None:
        super().__init__(code)
        self.code = code


def why_not_correct(
    *, reason: str, already_corrected: bool, is_void: bool, hours: Decimal, void: bool, unchanged: bool
) -> RefusedCorrection | None:
    """Why a record may not be corrected like this; None when it may."""
    if not reason.strip():
        return RefusedCorrection("reason")
    if already_corrected:
        return RefusedCorrection("corrected")
    if is_void:
        return RefusedCorrection("void")
    if not void and not Decimal(0) <= hours < Decimal(10000):
        return RefusedCorrection("hours")
    if unchanged and not void:
        return RefusedCorrection("unchanged")
    return None
