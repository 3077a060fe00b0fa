"""Answers to questions of every type are counted, and what guessing earns is known where it can be."""

import json
from typing import Any

import pytest

from exams import types
from exams.analysis.answers import Answers
from exams.analysis.collect import MOST, Option, most_given
from exams.exchange.question import Markup
from exams.models import QuestionVersion
from tests.exams import examples
from tests.exams.examples import Example

EVERY = [each for each in vars(examples).values() if isinstance(each, Example)]


def reader(example: Example, **facts: Any) -> Answers:
    version = QuestionVersion(
        pk=1, type=example.type, stem=example.stem, content=example.content, key=example.key, **facts
    )
    return Answers({1: version})


def read(answers: Answers, example: Example, payload: Any) -> list[Option]:
    return answers.read(1, json.dumps(example.order()), None if payload is None else json.dumps(payload))


@pytest.mark.parametrize("example", EVERY, ids=lambda each: each.type)
def test_right_and_missing_answers_are_read(example: Example) -> None:
    answers = reader(example)
    right = example.kind.right(example.content, example.key, example.order())
    found = read(answers, example, right)
    if right is not None and not example.kind.manual and found:
        assert any(option.credit > 0 for option in found)
    assert all(not option.credit for option in read(answers, example, None))
    guess = answers.guess(1)
    assert guess is None or 0 <= guess <= 100


def test_what_is_offered_is_listed_in_its_own_order_with_what_it_earns() -> None:
    offered = reader(examples.SINGLE).offered(1)
    assert [(option.text, option.credit) for option in offered.values()] == [
        ("正常", 0), ("高", 100), ("低", 0), ("没有", 0),
    ]  # fmt: skip


def test_an_option_is_the_same_wherever_it_was_shown() -> None:
    answers = reader(examples.MULTIPLE)
    one = answers.read(1, "[3, 2, 1, 0]", "[0, 3]")
    assert {option.option for option in one} == {"3", "0"}
    assert set(one) <= set(answers.offered(1).values())


def test_guessing_earns_what_moodle_says() -> None:
    assert reader(examples.SINGLE).guess(1) == 25
    assert reader(examples.TRUE_FALSE).guess(1) == 50
    assert reader(examples.MULTIPLE).guess(1) is None


def test_texts_with_formatting_are_counted_as_words() -> None:
    example = Example("single", {"options": ["<b>高</b>", "低"]}, {"correct": [0]})
    assert reader(example, markup=Markup.HTML).offered(1)["0"].text == "高"


def test_of_many_written_answers_the_right_and_the_frequent_ones_are_kept() -> None:
    written = {Option("1", f"={n}", str(n), 0): [0, 0, n] for n in range(50)}
    right = Option("1", "0", "220", 100)
    kept = dict(most_given({**written, right: [0, 0, 0]}))
    assert len(kept) == MOST and right in kept
    assert Option("1", "=49", "49", 0) in kept and Option("1", "=3", "3", 0) not in kept


def test_every_type_has_an_example() -> None:
    assert {example.type for example in EVERY} == set(types.registered())
