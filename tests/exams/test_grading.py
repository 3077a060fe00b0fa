"""Grading is a pure function of paper, answers and rule version."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams import queries, types
from exams.models import Attempt, Exam
from exams.rules import grading
from lms.people.models import Person
from tests.exams.conftest import enrolled
from tests.exams.sitting import answer_all, hand_in, start

SINGLE, MULTIPLE, TRUE_FALSE = types.get("single"), types.get("multiple"), types.get("true_false")
KEY = {"correct": [0, 2, 3]}
CONTENT = {"options": ["甲", "乙", "丙", "丁", "戊"]}
STRAIGHT = [0, 1, 2, 3, 4]
orders = st.permutations(STRAIGHT)
choices = st.sets(st.integers(0, 4)).map(sorted)


def share(payload: Any, scoring: str = "all_or_nothing", order: list[int] | None = None) -> Fraction:
    return MULTIPLE.share(CONTENT, KEY, order or STRAIGHT, payload, scoring)


def test_every_right_option_and_no_other_earns_all_points() -> None:
    assert share([0, 2, 3]) == share([0, 2, 3], "partial") == 1


def test_a_right_subset_earns_its_part_only_when_the_exam_says_so() -> None:
    assert (share([0, 2]), share([0, 2], "partial")) == (Fraction(0), Fraction(2, 3))


@pytest.mark.parametrize("scoring", ["all_or_nothing", "partial"])
def test_one_wrong_option_earns_nothing(scoring: str) -> None:
    assert share([0, 1, 2, 3], scoring) == share([1], scoring) == 0


@pytest.mark.parametrize("nothing", [None, []])
@pytest.mark.parametrize("kind", ["single", "multiple", "true_false"])
def test_no_answer_earns_nothing(kind: str, nothing: Any) -> None:
    key = {"correct": False} if kind == "true_false" else {"correct": [0]}
    assert types.get(kind).share(CONTENT, key, [0, 1], nothing, "partial") == 0


def test_true_or_false_takes_a_number_or_a_bool() -> None:
    shares = [TRUE_FALSE.share({}, {"correct": True}, [0, 1], payload, "") for payload in ([0], True, [1], False)]
    assert shares == [1, 1, 0, 0]


@given(order=orders, chosen=choices)
def test_the_order_on_the_paper_does_not_change_the_points(order: list[int], chosen: list[int]) -> None:
    shown = sorted(order.index(own) for own in chosen)
    assert share(shown, "partial", order) == share(chosen, "partial")


@given(chosen=choices, more=st.integers(0, 4))
def test_points_are_between_none_and_all_and_a_wrong_option_never_helps(chosen: list[int], more: int) -> None:
    before = share(chosen, "partial")
    assert 0 <= before <= 1
    if more not in KEY["correct"]:
        assert share(sorted({*chosen, more}), "partial") <= before


@given(kind=st.sampled_from(["single", "multiple", "true_false"]), raw=st.recursive(
    st.none() | st.booleans() | st.integers(-2, 6) | st.floats(allow_nan=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
))  # fmt: skip
def test_parsing_gives_a_canonical_answer_or_refuses(kind: str, raw: Any) -> None:
    try:
        payload = types.get(kind).parse(raw, CONTENT, [3, 1, 0, 2])
    except types.Malformed:
        return
    assert types.get(kind).parse(payload, CONTENT, [3, 1, 0, 2]) == payload
    if isinstance(payload, list):
        assert payload == sorted(set(payload)) and all(type(n) is int and 0 <= n < 4 for n in payload)
    else:
        assert payload is None or (kind == "true_false" and isinstance(payload, bool))


@pytest.mark.parametrize("raw", [[True], ["0"], [0, 0], [4], [-1], [0.0], "0", {"0": 1}, 0])
def test_a_choice_takes_only_option_numbers(raw: Any) -> None:
    with pytest.raises(types.Malformed):
        MULTIPLE.parse(raw, CONTENT, [3, 1, 0, 2])


def test_a_single_choice_takes_one_option() -> None:
    with pytest.raises(types.Malformed):
        SINGLE.parse([0, 1], CONTENT, [3, 1, 0, 2])


def test_halves_of_a_cent_round_up() -> None:
    marking = grading.Marking("multiple", CONTENT, {"correct": [0, 1, 2, 3]}, [0, 1, 2, 3], [0], Decimal("0.50"))
    assert grading.score(marking, "partial") == Decimal("0.13")


@given(points=st.decimals(0, 100, places=2), percent=st.integers(1, 100))
def test_the_pass_mark_is_exact(points: Decimal, percent: int) -> None:
    assert grading.passed(points, Decimal(100), percent) == (points >= percent)


@pytest.mark.django_db
@pytest.mark.parametrize("scoring", ["all_or_nothing", "partial"])
def test_every_score_can_be_recomputed(
    make_exam: Callable[..., Exam], make_person: Callable[..., Person], at: datetime, scoring: str
) -> None:
    exam = make_exam(multiple_scoring=scoring)
    for number in range(6):
        person = make_person(f"0099{number}", f"考生{number}", "YL0901")
        enrolled(exam, person, at)
        attempt = start(exam, person, at)
        answer_all(attempt, at, right=number)
        hand_in(attempt, at)
    Exam.objects.update(multiple_scoring="partial")  # a later decision does not reach back
    for attempt in Attempt.objects.select_related("exam"):
        scores = queries.graded(attempt)
        assert scores == dict(attempt.items.values_list("pk", "score"))
        assert grading.total(scores.values()) == attempt.score
        assert attempt.grading == f"1:{scoring}"
