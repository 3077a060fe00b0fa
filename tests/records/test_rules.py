from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.records import rules
from lms.records.rules import LessonFact, ReadingFacts, Result, Stretch

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
CAP = 8 * 45 * 60


def stretch(ended: float = 0, touched: float = 0, day: date = TODAY) -> Stretch:
    return Stretch(day, NOON + timedelta(seconds=ended), NOON + timedelta(seconds=touched))


def credit(stretch: Stretch, seconds: float, day: date = TODAY, earned: int = 0) -> rules.Credit:
    at = NOON + timedelta(seconds=seconds)
    return rules.credit(stretch, at=at, day=day, earned_today=earned, daily_cap=CAP)


@pytest.mark.parametrize(("characters", "seconds"), [(0, 0), (1, 1), (400, 60), (2000, 300), (401, 61)])
def test_reading_time_is_400_characters_a_minute_rounded_up(characters: int, seconds: int) -> None:
    assert rules.reading_seconds(characters, 400) == seconds


def test_a_beat_after_fifteen_seconds_earns_fifteen() -> None:
    assert credit(stretch(), 15).seconds == 15


def test_one_beat_never_earns_more_than_twenty_seconds() -> None:
    assert credit(stretch(), 50).seconds == 20


def test_the_fraction_of_a_second_is_kept_for_the_next_beat() -> None:
    first = credit(stretch(), 15.9)
    second = credit(stretch(ended=(first.ended_at - NOON).total_seconds()), 31.1)
    assert (first.seconds, second.seconds) == (15, 16)


def test_a_beat_after_more_than_a_minute_begins_a_new_interval_and_earns_nothing() -> None:
    worth = credit(stretch(), 61)
    assert (worth.seconds, worth.breaks) == (0, True)


def test_midnight_begins_a_new_interval() -> None:
    assert credit(stretch(), 10, day=TODAY + timedelta(days=1)).breaks


def test_after_three_minutes_without_touch_the_person_is_asked_and_time_still_counts() -> None:
    worth = credit(stretch(ended=185), 200)
    assert (worth.state, worth.seconds) == ("idle", 15)


def test_a_minute_later_time_no_longer_counts() -> None:
    worth = credit(stretch(ended=230), 241)
    assert (worth.state, worth.seconds) == ("idle", 0)


def test_eight_hours_of_forty_five_minutes_are_the_most_a_day_can_earn() -> None:
    assert credit(stretch(), 15, earned=CAP - 5).seconds == 5
    assert credit(stretch(), 15, earned=CAP).state == "capped"


@given(gaps=st.lists(st.floats(min_value=0, max_value=90), max_size=80), earned=st.integers(0, CAP))
def test_whatever_the_beats_time_credited_never_exceeds_the_clock_or_the_cap(gaps: list[float], earned: int) -> None:
    now, total, current = 0.0, 0, stretch()
    for gap in gaps:
        now += gap
        worth = credit(
            Stretch(TODAY, current.ended_at, NOON + timedelta(seconds=now)), now, earned=min(CAP, earned + total)
        )
        assert 0 <= worth.seconds <= rules.LONGEST_CREDIT
        assert current.ended_at <= worth.ended_at <= NOON + timedelta(seconds=now)
        total += worth.seconds
        current = Stretch(TODAY, worth.ended_at, NOON)
    assert total <= now
    assert earned + total <= CAP


@given(beats=st.lists(st.floats(min_value=0.01, max_value=18), min_size=1, max_size=80))
def test_somebody_who_studies_without_a_break_loses_less_than_a_second(beats: list[float]) -> None:
    now, total, current = 0.0, 0, stretch()
    for gap in beats:
        now += gap
        worth = credit(Stretch(TODAY, current.ended_at, NOON + timedelta(seconds=now)), now)
        total += worth.seconds
        current = Stretch(TODAY, worth.ended_at, NOON)
    assert now - total < 1.01


