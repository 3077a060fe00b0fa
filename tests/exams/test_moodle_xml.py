"""Moodle XML: every type of question, pictures, cloze, and files that mean harm."""

import base64

import pytest

from exams.exchange import moodle_xml
from exams.exchange.question import Exchange, Exchanged, Markup, Why
from exams.exchange.unreadable import Unreadable
from tests.exams.pictures import PNG
from tests.exams.sources import MOODLE

PICTURE = base64.b64encode(PNG).decode()


def quiz(body: str, type: str, stem: str = "题", format: str = "html") -> Exchange:
    text = f"<questiontext format='{format}'><text><![CDATA[{stem}]]></text></questiontext>"
    return moodle_xml.read(f"<quiz><question type='{type}'>{text}{body}</question></quiz>".encode())


def one(body: str, type: str, stem: str = "题", format: str = "html") -> Exchanged:
    found = quiz(body, type, stem, format)
    assert not found.not_carried
    return found.questions[0]


def answer(text: str, fraction: object = 0, more: str = "") -> str:
    return f"<answer fraction='{fraction}'><text>{text}</text>{more}</answer>"


def test_a_file_with_pictures_tags_and_categories() -> None:
    found = moodle_xml.read(MOODLE.encode())
    choice, cloze, number, truth = found.questions
    [name] = choice.media
    assert choice.media[name].data == PNG and f'<img src="media:{name}"' in choice.stem
    assert (choice.topic, choice.points, choice.difficulty, choice.tags) == ("安全/验电", "2", 4, ("春检",))
    assert choice.key == {"correct": [0, 1], "feedback": ["对", "", ""]}
    assert cloze.stem.count("{{") == 3 and cloze.content["blanks"][1] == {"kind": "number", "weight": "2"}
    assert cloze.content["blanks"][2]["options"] == ["对}", "错"]
    assert (number.markup, number.content) == (Markup.PLAIN, {"units": ["kV", "V"]})
    assert number.key["units"] == [{"name": "kV", "factor": "1"}, {"name": "V", "factor": "0.001"}]
    assert truth.key == {"correct": True}
    assert [(each.what, each.why) for each in found.not_carried] == [
        ("calculated", Why.UNSUPPORTED),
        ("random", Why.UNSUPPORTED),
    ]
    sentences = [sentence for _place, sentence in found.remarks]
    assert sentences == ["多次尝试之间的提示不保留", "单个答案的反馈不保留"]


@pytest.mark.parametrize(
    ("text", "blank", "key"),
    [
        ("{1:SA:=甲}", {"kind": "text"}, {"accepted": [{"text": "甲", "share": "1"}]}),
        ("{:MWC:=A}", {"kind": "text"}, {"accepted": [{"text": "A", "share": "1"}], "case": True}),
        ("{3:SHORTANSWER:=a*~%0%*}", {"kind": "text", "weight": "3"},
         {"accepted": [{"text": "a*", "share": "1"}, {"text": "*", "share": "0"}], "wild": True}),
        ("{1:NM:=2.5:0.1~%50%3:1#近}", {"kind": "number"},
         {"accepted": [{"value": "2.5", "tolerance": "0.1", "share": "1"},
                       {"value": "3", "tolerance": "1", "share": "0.5"}]}),
        ("{1:MCVS:甲~%33.33333%乙~=丙\\~}", {"kind": "choice", "options": ["甲", "乙", "丙~"]},
         {"accepted": [{"option": 1, "share": "0.3333333"}, {"option": 2, "share": "1"}]}),
        ("{1:MCH:=a &lt; b~c}", {"kind": "choice", "options": ["a &lt; b", "c"]},
         {"accepted": [{"option": 0, "share": "1"}]}),
    ],
)  # fmt: skip
def test_cloze_becomes_blanks(text: str, blank: object, key: object) -> None:
    question = one("", "cloze", f"<p>前 {text} 后</p>")
    assert (question.type, question.stem) == ("fill_in", "<p>前 {{1}} 后</p>")
    assert (question.content, question.key) == ({"blanks": [blank]}, {"blanks": [key]})


def test_cloze_that_asks_for_several_options_becomes_a_case() -> None:
    question = one("", "cloze", "选 {1:MR:=甲~=乙~丙} 和 {2:MC:=是~否} 与 {1:NM:=3}")
    assert (question.type, question.stem) == ("case", "选 （1） 和 （2） 与 （3）")
    assert [part["type"] for part in question.content["parts"]] == ["multiple", "single", "numerical"]
    assert question.content["parts"][1]["weight"] == "2"


@pytest.mark.parametrize("stem", ["没有空", "{1:MC", "{1:NM:=abc}", "{1:SA:}"])
def test_broken_cloze_is_refused(stem: str) -> None:
    found = quiz("", "cloze", stem)
    assert not found.questions and found.not_carried[0].why == Why.REFUSED


def test_words_chosen_into_gaps() -> None:
    choices = "".join(
        f"<selectoption><text>{t}</text><group>{g}</group></selectoption>"
        for t, g in [("猫", 1), ("狗", 1), ("垫", 2), ("毯", 2)]
    )
    question = one(choices, "gapselect", "这 [[1]] 坐 [[4]]")
    assert question.stem == "这 {{1}} 坐 {{2}}"
    assert question.content["blanks"] == [
        {"kind": "choice", "options": ["猫", "狗"]},
        {"kind": "choice", "options": ["垫", "毯"]},
    ]
    assert question.key["blanks"][1] == {"accepted": [{"option": 1, "share": "1"}]}
    assert one(choices.replace("selectoption", "dragbox"), "ddwtos", "[[2]]").content["blanks"][0]["options"] == [
        "猫",
        "狗",
    ]
    assert quiz(choices, "gapselect", "[[9]]").not_carried[0].why == Why.REFUSED


