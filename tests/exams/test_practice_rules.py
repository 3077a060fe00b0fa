"""Which questions come, when a level opens, when a question comes back, what cites a clause."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.practice import memory, rules
from exams.practice.citing import cites
from exams.practice.rules import Topic, Why

AT = datetime(2026, 11, 20, 1, tzinfo=UTC)
IDS = st.lists(st.integers(1, 60), unique=True, max_size=30)


@given(IDS, IDS, IDS, IDS)
def test_a_daily_practice_asks_five_to_ten_different_questions_as_far_as_there_are_some(
    due: list[int], new: list[int], weak: list[int], fresh: list[int]
) -> None:
    chosen = [question for question, _why in rules.daily(due, new, weak, fresh)]
    assert len(set(chosen)) == len(chosen) <= rules.DAILY_MOST
    assert len(chosen) >= min(rules.DAILY, len({*due, *new, *weak, *fresh}))


def test_what_is_due_comes_first_then_new_then_weak() -> None:
    chosen = rules.daily([1], [2, 3, 4], [5, 6, 7], [8])
    assert chosen == [(1, Why.DUE), (2, Why.NEW), (3, Why.NEW), (5, Why.WEAK), (6, Why.WEAK)]


def test_a_weekend_does_not_break_a_streak_and_a_week_does() -> None:
    friday = date(2026, 11, 20)
    days = [friday - timedelta(days=back) for back in (0, 1, 4, 5, 12)]
    assert rules.streak(days, friday) == 4
    assert rules.streak([], friday) == 0
    assert rules.streak([friday - timedelta(days=5)], friday) == 0


def test_a_level_opens_when_the_one_before_is_passed() -> None:
    assert rules.open_levels([]) == 0
    assert rules.open_levels([False, False]) == 1
    assert rules.open_levels([True, False, False]) == 2
    assert rules.open_levels([True, True]) == 2
    assert rules.passes(8, 10) and not rules.passes(7, 10) and not rules.passes(0, 0)


def test_a_topic_is_weak_only_after_some_answers() -> None:
    assert Topic(1, "验电", 9, 0, 3, 1).is_weak
    assert not Topic(1, "验电", 9, 0, 2, 0).is_weak
    assert not Topic(1, "验电", 9, 0, 10, 8).is_weak


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 60)), min_size=1, max_size=12))
def test_a_question_comes_back_after_a_day_at_least_and_half_a_year_at_most(answers: list[tuple[bool, int]]) -> None:
    known, at = None, AT
    for right, days in answers:
        known = memory.reviewed(known, right, at)
        assert timedelta(days=1) <= known.due - at <= timedelta(days=memory.LONGEST)
        at += timedelta(days=days)


def test_what_was_right_comes_back_later_than_what_was_wrong() -> None:
    first = memory.reviewed(None, True, AT)
    later = AT + timedelta(days=3)
    assert memory.reviewed(first, True, later).due > memory.reviewed(first, False, later).due


@pytest.mark.parametrize(
    ("text", "document", "clause", "expected"),
    [
        ("《中华人民共和国安全生产法》第三条规定", "安全生产法", "第三条", True),
        ("《安全生产法》 第十三条", "安全生产法", "第三条", False),
        ("第三条……《安全生产法》另有规定", "安全生产法", "第三条", False),
        ("《安规（变电部分）》5.3.6 条", "安规（变电部分）", "5.3.6", True),
        ("《安规（变电部分）》5.3.61 和 15.3.6", "安规（变电部分）", "5.3.6", False),
        ("《安规（变电部分）》7.4.1", "安规（变电部分）", "7.4", False),
        ("《安全生产法》第五十四条", "安全生产法", "第五十三条、第五十四条", True),
        ("《安全生产法》第四十六条", "安全生产法", "第四十六条第二款", True),
        ("《安规》教育要求", "安规", "教育和培训", False),
        ("任何文字", "", "", False),
        ("《安全生产法》", "《安全生产法》", "", False),
    ],
)
def test_a_text_cites_a_clause_when_it_names_it_soon_after_its_document(
    text: str, document: str, clause: str, expected: bool
) -> None:
    assert cites(text, document, clause) is expected
