"""What answers earn, type by type."""

from fractions import Fraction
from typing import Any

import pytest

from exams import types
from exams.types import comparing
from exams.types.assigning import assigned
from tests.exams.examples import (
    ANY_ORDER,
    CASE,
    ESSAY,
    EXACT_ORDER,
    FILL_IN,
    FIND_FAULT,
    HOTSPOT,
    MATCHING,
    MULTIPLE,
    MULTIPLE_SHARED,
    NUMERICAL,
    ONE_BLANK,
    ORDERING,
    SCORE_SHEET,
    SECRET,
    SHARED,
    SINGLE,
    TRUE_FALSE,
    Example,
)

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


@pytest.mark.parametrize(
    ("chosen", "partial", "per_option", "right_minus_wrong"),
    [
        ([0, 1, 3], 1, 1, 1),
        ([0, 1], Fraction(2, 3), Fraction(3, 4), Fraction(2, 3)),
        ([0, 2], 0, Fraction(1, 4), 0),
        ([0, 1, 2], 0, HALF, THIRD),
        ([0, 1, 2, 3], 0, Fraction(3, 4), Fraction(2, 3)),
        ([2], 0, 0, 0),
        ([], 0, 0, 0),
    ],
)
def test_several_right_options_earn_by_the_exam_s_policy(
    chosen: list[int], partial: Any, per_option: Any, right_minus_wrong: Any
) -> None:
    assert MULTIPLE.share(chosen, "all_or_nothing") == int(chosen == [0, 1, 3])
    assert MULTIPLE.share(chosen, "partial") == partial
    assert MULTIPLE.share(chosen, "per_option") == per_option
    assert MULTIPLE.share(chosen, "right_minus_wrong") == right_minus_wrong


def test_shares_count_under_every_policy_but_all_or_nothing() -> None:
    assert [SHARED.share([n], "partial") for n in range(4)] == [HALF, 1, 0, 0]
    assert [SHARED.share([n]) for n in range(4)] == [0, 1, 0, 0]
    assert MULTIPLE_SHARED.share([0], "per_option") == HALF
    assert MULTIPLE_SHARED.share([0, 1, 3], "right_minus_wrong") == Fraction(3, 4)
    assert MULTIPLE_SHARED.share([0, 2], "partial") == 0


def test_a_third_written_with_five_digits_is_a_third() -> None:
    assert comparing.part("0.33333") == THIRD and comparing.part("0.8333333") == Fraction(5, 6)
    assert comparing.part("0.27") == Fraction(27, 100)


@pytest.mark.parametrize(
    ("given", "share"),
    [
        ([f"{SECRET}验电器", "10", 1], 1),
        ([f" {SECRET} 验电 器 ", "１０．３ 机密ＫV".replace("Ｋ", "k"), 1], 1),
        ([f"{SECRET}验电笔", "10.6", None], Fraction(1, 8)),
        (["别的", "9600V", 0], HALF),
        ([None, "10 mV", None], 0),
        ([None, None, None], 0),
    ],
)
def test_blanks_earn_their_weights(given: list[Any], share: Any) -> None:
    payload = FILL_IN.kind.parse(given, FILL_IN.content, FILL_IN.order())
    assert FILL_IN.share(payload) == share


@pytest.mark.parametrize(
    ("given", "share"),
    [
        (["断电", "验电"], 1),
        (["验电", "停电"], 1),
        (["停电", "断电"], HALF),
        (["验电", "验电"], HALF),
        (["挂牌", None], 0),
    ],
)
def test_blanks_in_any_order_use_each_answer_once(given: list[Any], share: Any) -> None:
    assert ANY_ORDER.share([text and SECRET + text for text in given]) == share


def test_answers_in_any_order_are_given_the_best_places() -> None:
    whole, half = Fraction(1), HALF
    assert sum(assigned([[whole, half], [whole, Fraction(0)]])) == Fraction(3, 2)
    assert assigned([[Fraction(-1), Fraction(0)]]) == [0]


