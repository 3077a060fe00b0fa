"""Drawing finds a paper whenever there is one, and never twice the same question."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.drawing import Candidate, Infeasible, Rule, Shortage, draw

ONE = Decimal(1)
TYPES, TOPICS = ["single", "multiple"], ["验电", "接地"]
CANDIDATES = [
    Candidate(n, 1000 + n, 1, TYPES[n % 2], TOPICS[n // 2 % 2]) for n in range(20)
]  # five of each type and topic
rules = st.lists(
    st.builds(
        Rule,
        st.just(1),
        st.sampled_from(["", *TYPES]),
        st.sampled_from(["", *TOPICS]),
        st.integers(1, 8),
        st.just(ONE),
    ),
    min_size=1,
    max_size=4,
)


@given(rules=rules, seed=st.integers(0, 99))
def test_a_paper_has_what_each_rule_asks_for(rules: list[Rule], seed: int) -> None:
    try:
        paper = draw(rules, CANDIDATES, Random(seed))
    except Infeasible:
        return
    assert len({drawn.version for drawn in paper}) == len(paper) == sum(rule.count for rule in rules)


@given(rules=rules, seed=st.integers(0, 9))
def test_whether_a_paper_is_possible_does_not_depend_on_chance(rules: list[Rule], seed: int) -> None:
    def possible(random: Random) -> bool:
        try:
            return bool(draw(rules, CANDIDATES, random))
        except Infeasible:
            return False

    assert possible(Random(seed)) == possible(Random(seed + 1000)) == possible(Random(seed + 2000))


def test_rules_that_cross_do_not_eat_each_others_questions() -> None:
    asked = [Rule(1, "single", "", 5, ONE), Rule(1, "", "验电", 5, ONE), Rule(1, "single", "验电", 5, ONE)]
    for seed in range(50):
        assert len(draw(asked, CANDIDATES, Random(seed))) == 15


def test_a_compulsory_question_is_not_drawn_again() -> None:
    asked = [Rule(1, "", "", 1, ONE, question=3), Rule(1, "multiple", "接地", 4, ONE)]
    for seed in range(50):
        assert draw(asked, CANDIDATES, Random(seed))[0].version == 1003


def test_a_shortage_says_how_many_there_are() -> None:
    with pytest.raises(Infeasible) as error:
        draw([Rule(1, "single", "", 12, ONE)], CANDIDATES, Random(1))
    assert error.value.shortages == [Shortage(0, 10, 10)]


def test_every_question_can_be_drawn() -> None:
    seen = {
        drawn.version for seed in range(200) for drawn in draw([Rule(1, "", "", 3, ONE)], CANDIDATES, Random(seed))
    }
    assert len(seen) == len(CANDIDATES)
