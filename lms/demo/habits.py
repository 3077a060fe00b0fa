"""When people learn: by season, weekday and hour, and the more the nearer a due date is. Pure; chance is handed in."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

WEEKDAYS: Final = (1.0, 1.15, 1.1, 1.0, 0.85, 0.3, 0.2)  # Monday first
MONTHS: Final = (0.9, 0.6, 1.3, 1.1, 1.0, 1.3, 0.75, 0.7, 1.1, 0.85, 1.15, 1.2)  # 春节, 安全生产月, 迎峰度夏 …
HOLIDAYS: Final = ((1, 1, 3), (5, 1, 5), (10, 1, 7))  # month, first and last day: hardly anybody learns
BY_DAY: Final = ((8.2, 11.2, 0.45), (14.2, 17.0, 0.35), (19.2, 21.0, 0.20))  # from, to (hours), share
BY_NIGHT: Final = ((14.5, 17.0, 0.15), (19.5, 22.0, 0.85))
LONGEST: Final = 100  # days somebody is late at most


def weight(day: date, assigned: date, due: date) -> float:
    """How likely a day is to be the one somebody finishes on, beside other days."""
    if any(day.month == month and first <= day.day <= last for month, first, last in HOLIDAYS):
        return 0.05
    at_once = 1.2 * math.exp(-(day - assigned).days / 9)
    in_haste = 2.5 * math.exp(-(due - day).days / 6)
    return WEEKDAYS[day.weekday()] * MONTHS[day.month - 1] * (1 + at_once + in_haste)


def day_in_time(rng: Random, assigned: date, due: date) -> date:
    """A day after the assignment, the due day at the latest."""
    days = [assigned + timedelta(days=ahead) for ahead in range(1, (due - assigned).days + 1)] or [due]
    return rng.choices(days, [weight(day, assigned, due) for day in days])[0]


def day_too_late(rng: Random, due: date, *, delay: float = 12) -> date:
    """A working day after the due day, about `delay` days on average; nobody stays away for more than `LONGEST`."""
    return workday(due + timedelta(days=1 + int(min(rng.expovariate(1 / delay), LONGEST))))


def workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def hour(rng: Random, *, by_night: bool = False) -> float:
    """An hour of the day to sit down at, e.g. 8.5 for half past eight."""
    hours = BY_NIGHT if by_night else BY_DAY
    first, last, _ = rng.choices(hours, [share for *_, share in hours])[0]
    return rng.uniform(first, last)


def days_of_study(rng: Random, first: date, last: date, lessons: int) -> list[date]:
    """The days on which somebody sits down, in order, ending with `last`: up to five lessons in one go."""
    goes = min(max(1, round(lessons / rng.uniform(2.5, 5.5))), max(1, (last - first).days))
    earliest = max(first, last - timedelta(days=14))
    choice = [earliest + timedelta(days=ahead) for ahead in range((last - earliest).days)]
    weights = [WEEKDAYS[day.weekday()] for day in choice]
    before: set[date] = set()
    while choice and len(before) < min(goes - 1, len(choice)):
        before.add(rng.choices(choice, weights)[0])
    return [*sorted(before), last]


def portions(lessons: int, goes: int) -> Sequence[range]:
    """Which lessons are learned in which go: 11 in 3 are 0–3, 4–7, 8–10."""
    bounds = [math.ceil(lessons * number / goes) for number in range(goes + 1)]
    return [range(start, end) for start, end in zip(bounds, bounds[1:], strict=False)]