@pytest.mark.parametrize(
    ("given", "accepted", "how", "same"),
    [
        ("ＡＢ 12", "ab12", {}, True),
        ("AB", "ab", {"case": True}, False),
        ("接地线", "接*线", {"wild": True}, True),
        ("接线", "接*线", {"wild": True}, True),
        ("线", "线*线", {"wild": True}, False),
        ("接地线", "接*线", {}, False),
        ("a*b", "a*b", {}, True),
        ("aXbXc", "a*b*c", {"wild": True}, True),
        ("aXbXc", "*b*d*", {"wild": True}, False),
    ],
)
def test_texts_are_compared_without_width_and_blanks(given: str, accepted: str, how: Any, same: bool) -> None:
    assert comparing.same(given, accepted, **how) is same


def test_many_stars_cost_no_time() -> None:
    assert not comparing.same("a" * 500, "*a" * 200 + "*b", wild=True)


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("1,250.5 V", Fraction("1250.5"), "V"),
        ("－4", Fraction(-4), ""),
        ("−4", Fraction(-4), ""),
        ("2.5×10^3 Ω", Fraction(2500), "Ω"),
        ("2.5 x 10^-3", Fraction("0.0025"), ""),
        ("1e3", Fraction(1000), ""),
        ("5 eV", Fraction(5), "eV"),
        (".5", HALF, ""),
        ("12,34", Fraction(12), ",34"),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, value: Fraction, unit: str) -> None:
    assert comparing.number(typed) == (value, unit)


@pytest.mark.parametrize("typed", ["", "V", "约 3", "1e999", "1" * 99])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert comparing.number(typed) is None


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("10.125 kV", 1),
        ("10.135kV", 1),
        ("10125 V", 1),
        ("10.125", Fraction(9, 10)),
        ("10.125 A", Fraction(9, 10)),
        ("10.5 kV", HALF),
        ("11", Fraction(4, 10)),
        ("11.01 kV", 0),
        ("kV", 0),
        (None, 0),
    ],
)
def test_a_number_counts_within_its_tolerance_and_with_its_unit(typed: Any, share: Any) -> None:
    assert NUMERICAL.share(typed) == share


def test_without_a_penalty_a_missing_unit_is_no_fault_but_a_wrong_one_is() -> None:
    key = {name: value for name, value in NUMERICAL.key.items() if name != "unit_penalty"}
    example = Example("numerical", {}, key)
    assert (example.share("10.125"), example.share("10.125 A"), example.share("10125V")) == (1, 0, 1)


def test_wild_blanks_take_what_fits() -> None:
    assert ONE_BLANK.share([f"{SECRET}验电器"]) == 1 and ONE_BLANK.share([f"{SECRET}验电笔"]) == 0


def test_each_pair_earns_its_part_on_the_paper_as_shown() -> None:
    order = [3, 2, 1, 0]  # shown: 防坠落, 确认无电压, 防触电, 防突然来电
    assert MATCHING.share([1, 3, 2], order=order) == 1
    assert MATCHING.share([1, None, 2], order=order) == Fraction(2, 3)


def test_an_order_is_graded_as_a_whole_by_places_or_by_neighbours() -> None:
    own = [0, 1, 2, 3]
    neighbours = Example("ordering", ORDERING.content, {"sequence": [1, 0, 2, 3], "grading": "neighbours"})
    assert ORDERING.share([0, 1, 2, 3], order=own) == HALF
    assert neighbours.share([0, 2, 3, 1], order=own) == Fraction(2, 3)
    assert EXACT_ORDER.share([0, 1, 2], order=[0, 1, 2]) == 1 and EXACT_ORDER.share([0, 2, 1], order=[0, 1, 2]) == 0


def test_an_order_is_mixed_even_where_options_are_not() -> None:
    assert EXACT_ORDER.order() != [0, 1, 2] and EXACT_ORDER.order() == EXACT_ORDER.order()


