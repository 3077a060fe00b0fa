"""Drawing finds a paper whenever there is one, and never twice the same question."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.rules.drawing import Candidate, Cell, Drawn, Infeasible, Rule, Shortage, Stock, draw, expected_difficulty

ONE = Decimal(1)
TYPES, TOPICS = ["single", "multiple"], ["验电", "接地"]


def stock_of(numbers: Sequence[int]) -> Stock:
    cells: dict[Cell, list[Candidate]] = defaultdict(list)
    for n in numbers:
        cells[Cell(1, TYPES[n % 2], TOPICS[n // 2 % 2], 1 + n // 4)].append(Candidate(n, 1000 + n, 1 + n // 4))
    return Stock(cells)


STOCK = stock_of(range(20))  # five of each type and topic, one of each difficulty
rules = st.lists(
    st.builds(
        Rule,
        st.just(1),
        st.sampled_from(["", *TYPES]),
        st.sampled_from(["", *TOPICS]),
        st.integers(1, 8),
        st.just(ONE),
        easiest=st.integers(1, 3),
        hardest=st.integers(3, 5),
    ),
    min_size=1,
    max_size=4,
)


@given(rules=rules, seed=st.integers(0, 99))
def test_a_paper_has_what_each_rule_asks_for(rules: list[Rule], seed: int) -> None:
    try:
        paper = draw(rules, STOCK, Random(seed))
    except Infeasible:
        return
    assert len({drawn.version for drawn in paper}) == len(paper) == sum(rule.count for rule in rules)


@given(rules=rules, seed=st.integers(0, 9))
def test_whether_a_paper_is_possible_does_not_depend_on_chance(rules: list[Rule], seed: int) -> None:
    def possible(random: Random) -> bool:
        try:
            return bool(draw(rules, STOCK, random))
        except Infeasible:
            return False

    assert possible(Random(seed)) == possible(Random(seed + 1000)) == possible(Random(seed + 2000))


def test_rules_that_cross_do_not_eat_each_others_questions() -> None:
    asked = [Rule(1, "single", "", 5, ONE), Rule(1, "", "验电", 5, ONE), Rule(1, "single", "验电", 5, ONE)]
    for seed in range(50):
        assert len(draw(asked, STOCK, Random(seed))) == 15


def test_a_compulsory_question_is_not_drawn_again() -> None:
    asked = [Rule(1, "", "", 1, ONE, question=3), Rule(1, "multiple", "接地", 4, ONE)]
    for seed in range(50):
        assert draw(asked, STOCK, Random(seed))[0].version == 1003


def test_a_shortage_says_how_many_there_are() -> None:
    with pytest.raises(Infeasible) as error:
        draw([Rule(1, "single", "", 12, ONE)], STOCK, Random(1))
    assert error.value.shortages == [Shortage(0, 10, 10)]


def test_every_question_can_be_drawn() -> None:
    seen = {drawn.version for seed in range(200) for drawn in draw([Rule(1, "", "", 3, ONE)], STOCK, Random(seed))}
    assert len(seen) == 20


@given(rules=rules, seed=st.integers(0, 99), without=st.sets(st.integers(0, 19)))
def test_what_is_left_out_is_as_if_the_bank_did_not_have_it(rules: list[Rule], seed: int, without: set[int]) -> None:
    def questions(stock: Stock, without: set[int]) -> set[int] | None:
        try:
            return {drawn.question for drawn in draw(rules, stock, Random(seed), without=without)}
        except Infeasible:
            return None

    smaller = questions(stock_of(sorted(set(range(20)) - without)), set())
    found = questions(STOCK, without)
    assert (found is None) == (smaller is None)
    assert not found or not found & without


def test_a_compulsory_question_comes_even_when_it_was_asked_before() -> None:
    asked = [Rule(1, "", "", 1, ONE, question=3)]
    assert [drawn.question for drawn in draw(asked, STOCK, Random(1), without={3})] == [3]


def test_a_topic_covers_what_lies_below_it() -> None:
    cells = {Cell(1, "single", topic, 3): [Candidate(n, n)] for n, topic in enumerate(["安规", "安规/验电", "安规二"])}
    drawn = draw([Rule(1, "", "安规", 2, ONE)], Stock(cells), Random(1))
    assert {one.question for one in drawn} == {0, 1}


def test_only_tagged_questions_of_the_asked_difficulty() -> None:
    tagged, other = Cell(1, "single", "", 5, frozenset({"带电"})), Cell(1, "single", "", 5)
    stock = Stock({tagged: [Candidate(1, 1, 5)], other: [Candidate(2, 2, 5)]})
    assert draw([Rule(1, "", "", 1, ONE, tag="带电", easiest=4)], stock, Random(1))[0].question == 1
    with pytest.raises(Infeasible) as error:
        draw([Rule(1, "", "", 1, ONE, tag="带电", hardest=4)], stock, Random(1))
    assert error.value.shortages == [Shortage(0, 0, 0)]


def test_each_question_is_as_likely_as_another() -> None:
    counts = Counter(
        drawn.question for seed in range(4000) for drawn in draw([Rule(1, "", "", 5, ONE)], STOCK, Random(seed))
    )
    assert min(counts.values()) > 850 and max(counts.values()) < 1150  # 1,000 expected


def test_difficulty_weighs_points() -> None:
    drawn = [Drawn(1, 1, Decimal(3), 1), Drawn(2, 2, Decimal(1), 5)]
    assert expected_difficulty(drawn) == 2.0
    assert expected_difficulty([]) == 0.0
