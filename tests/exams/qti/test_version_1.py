"""QTI 1.2, as the standard writes it and as Canvas and Blackboard do."""

import base64

from exams import types
from exams.exchange.qti import read
from exams.exchange.question import Exchange, Exchanged, Why
from tests.exams.qti.samples import manifest, package, picture, told


def asked(*items: str) -> str:
    return (
        f'<questestinterop><assessment ident="A"><section ident="S">{"".join(items)}</section>'
        f"</assessment></questestinterop>"
    )


def item(shown: str, rules: str = "", kind: str = "", after: str = "") -> str:
    fields = "".join(
        f"<qtimetadatafield><fieldlabel>{name}</fieldlabel><fieldentry>{value}</fieldentry></qtimetadatafield>"
        for name, value in (("question_type", kind), ("points_possible", "2.0"))
        if value
    )
    return (
        f'<item ident="I1" title="题目"><itemmetadata><qtimetadata>{fields}</qtimetadata></itemmetadata>'
        f"<presentation>{shown}</presentation><resprocessing>{rules}</resprocessing>{after}</item>"
    )


def text(words: str, kind: str = "text/plain") -> str:
    return f'<material><mattext texttype="{kind}"><![CDATA[{words}]]></mattext></material>'


def labels(*texts: str) -> str:
    return "".join(
        f'<response_label ident="{chr(65 + place)}">{text(words)}</response_label>'
        for place, words in enumerate(texts)
    )


def lid(*texts: str, cardinality: str = "Single", ident: str = "R", own: str = "") -> str:
    rendered = f"<render_choice>{labels(*texts)}</render_choice>"
    return f'<response_lid ident="{ident}" rcardinality="{cardinality}">{own}{rendered}</response_lid>'


def fib(ident: str = "R", **attributes: str) -> str:
    told = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<response_str ident="{ident}"><render_fib{told}/></response_str>'


def rule(when: str, score: str = "100", action: str = "Set", feedback: str = "") -> str:
    shown = f'<displayfeedback linkrefid="{feedback}"/>' if feedback else ""
    scored = f'<setvar action="{action}" varname="SCORE">{score}</setvar>' if score else ""
    return f"<respcondition><conditionvar>{when}</conditionvar>{scored}{shown}</respcondition>"


def equal(value: str, ident: str = "R") -> str:
    return f'<varequal respident="{ident}">{value}</varequal>'


def exchange(*items: str) -> Exchange:
    return read(asked(*items).encode(), "quiz.xml")


def only(one: str) -> Exchanged:
    found = exchange(one)
    assert not found.not_carried, found.not_carried
    (question,) = found.questions
    types.get(question.type).checked(question.content, question.key)
    return question


def test_a_single_choice_with_feedback() -> None:
    rules = rule(equal("B")) + rule(equal("A"), "", feedback="A_fb")
    after = (
        f'<itemfeedback ident="A_fb">{text("不对")}</itemfeedback>'
        f'<itemfeedback ident="general_fb">{text("见安规")}</itemfeedback>'
    )
    question = only(item(text("电压怎样？") + lid("高", "正常"), rules, "multiple_choice_question", after))
    assert told(question) == ("single", {"options": ["高", "正常"]}, {"correct": [1], "feedback": ["不对", ""]})
    assert (question.stem, question.points, question.explanation) == ("电压怎样？", "2", "见安规")
    assert question.place == "quiz.xml · I1"


def test_true_and_false() -> None:
    question = only(item(text("对吗？") + lid("True", "False"), rule(equal("B"))))
    assert told(question) == ("true_false", {}, {"correct": False})


def test_several_right_as_canvas_asks_for_them() -> None:
    when = f"<and>{equal('A')}{equal('C')}<not>{equal('B')}</not></and>"
    question = only(item(text("哪些？") + lid("甲", "乙", "丙", cardinality="Multiple"), rule(when)))
    assert told(question) == ("multiple", {"options": ["甲", "乙", "丙"]}, {"correct": [0, 2]})


def test_several_right_that_add_up() -> None:
    rules = rule(equal("A"), "2", "Add") + rule(equal("B"), "2", "Add") + rule(equal("C"), "-1", "Add")
    question = only(item(text("哪些？") + lid("甲", "乙", "丙", cardinality="Multiple"), rules))
    assert question.key == {"correct": [0, 1], "shares": ["0.5", "0.5", "-0.25"]}


def test_variants_of_a_short_answer() -> None:
    question = only(item(text("用什么？") + fib(), rule(equal("验电器") + equal("验电笔")), "short_answer_question"))
    accepted = [{"text": "验电器", "share": "1"}, {"text": "验电笔", "share": "1"}]
    assert told(question) == ("fill_in", {"blanks": [{"kind": "text"}]}, {"blanks": [{"accepted": accepted}]})


def test_blanks_stand_where_they_stood() -> None:
    shown = f"<flow>{text('先')}{fib('R1')}{text('后')}{fib('R2')}{text('。')}</flow>"
    when = equal("停电", "R1") + equal("验电", "R2")
    question = only(item(shown, rule(when)))
    assert question.stem == "先 {{1}}后 {{2}}。" and question.type == "fill_in"
    assert [blank["accepted"][0]["text"] for blank in question.key["blanks"]] == ["停电", "验电"]


