"""Questions of the further types as people write them into a sheet."""

from typing import Any

import pytest

from exams import types
from exams.types import Refused, Written


def written(kind: str, answer: str, stem: str = "题干", **options: str) -> Any:
    return types.get(kind).written(Written(stem, options, answer))


def test_blanks_are_separated_by_bars_and_answers_by_semicolons() -> None:
    row = Written("先____，再（ ）。", {}, "停电；断电|验电")
    content, key = types.get("fill_in").written(row)
    assert types.get("fill_in").stem(row) == "先{{1}}，再{{2}}。"
    assert content == {"blanks": [{"kind": "text"}, {"kind": "text"}]}
    texts = [[each["text"] for each in blank["accepted"]] for blank in key["blanks"]]
    assert texts == [["停电", "断电"], ["验电"]]


def test_a_blank_with_a_tolerance_is_a_number() -> None:
    content, key = written("fill_in", "220±5 V")
    assert content == {"blanks": [{"kind": "number"}]}
    assert key["blanks"][0] == {
        "accepted": [{"value": "220", "tolerance": "5", "share": "1"}],
        "units": [{"name": "V", "factor": "1"}],
    }


@pytest.mark.parametrize(
    ("answer", "value", "tolerance", "units"),
    [
        ("0.35", "0.35", "0", []),
        ("-1.50 A", "-1.5", "0", ["A"]),
        ("2.5×10^-3±0.0001", "0.0025", "0.0001", []),
        ("10kV ± 0.5kV", "10", "0.5", ["kV"]),
        ("1e3", "1000", "0", []),
    ],
)
def test_numbers_may_have_a_tolerance_and_a_unit(answer: str, value: str, tolerance: str, units: list[str]) -> None:
    content, key = written("numerical", answer)
    assert content == ({"units": units} if units else {})
    assert key["accepted"] == [{"value": value, "tolerance": tolerance, "share": "1"}]


def test_an_order_is_written_in_letters() -> None:
    content, key = written("ordering", "B→C→A", A="接地", B="停电", C="验电")
    assert (content, key) == ({"items": ["接地", "停电", "验电"]}, {"sequence": [1, 2, 0]})


def test_matches_follow_the_options_and_may_be_more() -> None:
    content, key = written("matching", "无电压|突然来电|坠落", A="验电器", B="接地线")
    assert content == {"left": ["验电器", "接地线"], "right": ["无电压", "突然来电", "坠落"]}
    assert key == {"pairs": [0, 1]}


def test_an_open_question_has_a_reference() -> None:
    assert written("short_answer", "先停电，后验电") == ({}, {"rubric": [], "reference": "先停电，后验电"})


@pytest.mark.parametrize(
    ("kind", "answer", "stem", "options", "field"),
    [
        ("fill_in", "甲|乙", "只有____一处", {}, "stem"),
        ("fill_in", "甲||乙", "____、____、____", {}, "answer"),
        ("numerical", "约二百", "题干", {}, "answer"),
        ("ordering", "AB", "题干", {"A": "一", "B": "二", "C": "三"}, "answer"),
        ("ordering", "AAB", "题干", {"A": "一", "B": "二", "C": "三"}, "answer"),
        ("matching", "甲", "题干", {"A": "一", "B": "二"}, "answer"),
        ("case", "甲", "题干", {}, "type"),
    ],
)
def test_what_does_not_fit_is_refused(kind: str, answer: str, stem: str, options: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        written(kind, answer, stem, **options)
    assert refusal.value.field == field
