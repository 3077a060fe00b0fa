"""Where a formula has no value there is none, and the reason is said."""

from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.statistics import Analysis, Table, Why, analyse

MARKS = st.integers(1, 5).flatmap(
    lambda items: st.lists(st.lists(st.integers(0, 4), min_size=items, max_size=items), max_size=12)
)


def of(*rows: list[int], maxima: list[int] | None = None) -> Analysis:
    return analyse(Table.of_one_paper(1, maxima or [4] * len(rows[0]), rows))


def parts(analysis: Analysis) -> list[dict[str, Any]]:
    return [asdict(analysis.paper), *map(asdict, analysis.items)]


def test_nobody_has_sat() -> None:
    analysis = analyse(Table.of_one_paper(1, [4, 4], []))
    assert analysis.paper.mean is None and analysis.paper.attempts == 0
    assert set(analysis.paper.undefined.values()) == {Why.FEW_ATTEMPTS}
    assert analysis.items[0].facility is None and analysis.items[0].intended_weight == 50


def test_one_attempt_has_a_mean_and_a_facility_but_no_spread() -> None:
    analysis = of([4, 2])
    assert (analysis.paper.mean, analysis.paper.median) == (6, 6)
    assert {"deviation", "skewness", "kurtosis", "consistency"} <= set(analysis.paper.undefined)
    assert analysis.items[1].facility == 50
    assert analysis.items[1].undefined["discrimination"] == Why.FEW_ATTEMPTS


def test_two_attempts_have_a_spread_but_no_shape_or_consistency() -> None:
    paper = of([4, 2], [0, 1]).paper
    assert paper.deviation == pytest.approx(3.5355339)
    assert paper.undefined == dict.fromkeys(
        ("skewness", "kurtosis", "consistency", "error_ratio", "standard_error"), Why.FEW_ATTEMPTS
    )


def test_three_attempts_have_a_skewness_but_no_kurtosis() -> None:
    paper = of([4, 2], [0, 1], [1, 1]).paper
    assert paper.skewness is not None and paper.undefined == {"kurtosis": Why.FEW_ATTEMPTS}


def test_equal_totals_leave_no_shape() -> None:
    paper = of([4, 0], [0, 4], [2, 2]).paper
    assert paper.deviation == 0
    assert paper.undefined["skewness"] == paper.undefined["consistency"] == Why.SAME_TOTALS


def test_one_item_has_no_consistency_and_nothing_to_be_compared_with() -> None:
    analysis = of([4], [2], [0])
    assert analysis.paper.undefined["consistency"] == Why.ONE_ITEM
    assert analysis.items[0].undefined == {"discrimination": Why.SAME_REST, "efficiency": Why.SAME_REST}


def test_an_item_against_the_totals_has_no_effective_weight_and_the_others_share_it() -> None:
    first, second, against = of([4, 4, 0], [2, 2, 1], [0, 0, 2]).items
    assert against.undefined == {"effective_weight": Why.NEGATIVE_COVARIANCE}
    assert first.effective_weight == second.effective_weight == pytest.approx(50)


def test_a_paper_worth_nothing() -> None:
    item = of([0], [0], maxima=[0]).items[0]
    assert item.undefined["facility"] == item.undefined["intended_weight"] == Why.NO_MARKS
    assert item.undefined["effective_weight"] == Why.NO_COVARIANCE


def test_alpha_of_two_equal_halves_is_one_hundred() -> None:
    paper = of([4, 4], [1, 1], [0, 0], [3, 3]).paper
    assert paper.consistency == pytest.approx(100)
    assert (paper.error_ratio, paper.standard_error) == (0, 0)


@given(MARKS)
def test_any_marks_give_figures_within_their_bounds_or_a_reason(rows: list[list[int]]) -> None:
    if not rows:
        return
    analysis = of(*rows)
    for item in analysis.items:
        assert 0 <= (item.facility or 0) <= 100
        for name in ("discrimination", "efficiency"):
            value = getattr(item, name)
            assert value is None or -100 - 1e-9 <= value <= 100 + 1e-9 or name == "efficiency"
            assert (value is None) == (name in item.undefined)
    weights = [item.effective_weight for item in analysis.items if item.effective_weight is not None]
    assert not weights or sum(weights) == pytest.approx(100)
    assert analysis.paper.consistency is None or analysis.paper.consistency <= 100 + 1e-9


@given(MARKS)
def test_figures_do_not_depend_on_the_order_of_attempts_or_the_unit(rows: list[list[int]]) -> None:
    if not rows:
        return
    maxima = [400] * len(rows[0])
    finer = analyse(Table.of_one_paper(100, maxima, [[100 * mark for mark in row] for row in reversed(rows)]))
    plain = of(*rows)
    for one, other in zip(parts(finer), parts(plain), strict=True):
        assert one.pop("undefined") == other.pop("undefined")
        assert one == pytest.approx(other)