@pytest.mark.parametrize(
    ("points", "shares"),
    [
        ([[0.2, 0.2], [0.7, 0.5]], (1, 1, 1, 1)),
        ([[0.2, 0.2]], (0, HALF, HALF, HALF)),
        ([[0.2, 0.2], [0.21, 0.21]], (0, HALF, HALF, HALF)),
        ([[0.2, 0.2], [0.7, 0.5], [0.9, 0.9]], (0, 0, HALF, HALF)),
        ([[0.7, 0.64]], (0, HALF, HALF, HALF)),
        ([[0.7, 0.67]], (0, 0, 0, 0)),
    ],
)
def test_places_in_a_picture_earn_like_options(points: Any, shares: tuple[Any, ...]) -> None:
    policies = ["all_or_nothing", "partial", "per_option", "right_minus_wrong"]
    assert tuple(HOTSPOT.share(points, policy) for policy in policies) == shares


def test_a_polygon_covers_what_it_encloses() -> None:
    assert FIND_FAULT.share([[0.48, 0.2]]) == 1 and FIND_FAULT.share([[0.2, 0.8]]) == 0


def test_the_parts_of_a_case_earn_their_weights() -> None:
    assert CASE.share([[2], None]) == Fraction(1, 4) and CASE.share([None, [f"{SECRET}答"]]) == Fraction(3, 4)


def test_a_failed_key_item_fails_the_whole_sheet() -> None:
    kind = types.get("score_sheet")
    sheet = types.Answered(SCORE_SHEET.content, {}, [], None, "", Fraction(10))
    assert kind.marked(sheet, [Fraction(30), Fraction(60)]) == Fraction(9, 10)
    assert kind.marked(sheet, [Fraction(0), Fraction(60)]) == 0


@pytest.mark.parametrize(
    ("example", "guess"),
    [
        (SINGLE, Fraction(1, 4)),
        (SHARED, Fraction(1, 4)),
        (MULTIPLE, None),
        (TRUE_FALSE, HALF),
        (FILL_IN, Fraction(1, 12)),
        (NUMERICAL, 0),
        (MATCHING, Fraction(1, 4)),
        (EXACT_ORDER, Fraction(1, 6)),
        (ORDERING, Fraction(1, 4)),
        (ESSAY, None),
        (CASE, Fraction(1, 16)),
        (HOTSPOT, None),
    ],
)
def test_the_random_guess_score(example: Example, guess: Any) -> None:
    assert example.kind.guess_score(example.content, example.key) == guess


def test_responses_name_parts_and_own_options() -> None:
    order = [3, 1, 0, 2]
    kind = SINGLE.kind
    assert kind.responses(SINGLE.content, SINGLE.key, order, [1]) == [("", "1", "高", Fraction(1))]
    assert kind.responses(SINGLE.content, SINGLE.key, order, None) == [("", None, "", Fraction(0))]
    chosen = MULTIPLE.kind.responses(MULTIPLE.content, MULTIPLE.key, order, [0, 3])
    assert chosen == [("2", "2", "低", 0), ("3", "3", "没有", THIRD)]
    pairs = MATCHING.kind.responses(MATCHING.content, MATCHING.key, order, [3, None, 1])
    assert pairs == [("0", "2", "确认无电压", THIRD), ("1", None, "", 0), ("2", "1", "防触电", THIRD)]
    blanks = FILL_IN.kind.responses(FILL_IN.content, FILL_IN.key, FILL_IN.order(), ["Ｘ笔", "10.2", 0])
    assert blanks == [("1", "=X笔", "Ｘ笔", 0), ("2", "0", "10.2", HALF), ("3", "=前", "前", 0)]
    parts = CASE.kind.responses(CASE.content, CASE.key, CASE.order(), [[2], None])
    assert parts == [("1", "2", "低", Fraction(1, 4)), ("2.1", None, "", 0)]
