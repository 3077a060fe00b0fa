"""What holds for every question type."""

import json
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams import types
from exams.models import Exam
from tests.exams.examples import CASE, ESSAY, EXAMPLES, MARKED_CASE, SECRET, Example

every = pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.type)
graded = pytest.mark.parametrize(
    "example",
    [each for each in EXAMPLES if each.kind.right(each.content, each.key, each.order())],
    ids=lambda e: e.type,
)
examples = st.sampled_from(EXAMPLES)
policies = st.sampled_from(Exam.Scoring.values)
scraps = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 6) | st.floats(0, 1.5) | st.text(max_size=5) | st.just("10.12 kV"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=8,
)


def test_every_type_has_an_example() -> None:
    assert {example.type for example in EXAMPLES} == set(types.registered())


@every
def test_a_checked_question_is_checked_once_and_for_all(example: Example) -> None:
    content, key = example.kind.checked(example.content, example.key)
    assert example.kind.checked(content, key) == (content, key)
    assert json.loads(json.dumps([content, key])) == [content, key]
    assert example.kind.misfit(example.stem, content) == ""


@every
def test_nothing_of_the_key_is_public(example: Example) -> None:
    content, key = example.kind.checked(example.content, example.key)
    shown = types.public(example.kind, {**content, "key": key, "correct": SECRET}, example.order(Random(1)))
    assert set(shown) == set(example.kind.public_schema)
    assert all(isinstance(shown[field], wanted) for field, wanted in example.kind.public_schema.items())
    assert SECRET not in json.dumps(shown, ensure_ascii=False)
    assert not _names(shown) & SECRET_NAMES


SECRET_NAMES = {
    *("correct", "shares", "feedback", "accepted", "tolerance", "factor", "pairs", "sequence", "grading", "rubric"),
    *("reference", "areas", "order_free", "case", "wild", "unit_penalty"),
}


def _names(shown: Any) -> set[str]:
    if isinstance(shown, dict):
        return set(shown).union(*(_names(each) for each in shown.values()))
    return set().union(*(_names(each) for each in shown)) if isinstance(shown, list) else set()


@graded
@given(seed=st.integers(0, 99), scoring=policies)
def test_the_right_answer_earns_everything_on_every_paper(example: Example, seed: int, scoring: str) -> None:
    order = example.order(Random(seed))
    right = example.kind.right(example.content, example.key, order)
    assert example.kind.parse(right, example.content, order) == right
    assert example.share(right, scoring, order) == 1
    lines = example.kind.reviewed(example.content, example.key, order, right)
    assert all(line.right == line.chosen for line in lines if line.role in ("option", "answer"))
    assert not example.kind.waits(example.content, right)


@every
@given(scoring=policies)
def test_no_answer_earns_nothing_and_waits_for_nobody_but_an_assessor(example: Example, scoring: str) -> None:
    assert not example.kind.answered(None)
    assert example.share(None, scoring) == 0
    assert example.kind.waits(example.content, None) == (example.type == "score_sheet")
    example.kind.reviewed(example.content, example.key, example.order(), None)


@given(example=examples, raw=scraps | st.lists(scraps, max_size=4), scoring=policies, seed=st.integers(0, 9))
def test_whatever_arrives_is_refused_or_read_once_and_for_all(
    example: Example, raw: Any, scoring: str, seed: int
) -> None:
    order = example.order(Random(seed))
    try:
        payload = example.kind.parse(raw, example.content, order)
    except types.Malformed:
        return
    assert example.kind.parse(payload, example.content, order) == payload
    json.dumps(payload, allow_nan=False).encode()
    share = example.share(payload, scoring, order)
    assert isinstance(share, Fraction) and 0 <= share <= 1
    assert share == 0 or example.kind.answered(payload)
    assert example.kind.reviewed(example.content, example.key, order, payload) is not None
    assert all(-1 <= each.credit <= 1 for each in example.kind.responses(example.content, example.key, order, payload))


@given(example=examples, content=scraps, key=scraps, field=st.integers(0, 5), other=scraps)
def test_whatever_is_given_as_a_question_is_checked_or_refused_in_words(
    example: Example, content: Any, key: Any, field: int, other: Any
) -> None:
    for what, answer in [
        (content, key),
        (example.content, key),
        (content, example.key),
        _changed(example, field, other),
    ]:
        try:
            found = example.kind.checked(what, answer)
        except types.Refused as refusal:
            assert refusal.field and refusal.reason
        else:
            assert example.kind.checked(*found) == found


def _changed(example: Example, field: int, other: Any) -> tuple[Any, Any]:
    """The example with one field of content or key replaced."""
    names = [("content", name) for name in example.content] + [("key", name) for name in example.key]
    if not names:
        return example.content, example.key
    where, name = names[field % len(names)]
    if where == "content":
        return {**example.content, name: other}, example.key
    return example.content, {**example.key, name: other}


@every
def test_a_row_says_all_of_a_question_or_there_is_none(example: Example) -> None:
    content, key = example.kind.checked(example.content, example.key)
    row = example.kind.row(example.stem, content, key)
    assert row is None or example.kind.written(row) == (content, key)
    assert row is None or example.kind.in_rows


@every
def test_the_random_guess_score_is_a_share_or_unknown(example: Example) -> None:
    guess = example.kind.guess_score(example.content, example.key)
    assert guess is None or 0 <= guess <= 1


@every
def test_texts_can_be_rewritten(example: Example) -> None:
    same = example.kind.rewritten(example.content, example.key, str)
    assert same == (dict(example.content), dict(example.key))
    content, _key = example.kind.rewritten(example.content, example.key, lambda text: f"<p>{text}</p>")
    marked = json.dumps(content, ensure_ascii=False).count("<p>")
    assert marked >= {"single": 4, "multiple": 4, "matching": 7, "ordering": 3, "case": 2}.get(example.type, 0)


def test_only_given_answers_wait_for_markers() -> None:
    assert ESSAY.kind.waits(ESSAY.content, "写了") and not ESSAY.kind.waits(ESSAY.content, " ")
    assert MARKED_CASE.kind.waits(MARKED_CASE.content, [[0], "写了"])
    assert not MARKED_CASE.kind.waits(MARKED_CASE.content, [[0], None])
    assert not CASE.kind.waits(CASE.content, [[0], "写了"])
