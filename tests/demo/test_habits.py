"""When people of the demo learn: on working days and in working hours mostly, before a due date, and not at night."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from lms.demo import habits

ASSIGNED, DUE = date(2026, 3, 2), date(2026, 4, 10)


def test_most_finish_on_working_days_and_in_the_last_days_before_the_due_date() -> None:
    rng = Random(1)
    days = [habits.day_in_time(rng, ASSIGNED, DUE) for _ in range(2000)]
    assert all(ASSIGNED < day <= DUE for day in days)
    weekend = sum(day.weekday() > 4 for day in days) / len(days)
    assert 0.03 < weekend < 0.15
    last_week, week_before = (sum(0 <= (DUE - day).days - ahead < 7 for day in days) for ahead in (0, 7))
    assert last_week > 1.5 * week_before


def test_a_holiday_stands_nearly_still_and_june_is_busier_than_august() -> None:
    def mean(first: date, days: int) -> float:
        each = (first + timedelta(days=ahead) for ahead in range(days))
        return sum(habits.weight(day, date(2026, 1, 1), date(2026, 12, 31)) for day in each) / days

    assert mean(date(2026, 10, 1), 7) < 0.1 * mean(date(2026, 9, 14), 7)
    assert mean(date(2026, 6, 1), 28) > 1.5 * mean(date(2026, 8, 3), 28)


def test_who_is_late_finishes_on_a_working_day_mostly_within_three_weeks() -> None:
    rng = Random(1)
    late = [habits.day_too_late(rng, DUE) for _ in range(500)]
    assert all(day > DUE and day.weekday() < 5 for day in late)
    assert sum((day - DUE).days <= 21 for day in late) > 350


@pytest.mark.parametrize("by_night", [False, True])
def test_nobody_begins_between_late_evening_and_morning(by_night: bool) -> None:
    rng = Random(1)
    hours = [habits.hour(rng, by_night=by_night) for _ in range(500)]
    assert min(hours) >= 8 and max(hours) <= 22
    evening = sum(hour > 19 for hour in hours) / len(hours)
    assert evening > 0.75 if by_night else 0.1 < evening < 0.3


def test_a_course_is_learned_on_some_days_in_order_and_in_whole_lessons() -> None:
    rng = Random(1)
    for lessons in (1, 2, 11, 18):
        days = habits.days_of_study(rng, ASSIGNED, DUE, lessons)
        assert days == sorted(set(days)) and days[-1] == DUE and days[0] >= ASSIGNED
        parts = habits.portions(lessons, len(days))
        assert [number for part in parts for number in part] == list(range(lessons))
        assert len(parts) == len(days) and all(parts)


def test_a_day_after_the_assignment_leaves_one_day_of_study() -> None:
    assert habits.days_of_study(Random(1), DUE, DUE, 7) == [DUE]


def test_weekends_give_way_to_monday() -> None:
    assert [habits.workday(date(2026, 11, day)).day for day in (20, 21, 22, 23)] == [20, 23, 23, 23]


def test_the_hours_of_a_day_are_spread_over_morning_afternoon_and_evening() -> None:
    rng = Random(1)
    parts = Counter(int(habits.hour(rng)) // 6 for _ in range(600))
    assert parts[1] > parts[2] > parts[3] > 60