def _markers(*choices: int) -> str:
    drops = "".join(
        f"<drop><shape>{shape}</shape><coords>{coords}</coords><choice>{choice}</choice></drop>"
        for choice, (shape, coords) in zip(choices, [("circle", "20,15;4"), ("rectangle", "0,0;10,15")], strict=True)
    )
    return f"<file name='a.png' encoding='base64'>{PICTURE}</file><drag><no>1</no><text>裂纹</text></drag>{drops}"


def test_one_marker_on_a_picture_is_a_hotspot() -> None:
    question = one(_markers(1, 1), "ddmarker")
    assert (question.type, question.content["width"], question.content["most"]) == ("hotspot", 40, 2)
    assert question.key["areas"] == [
        {"shape": "circle", "at": [0.5, 0.5], "radius": 0.1},
        {"shape": "rect", "box": [0, 0, 0.25, 0.5]},
    ]
    assert set(question.media) == {question.content["image"].removeprefix("media:")}


def test_what_is_like_nothing_here_is_named() -> None:
    for type, body in [("ddmarker", _markers(1, 2)), ("ddimageortext", ""), ("calculatedmulti", ""), ("stack", "")]:
        [trouble] = quiz(body, type).not_carried
        assert (trouble.what, trouble.why) == (type, Why.UNSUPPORTED) and trouble.reason


def test_matching_ordering_essay_and_short_answer() -> None:
    lines = "".join(
        f"<subquestion><text>{a}</text><answer><text>{b}</text></answer></subquestion>"
        for a, b in [("甲", 1), ("乙", 2), ("", 3)]
    )
    assert one(lines, "matching").content == {"left": ["甲", "乙"], "right": ["1", "2", "3"]}
    items = answer("后", 2) + answer("先", 1) + "<gradingtype>ALL_OR_NOTHING</gradingtype>"
    order = one(items, "ordering")
    assert (order.content, order.key) == ({"items": ["先", "后"]}, {"sequence": [0, 1], "grading": "exact"})
    notes = "<graderinfo format='plain_text'><text>【2 分】停电\n【1.5 分】验电\n参考</text></graderinfo>"
    notes += "<minwordlimit>20</minwordlimit>"
    essay = one(notes, "essay")
    assert essay.key["rubric"] == [{"text": "停电", "points": "2"}, {"text": "验电", "points": "1.5"}]
    assert (essay.key["reference"], essay.content) == ("参考", {"words": [20, 10000]})
    text = one(answer("220 V", 100) + answer("220", 50) + "<usecase>1</usecase>", "shortanswer")
    assert text.key["blanks"][0]["case"] is True and text.content == {"blanks": [{"kind": "text"}]}


def test_a_picture_inside_the_text_is_taken_out_of_it() -> None:
    question = one(
        "<single>true</single>" + answer("甲", 100) + answer("乙"),
        "multichoice",
        f'<img src="data:image/png;base64,{PICTURE}">',
    )
    assert len(question.media) == 1 and "base64" not in question.stem


def test_files_of_other_kinds_and_pictures_elsewhere_are_said() -> None:
    stem = '<img src="https://example.com/a.png"> <a href="@@PLUGINFILE@@/a.pdf">件</a>'
    found = quiz(answer("true", 100) + answer("false"), "truefalse", stem)
    assert [sentence for _place, sentence in found.remarks] == ["文件 a.pdf 不导入", "其他网站上的图片和视频不导入"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><quiz>&e;</quiz>", "自带实体"),
        (b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><quiz>&b;</quiz>", "自带实体"),
        (b"<quiz>" + b"<a>" * 100_000, "嵌套过深"), (b"<quiz>\n<question>\n</quiz>", "第 3 行无法读取"),
        (b"<html/>", "不是 Moodle"),
        (b"<quiz/>", "没有题目"), (b"", "文件是空的"), (b"\xff\xfe\x00", "XML|空"),
    ],
)  # fmt: skip
def test_a_file_that_means_harm_or_nothing_is_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        moodle_xml.read(data)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16", "utf-8-sig"])
def test_a_wrongly_declared_encoding_is_no_matter(encoding: str) -> None:
    text = MOODLE.replace("UTF-8", "ISO-8859-1")
    assert moodle_xml.read(text.encode(encoding)).questions[0].topic == "安全/验电"


@pytest.mark.parametrize("fraction", ["150", "abc", "1e999"])
def test_a_fraction_that_is_none_is_refused(fraction: str) -> None:
    found = quiz(answer("甲", fraction) + answer("乙", 100), "multichoice")
    assert found.not_carried[0].why == Why.REFUSED


def test_a_damaged_picture_is_refused_with_its_question() -> None:
    body = _markers(1, 1).replace(PICTURE, base64.b64encode(PNG[:40]).decode())
    assert "已损坏" in quiz(body, "ddmarker").not_carried[0].reason
    assert "已损坏" in quiz(_markers(1, 1).replace(PICTURE, "@@@"), "ddmarker").not_carried[0].reason
