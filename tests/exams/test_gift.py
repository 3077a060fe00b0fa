"""GIFT and Aiken: what each way of writing a question becomes, and what is refused where."""

import pytest

from exams.exchange import aiken, gift
from exams.exchange.question import Exchanged, Markup, Why
from exams.exchange.unreadable import Unreadable
from tests.exams.sources import GIFT


def one(text: str) -> Exchanged:
    found = gift.read(text.encode())
    assert not found.not_carried
    [question] = found.questions
    return question


def refused(text: str) -> str:
    found = gift.read(text.encode())
    assert not found.questions and found.not_carried[0].why == Why.REFUSED
    return found.not_carried[0].reason


def test_every_way_of_answering_is_a_type() -> None:
    found = gift.read(GIFT.encode())
    types = ["single", "multiple", "fill_in", "true_false", "matching", "numerical", "essay"]
    assert [question.type for question in found.questions] == types
    assert [question.topic for question in found.questions] == ["安全/验电"] * 7
    single, multiple, gap, truth, pairs, number, _essay = found.questions
    assert (single.title, single.stem) == ("T1", "高压验电应使用_____。")
    assert (single.content, single.key) == (
        {"options": ["合格的验电器", "手"]},
        {"correct": [0], "feedback": ["对", ""]},
    )
    assert (multiple.key, multiple.explanation) == ({"correct": [0, 1]}, "见规程")
    assert (gap.stem, gap.key["blanks"][0]["accepted"][1]) == ("低压为{{1}}伏。", {"text": "二百二十", "share": "0.5"})
    assert (truth.stem, truth.key) == ("先验电: 后接地", {"correct": True, "feedback": ["对", "不对"]})
    assert (pairs.content["right"], pairs.key) == (["第一步", "第二步", "第三步"], {"pairs": [0, 1]})
    assert (number.markup, number.key["accepted"]) == (
        Markup.HTML,
        [{"value": "220", "tolerance": "5", "share": "1"}],
    )
    assert [(each.place, each.what) for each in found.not_carried] == [("第 20 行", "坏的 {=甲")]


@pytest.mark.parametrize(
    ("body", "accepted"),
    [
        ("#1822", [("1822", "0", "1")]), ("#3.141..3.142", [("3.1415", "0.0005", "1")]),
        ("#=10:0.5#对 =%50%10:2 ~#错", [("10", "0.5", "1"), ("10", "2", "0.5")]),
        ("#-1,5:1e-1", [("-1.5", "0.1", "1")]),
    ],
)  # fmt: skip
def test_numbers_are_written_in_many_ways(body: str, accepted: list[tuple[str, str, str]]) -> None:
    found = one(f"几 {{{body}}}").key["accepted"]
    assert [(each["value"], each["tolerance"], each["share"]) for each in found] == accepted


def test_fractions_that_differ_are_kept_as_shares() -> None:
    assert one("题 {=甲 ~%25%乙 ~丙}").key == {"correct": [0], "shares": ["1", "0.25", "0"]}
    assert one("题 {~%50%甲 ~%50%乙 ~%-50%丙}").key == {"correct": [0, 1], "shares": ["0.5", "0.5", "-0.5"]}


def test_several_right_options_of_which_any_earns_all() -> None:
    question = one("题 {=甲 =乙 ~丙}")
    assert (question.type, question.key) == ("single", {"correct": [0, 1]})
    assert one(gift.write([question]).data.decode()).key == question.key


def test_a_backslash_takes_the_meaning_away() -> None:
    question = one(r"::a\:b:: \{x\} \= \\(y\\) \~{=\=1\n2 ~\#3}")
    assert (question.title, question.stem) == ("a:b", r"{x} = \(y\) ~")
    assert question.content["options"] == ["=1\n2", "#3"]


def test_comments_tell_code_and_tags() -> None:
    question = one("// [id:A-1] [tag:春检] [tag:难度=5] [tag:依据=《安规》]\n题 {T}")
    assert (question.code, question.tags, question.difficulty, question.basis_document) == (
        "A-1",
        ("春检",),
        5,
        "《安规》",
    )


def test_a_text_without_braces_is_a_description() -> None:
    assert one("以下各题看图回答").type == "description"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("题 {=甲", "花括号不成对"), ("题 }=甲{", "花括号不成对"), ("一 {T} 二 {F}", "两题之间请空一行"),
        ("{=甲 ~乙}", "没有题干"), ("题 {~甲 ~乙}", "没有标出正确选项"), ("题 {=甲 ~}", "至少要有两个选项"),
        ("题 {#abc}", "不是数字"), ("题 {=a -> b =c}", "缺少箭头"), ("题 {=a -> b}", "至少要有两对"),
        ("题 {#}", "没有给出数值答案"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(text: str, reason: str) -> None:
    assert reason in refused(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_the_encoding_is_found(encoding: str) -> None:
    assert len(gift.read(GIFT.encode(encoding)).questions) == 7


def test_line_ends_of_windows_and_a_megabyte_are_no_matter() -> None:
    long = "长" * 1_000_000
    [question] = gift.read(f"题\r\n{{=甲 ~{long}}}\r\n".encode()).questions
    assert question.content["options"][1] == long


def test_an_empty_file_is_refused() -> None:
    for data in (b"", b"  \n", b"// only a comment"):
        with pytest.raises(Unreadable):
            gift.read(data)


def test_aiken() -> None:
    found = aiken.read(
        "验电用什么？\nA. 手\nB) 验电器\nANSWER: B\n\n坏的\nA. 甲\nB. 乙\nANSWER: D\n没有答案\nA. 甲\n".encode()
    )
    [question] = found.questions
    assert (question.stem, question.content, question.key) == (
        "验电用什么？",
        {"options": ["手", "验电器"]},
        {"correct": [1]},
    )
    assert [(each.place, each.reason) for each in found.not_carried] == [
        ("第 6 行", "答案里有 D，但没有这个选项"),
        ("第 10 行", "缺少“ANSWER:”一行"),
    ]