def test_limits_are_a_tolerance() -> None:
    limits = '<vargte respident="R">215</vargte><varlte respident="R">225</varlte>'
    either = f"<or>{equal('220')}<and>{limits}</and></or>"
    question = only(item(text("多少伏？") + fib(fibtype="Decimal"), rule(either), "numerical_question"))
    assert told(question) == ("numerical", {}, {"accepted": [{"value": "220", "tolerance": "5", "share": "1"}]})


def test_an_essay_has_no_key() -> None:
    question = only(item(text("论述。") + fib(rows="20"), kind="essay_question"))
    assert told(question) == ("essay", {}, {"rubric": []})


def test_matching_as_several_lists() -> None:
    lists = [lid("验电", "接地", ident=f"R{place}", own=text(left)) for place, left in enumerate(("验电器", "接地线"))]
    rules = rule(equal("A", "R0"), "50", "Add") + rule(equal("B", "R1"), "50", "Add")
    question = only(item(text("连线") + "".join(lists), rules, "matching_question"))
    assert told(question) == ("matching", {"left": ["验电器", "接地线"], "right": ["验电", "接地"]}, {"pairs": [0, 1]})
    assert question.stem == "连线"


def test_an_order() -> None:
    question = only(
        item(text("排序") + lid("甲", "乙", "丙", cardinality="Ordered"), rule(equal("C") + equal("A") + equal("B")))
    )
    assert told(question) == ("ordering", {"items": ["甲", "乙", "丙"]}, {"sequence": [2, 0, 1]})


def test_names_in_brackets_are_blanks() -> None:
    lists = lid("前", "后", ident="response_when", own=text("when"))
    question = only(
        item(
            text("作业[when]验电") + lists,
            rule(equal("A", "response_when"), action="Add"),
            "multiple_dropdowns_question",
        )
    )
    assert question.stem == "作业{{1}}验电"
    assert question.content == {"blanks": [{"kind": "choice", "options": ["前", "后"]}]}
    assert question.key == {"blanks": [{"accepted": [{"option": 0, "share": "1"}]}]}


def test_lists_of_their_own_are_a_case() -> None:
    lists = lid("前", "后", ident="R1", own=text("何时？")) + lid("左", "右", "中", ident="R2", own=text("何处？"))
    question = only(
        item(text("材料") + lists, rule(equal("A", "R1"), "50", "Add") + rule(equal("C", "R2"), "50", "Add"))
    )
    assert (question.type, question.stem) == ("case", "材料")
    assert [part["stem"] for part in question.content["parts"]] == ["何时？", "何处？"]
    assert question.key == {"parts": [{"correct": [0]}, {"correct": [2]}]}


def test_hotspots() -> None:
    image = (
        f"<material>"
        f'<matimage imagtype="image/png" embedded="base64">{base64.b64encode(picture()).decode()}</matimage>'
        f"</material>"
    )
    spot = '<response_label ident="A" rarea="Ellipse">200,100,40,40</response_label>'
    shown = (
        f'<response_lid ident="R" rcardinality="Single"><render_hotspot>{image}{spot}</render_hotspot></response_lid>'
    )
    question = only(item(text("点") + shown, rule(equal("A"))))
    assert question.key == {"areas": [{"shape": "circle", "at": [0.5, 0.5], "radius": 0.05}]}
    assert list(question.media) == [question.content["image"].removeprefix("media:")]


def test_what_we_have_nothing_like_is_named() -> None:
    slider = '<response_num ident="R"><render_slider lowerbound="1" upperbound="9"/></response_num>'
    lost = exchange(
        item(text("?") + slider),
        item(text("?") + fib(), kind="file_upload_question"),
        item(text("?") + lid("甲", "乙")),
    ).not_carried
    assert [each.why for each in lost] == [Why.UNSUPPORTED, Why.UNSUPPORTED, Why.REFUSED]
    assert "render_slider" in lost[0].what and "file_upload_question" in lost[1].what


def test_a_package_with_canvas_addresses() -> None:
    shown = text('<p>看<img src="$IMS-CC-FILEBASE$/pics/%E5%9B%BE.png?x=1" alt="图"></p>', "text/html") + lid(
        "甲", "乙"
    )
    files: dict[str, str | bytes] = {
        "imsmanifest.xml": manifest("quiz/quiz.xml", kind="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"),
        "quiz/quiz.xml": asked(item(shown, rule(equal("A")))),
        "web_resources/pics/图.png": picture(),
    }
    (question,) = read(package(files), "course.imscc").questions
    assert list(question.media) == [question.stem.split("media:")[1][:64]]


def test_a_bank_is_a_topic() -> None:
    field = "<fieldlabel>bank_title</fieldlabel><fieldentry>安规/线路</fieldentry>"
    fields = f"<qtimetadata><qtimetadatafield>{field}</qtimetadatafield></qtimetadata>"
    bank = (
        f"<questestinterop>"
        f'<objectbank ident="B">{fields}{item(text("?") + lid("甲", "乙"), rule(equal("A")))}</objectbank>'
        f"</questestinterop>"
    )
    (question,) = read(bank.encode(), "bank.xml").questions
    assert question.topic == "安规／线路"


def test_a_document_type_without_entities_does_no_harm() -> None:
    data = '<?xml version="1.0"?><!DOCTYPE questestinterop SYSTEM "ims_qtiasiv1p2.dtd">' + asked(
        item(text("?") + lid("甲", "乙"), rule(equal("A")))
    )
    assert len(read(data.encode(), "quiz.xml").questions) == 1