@given(
    end=st.booleans(),
    valid=st.integers(0, 1000),
    required=st.integers(0, 1000),
    asked=st.sets(st.sampled_from("abc")),
    answered=st.sets(st.sampled_from("abc")),
)
def test_a_lesson_is_read_when_end_time_and_self_checks_are_all_there(
    end: bool, valid: int, required: int, asked: set[str], answered: set[str]
) -> None:
    missing = rules.outstanding(ReadingFacts(end, valid, required, asked, answered))
    assert ("end" in missing) is not end
    assert ("time" in missing) is (valid < required)
    assert ("self_checks" in missing) is bool(asked - answered)


def test_a_course_is_done_when_all_required_lessons_are() -> None:
    assert rules.course_done([LessonFact(True, True), LessonFact(False, False)])
    assert not rules.course_done([LessonFact(True, True), LessonFact(True, False)])


def test_where_no_lesson_is_required_all_of_them_count() -> None:
    assert not rules.course_done([LessonFact(False, True), LessonFact(False, False)])
    assert rules.course_done([LessonFact(False, True)])


def test_an_empty_course_is_never_done() -> None:
    assert not rules.course_done([])


@given(st.lists(st.builds(LessonFact, st.booleans(), st.booleans())))
def test_finishing_one_more_lesson_never_makes_a_done_course_open(lessons: list[LessonFact]) -> None:
    if rules.course_done(lessons):
        assert rules.course_done([LessonFact(lesson.required, True) for lesson in lessons])


def test_only_a_result_that_was_not_passed_completes_nothing() -> None:
    assert rules.counts(Result())
    assert rules.counts(Result(passed=True))
    assert not rules.counts(Result(score=Decimal(74), max_score=Decimal(100), passed=False))


def test_a_task_is_overdue_the_moment_after_its_date() -> None:
    assert rules.due(NOON, at=NOON).state == "soon"
    late = rules.due(NOON, at=NOON + timedelta(seconds=1))
    assert (late.state, late.days) == ("overdue", 1)


def test_a_task_without_a_date_is_never_due() -> None:
    assert rules.due(None, at=NOON) == rules.Due("", 0)


@pytest.mark.parametrize(("days_left", "given"), [(30, 30), (7, 7), (6.9, 7.9), (0.5, 7.5), (0, 7)])
def test_whoever_arrives_has_a_week_and_the_same_hour(days_left: float, given: float) -> None:
    due_at = rules.due_on_arrival(NOON + timedelta(days=days_left), at=NOON)
    assert due_at is not None
    assert due_at - NOON == timedelta(days=given)


def test_what_has_no_date_still_runs_and_what_is_over_does_not() -> None:
    assert rules.due_on_arrival(None, at=NOON) is None
    assert rules.still_running(None, at=NOON)
    assert not rules.still_running(NOON, at=NOON)


def test_dated_tasks_come_first_then_compulsory_ones_then_what_was_studied_last() -> None:
    due = rules.Urgency(NOON, False, None)
    compulsory = rules.Urgency(None, True, None)
    studied = rules.Urgency(None, False, NOON)
    idle = rules.Urgency(None, False, None)
    assert sorted([idle, studied, compulsory, due], key=rules.order_of) == [due, compulsory, studied, idle]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"reason": "  "}, "reason"),
        ({"already_corrected": True}, "corrected"),
        ({"is_void": True}, "void"),
        ({"hours": Decimal(-1)}, "hours"),
        ({"unchanged": True}, "unchanged"),
    ],
)
def test_a_correction_says_why_it_is_refused(facts: dict[str, object], code: str) -> None:
    given = {"reason": "补录", "already_corrected": False, "is_void": False, "hours": Decimal(1)}
    refusal = rules.why_not_correct(**{**given, "void": False, "unchanged": False, **facts})  # type: ignore[arg-type]
    assert refusal is not None
    assert refusal.code == code
