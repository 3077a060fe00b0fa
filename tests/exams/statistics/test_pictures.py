"""Thirds, histogram, flags and heat map: pure counting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.analysis.chart import histogram
from exams.analysis.flags import Doubt, flags
from exams.analysis.heat import Field, Found, rows
from exams.statistics.thirds import Third, bins, thirds


@given(st.lists(st.integers(0, 20), max_size=12))
def test_thirds_are_equally_large_and_ordered(totals: list[int]) -> None:
    found = thirds(totals)
    upper = [total for total, third in zip(totals, found, strict=True) if third is Third.UPPER]
    lower = [total for total, third in zip(totals, found, strict=True) if third is Third.LOWER]
    assert len(upper) == len(lower) == len(totals) // 3
    assert not upper or max(lower) <= min(upper)


@given(st.lists(st.integers(-3, 50), max_size=12))
def test_every_total_lies_in_one_bin(totals: list[int]) -> None:
    assert sum(bins(totals, 50)) == len(totals)


def test_full_marks_lie_in_the_last_bin_and_nothing_to_gain_in_the_first() -> None:
    assert bins([50, 45, 44, 0], 50) == [1, 0, 0, 0, 0, 0, 0, 0, 1, 2]
    assert bins([0, 0], 0) == [2, *[0] * 9]


def test_the_histogram_stands_on_its_foot_and_marks_who_passed() -> None:
    drawn = histogram([0, 0, 0, 0, 0, 0, 2, 4, 1, 0], 80)
    assert all(bar.y + bar.height == drawn.foot for bar in drawn.bars)
    assert [bar.passed for bar in drawn.bars] == [False] * 8 + [True] * 2
    assert max(drawn.bars, key=lambda bar: bar.height).count == 4
    assert drawn.pass_x == drawn.scale[4][0]


@pytest.mark.parametrize(
    ("attempts", "facility", "discrimination", "parts", "expected"),
    [
        (36, 40.0, -25.0, [60, 40, 20], [Doubt.KEY]),
        (36, 40.0, -24.0, [60, 40, 20], [Doubt.FLAT]),  # chance may explain it
        (36, 40.0, -25.0, [20, 40, 20], [Doubt.FLAT]),
        (1000, 40.0, -5.0, [45, 40, 36], [Doubt.KEY]),
        (30, 20.0, 40.0, [0, 10, 50], [Doubt.HARD]),
        (30, 96.0, 5.0, [90, 98, 100], [Doubt.EASY]),
        (30, 100.0, None, [100, 100, 100], [Doubt.EASY]),
        (100, 60.0, 9.9, [55, 60, 65], [Doubt.FLAT]),
        (100, 60.0, 10.1, [55, 60, 65], []),
        (30, 60.0, None, [60, 60, 60], [Doubt.FLAT]),
        (30, 60.0, 35.0, [40, 60, 80], []),
        (9, 5.0, -50.0, [50, 0, 0], []),
        (30, None, None, [None, None, None], []),
    ],
)
def test_flags(
    attempts: int,
    facility: float | None,
    discrimination: float | None,
    parts: list[float | None],
    expected: list[Doubt],
) -> None:
    assert [flag.doubt for flag in flags(attempts, facility, discrimination, parts)] == expected


def test_the_figures_of_a_flag_are_those_that_made_it() -> None:
    assert flags(36, 40, -30, [60, 40, 20])[0].figures == (20, 60)
    assert flags(30, 96, 5, [90, 98, 100])[0].figures == (96,)


def test_wrong_answers_gather_by_label_and_column_the_most_wrong_first() -> None:
    found = [
        Found(1, "甲", {"1": [4, 1], "2": [6, 1]}),
        Found(2, "乙", {"1": [2, 2], "9": [5, 5]}),
        Found(3, "甲", {"3": [2, 2]}),
        Found(4, "丙", {"9": [5, 5]}),
    ]
    first, second = rows(found, [frozenset({1}), frozenset({2, 3})])
    assert (first.label, first.total, first.fields) == ("乙", Field(2, 2), [Field(2, 2), Field()])
    assert (second.label, list(second.numbers), second.total) == ("甲", [1, 3], Field(12, 4))
    assert second.fields == [Field(4, 1), Field(8, 3)]


@pytest.mark.parametrize(
    ("asked", "wrong", "level"), [(0, 0, 0), (4, 4, 0), (5, 5, 4), (10, 0, 0), (10, 1, 1), (20, 5, 2), (10, 4, 3)]
)
def test_shades_grow_with_the_share_of_wrong_answers(asked: int, wrong: int, level: int) -> None:
    assert Field(asked, wrong).level == level
