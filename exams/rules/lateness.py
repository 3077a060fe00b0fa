"""Until when answers that came after the end may be accepted, and which of them. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from exams.rules import appealing

AT_LEAST: Final = 3  # working days after the release, also where nobody may ask for a review
CLOCKS_DIFFER: Final = timedelta(seconds=10)


def last_moment(released_at: datetime | None, appeal_days: int) -> datetime | None:
    """As long as the result itself may be reviewed; None while it is not released: then there is no end yet."""
    return released_at and appealing.last_moment(released_at, max(appeal_days, AT_LEAST))


def is_open(released_at: datetime | None, appeal_days: int, *, at: datetime) -> bool:
    """Whether late answers may still be accepted."""
    end = last_moment(released_at, appeal_days)
    return end is None or at < end


class WhyNot(StrEnum):
    """Why an answer that came after the end cannot be accepted; the wording is the template's."""

    NOT_IN_TIME = "not_in_time"
    OLDER = "older"
    MARKED = "marked"


def why_not(
    written_at: datetime | None, ended_at: datetime | None, *, newest: datetime | None = None, marked: bool = False
) -> WhyNot | None:
    """The reason against accepting it, None when there is none.

    What the device says about the time is a claim; what it does not even claim is not accepted. `newest`: when the
    answer that counts was given, as its device says. `marked`: people have marked the question already.
    """
    if not (written_at and ended_at and written_at <= ended_at + CLOCKS_DIFFER):
        return WhyNot.NOT_IN_TIME
    if newest and newest > written_at:
        return WhyNot.OLDER
    return WhyNot.MARKED if marked else None
