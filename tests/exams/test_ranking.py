"""Places: points, then time; teams by the sum of their best."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.rules import ranking
from exams.rules.ranking import Result


def result(who: int, points: int, seconds: int = 60, team: int | None = None) -> Result:
    return Result(who, Decimal(points), seconds, team)


def places(results: list[Result]) -> list[tuple[int, int]]:
    return [(one.place, one.result.who) for one in ranking.ranked(results)]


def test_equal_points_are_told_apart_by_time_and_equal_results_share_a_place() -> None:
    rows = [result(1, 80), result(2, 90, 100), result(3, 90, 50), result(4, 90, 100), result(5, 70)]
    assert places(rows) == [(1, 3), (2, 2), (2, 4), (4, 1), (5, 5)]


def test_the_best_attempt_of_a_person_counts() -> None:
    rows = [result(1, 80, 10), result(1, 90, 500), result(1, 90, 400), result(2, 85)]
    assert sorted((one.who, int(one.points), one.seconds) for one in ranking.best(rows)) == [(1, 90, 400), (2, 85, 60)]


def test_a_team_has_the_points_of_its_best_members() -> None:
    rows = [result(1, 50, 9, 7), result(2, 90, 10, 7), result(3, 80, 20, 7), result(4, 85, 5, 8), result(5, 99)]
    first, second = ranking.teams(rows, 2)
    assert (first.place, first.result.who, int(first.result.points), first.result.seconds) == (1, 7, 170, 30)
    assert (second.place, second.result.who, int(second.result.points), second.result.members) == (2, 8, 85, 1)


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (65, "1:05"), (3600, "60:00")])
def test_time_is_told_in_minutes_and_seconds(seconds: int, text: str) -> None:
    assert result(1, 1, seconds).time == text


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=30))
def test_a_place_is_one_more_than_those_who_are_better(facts: list[tuple[int, int]]) -> None:
    rows = [result(who, *each) for who, each in enumerate(facts)]
    for one in ranking.ranked(rows):
        assert one.place == 1 + sum(each.order < one.result.order for each in rows)
