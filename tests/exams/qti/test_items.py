"""Items of 2.x and 3.0: the same question in both spellings."""

from collections.abc import Callable
from typing import Any

import pytest

from exams import types
from exams.exchange.question import Exchanged, Markup, Why
from tests.exams.qti.samples import choices, exchange, in_3, item, only, picture, response, told

Spelling = Callable[[str], str]


@pytest.fixture(params=[str, in_3], ids=["2.1", "3.0"])
def spelled(request: pytest.FixtureRequest) -> Spelling:
    found: Spelling = request.param
    return found


def checked(question: Exchanged) -> Exchanged:
    types.get(question.type).checked(question.content, question.key)
    return question


ABC = choices(A="正常", B="高", C="低")
ASKED = '<p>电压怎样？</p><choiceInteraction responseIdentifier="RESPONSE" maxChoices="%s">{}</choiceInteraction>'
ONE, MANY = ASKED.replace("%s", "1"), ASKED.replace("%s", "0")


def test_a_single_choice(spelled: Spelling) -> None:
    question = checked(only(spelled(item(ONE.format("<prompt>选一个</prompt>" + ABC), declared=response("B")))))
    assert told(question) == ("single", {"options": ["正常", "高", "低"]}, {"correct": [1]})
    assert (question.stem, question.markup, question.title) == ("电压怎样？\n选一个", Markup.PLAIN, "题目")
    assert question.place == "item.xml · I1"


def test_mapped_options_are_shares(spelled: Spelling) -> None:
    declared = response("A|B", cardinality="multiple", entries={"A": "2", "B": "2", "C": "-1"})
    question = checked(only(spelled(item(MANY.format(ABC), declared=declared, rules="map_response"))))
    assert question.key == {"correct": [0, 1], "shares": ["0.5", "0.5", "-0.25"]}
    assert question.points == "4"


def test_match_correct_needs_no_shares(spelled: Spelling) -> None:
    declared = response("A|C", cardinality="multiple", entries={"A": "1", "C": "1"})
    assert only(spelled(item(MANY.format(ABC), declared=declared))).key == {"correct": [0, 2]}


@pytest.mark.parametrize(("yes", "no"), [("正确", "错误"), ("对", "错"), ("True", "False"), ("Right", "Wrong")])
def test_yes_and_no_are_true_or_false(yes: str, no: str) -> None:
    question = only(item(ONE.format(choices(X=no, Y=yes)), declared=response("X")))
    assert told(question) == ("true_false", {}, {"correct": False})


@pytest.mark.parametrize("options", [("A", "B"), ("1", "0"), ("是", "可能")])
def test_letters_and_digits_are_options(options: tuple[str, str]) -> None:
    question = only(item(ONE.format(choices(X=options[0], Y=options[1])), declared=response("X")))
    assert question.type == "single"


def test_feedback_of_options_inside_and_beside(spelled: Spelling) -> None:
    inside = '<feedbackInline outcomeIdentifier="F" identifier="A" showHide="show">好</feedbackInline>'
    after = (
        '<modalFeedback outcomeIdentifier="F" identifier="B" showHide="show">太高</modalFeedback>'
        '<modalFeedback outcomeIdentifier="F" identifier="any" showHide="show">见安规</modalFeedback>'
    )
    body = ONE.format(choices(A=f"正常{inside}", B="高"))
    question = only(spelled(item(body, declared=response("A"), after=after)))
    assert question.key["feedback"] == ["好", "太高"]
    assert (question.content["options"], question.explanation) == (["正常", "高"], "见安规")


def test_order(spelled: Spelling) -> None:
    body = f'<orderInteraction responseIdentifier="RESPONSE"><prompt>排序</prompt>{ABC}</orderInteraction>'
    question = checked(only(spelled(item(body, declared=response("C|A|B", cardinality="ordered")))))
    assert told(question) == ("ordering", {"items": ["正常", "高", "低"]}, {"sequence": [2, 0, 1]})


SETS = (
    '<matchInteraction responseIdentifier="RESPONSE"><simpleMatchSet>{}</simpleMatchSet>'
    "<simpleMatchSet>{}</simpleMatchSet></matchInteraction>"
)
LEFT = choices("simpleAssociableChoice", L1="验电器", L2="接地线")
RIGHT = choices("simpleAssociableChoice", R1="验电", R2="接地", R3="登高")


def test_match(spelled: Spelling) -> None:
    declared = response("L1 R1|L2 R2", cardinality="multiple", base="directedPair")
    question = checked(only(spelled(item("<p>连线</p>" + SETS.format(LEFT, RIGHT), declared=declared))))
    assert told(question) == (
        "matching",
        {"left": ["验电器", "接地线"], "right": ["验电", "接地", "登高"]},
        {"pairs": [0, 1]},
    )


def test_match_the_other_way_round_is_remarked() -> None:
    declared = response("R1 L1|R2 L2", cardinality="multiple", base="directedPair")
    found = exchange(item("<p>连线</p>" + SETS.format(RIGHT, LEFT), declared=declared))
    assert found.questions[0].content["left"] == ["验电器", "接地线"]
    assert len(found.remarks) == 1


def test_several_partners_are_not_carried() -> None:
    declared = response("L1 R1|L1 R2|L2 R1", cardinality="multiple", base="directedPair")
    (lost,) = exchange(item("<p>连线</p>" + SETS.format(LEFT, RIGHT), declared=declared)).not_carried
    assert lost.why == Why.UNSUPPORTED and "matchInteraction" in lost.what and lost.place == "item.xml · I1"


def test_associate_becomes_matching(spelled: Spelling) -> None:
    body = (
        f'<associateInteraction responseIdentifier="RESPONSE">'
        f"<prompt>配对</prompt>{LEFT}{RIGHT}</associateInteraction>"
    )
    declared = response("L1 R1|R2 L2", cardinality="multiple", base="pair")
    question = checked(only(spelled(item(body, declared=declared))))
    assert question.content == {"left": ["验电器", "接地"], "right": ["接地线", "验电", "登高"]}
    assert question.key == {"pairs": [1, 0]}


TEXT = '<p>用<textEntryInteraction responseIdentifier="RESPONSE"/>验电。</p>'


def test_a_blank_with_variants(spelled: Spelling) -> None:
    declared = response("验电器", base="string", entries={"验电器": "1", "验电笔": "0.5"})
    question = checked(only(spelled(item(TEXT, declared=declared, rules="map_response"))))
    assert question.stem == "用{{1}}验电。"
    accepted = [{"text": "验电器", "share": "1"}, {"text": "验电笔", "share": "0.5"}]
    assert told(question) == ("fill_in", {"blanks": [{"kind": "text"}]}, {"blanks": [{"accepted": accepted}]})


@pytest.mark.parametrize(
    ("mode", "tolerance"),
    [('toleranceMode="absolute" tolerance="5"', "5"), ('toleranceMode="relative" tolerance="10 10"', "22")],
)
def test_a_number_with_its_tolerance(spelled: Spelling, mode: str, tolerance: str) -> None:
    rules = (
        f'<responseCondition><responseIf><equal {mode}><variable identifier="RESPONSE"/>'
        f'<correct identifier="RESPONSE"/>'
        '</equal><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>'
        "</responseIf></responseCondition>"
    )
    body = '<p>多少伏？<textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    question = checked(only(spelled(item(body, declared=response("220.0", base="float"), rules=rules))))
    assert told(question) == (
        "numerical",
        {},
        {"accepted": [{"value": "220", "tolerance": tolerance, "share": "1"}]},
    )
    assert question.stem == "多少伏？"


def test_inline_choice_and_several_blanks(spelled: Spelling) -> None:
    inline = (
        '<inlineChoiceInteraction responseIdentifier="R2">'
        + choices("inlineChoice", A="前", B="后")
        + "</inlineChoiceInteraction>"
    )
    declared = response("10", base="integer") + response("A", name="R2")
    question = checked(only(spelled(item(TEXT.replace("</p>", f"{inline}</p>"), declared=declared))))
    assert question.stem == "用{{1}}验电。{{2}}"
    assert [blank["kind"] for blank in question.content["blanks"]] == ["number", "choice"]
    assert question.key["blanks"][1] == {"accepted": [{"option": 0, "share": "1"}]}


def test_gap_match_becomes_choices_in_the_line(spelled: Spelling) -> None:
    words = choices("gapText", W1="停电", W2="验电", W3="登高")
    body = (
        f'<gapMatchInteraction responseIdentifier="RESPONSE"><prompt>填词</prompt>{words}'
        '<p>先<gap identifier="G1"/>后<gap identifier="G2"/></p></gapMatchInteraction>'
    )
    declared = response("W1 G1|W2 G2", cardinality="multiple", base="directedPair")
    question = checked(only(spelled(item(body, declared=declared))))
    assert question.stem == "填词\n先{{1}}后{{2}}"
    assert [blank["accepted"][0]["option"] for blank in question.key["blanks"]] == [0, 1]


def test_words_to_mark_become_options(spelled: Spelling) -> None:
    body = (
        '<hottextInteraction responseIdentifier="RESPONSE"><prompt>哪里错？</prompt>'
        '<p>先<hottext identifier="A">登高</hottext>'
        '再<hottext identifier="B">验电</hottext></p></hottextInteraction>'
    )
    found = exchange(spelled(item(body, declared=response("A"))))
    assert told(found.questions[0]) == ("single", {"options": ["登高", "验电"]}, {"correct": [0]})
    assert found.questions[0].stem == "哪里错？\n先登高再验电"
    assert len(found.remarks) == 1


@pytest.mark.parametrize(("size", "expected"), [('expectedLines="3"', "short_answer"), ("", "essay")])
def test_answers_in_own_words_with_their_rubric(spelled: Spelling, size: str, expected: str) -> None:
    body = (
        f'<p>简述。</p><extendedTextInteraction responseIdentifier="RESPONSE" {size}/>'
        '<rubricBlock view="scorer"><ul><li>先停电</li><li>后验电</li></ul></rubricBlock>'
        '<rubricBlock view="candidate"><p>用黑色笔</p></rubricBlock><rubricBlock view="proctor">'
        "<p>巡视</p></rubricBlock>"
    )
    found = exchange(spelled(item(body, declared=response("先停电，后验电", base="string"), rules="")))
    question = checked(found.questions[0])
    assert (question.type, question.stem) == (expected, "用黑色笔\n简述。")
    assert [line["text"] for line in question.key["rubric"]] == ["先停电", "后验电"]
    assert question.key["reference"] == "先停电，后验电"
    assert ["巡视" in sentence for _place, sentence in found.remarks] == [True]


IMAGE = '<object type="image/png" data="图.png" width="200" height="100">工作票</object>'


def test_hotspots(spelled: Spelling) -> None:
    spots = (
        '<hotspotChoice identifier="A" shape="circle" coords="50,50,10"/>'
        '<hotspotChoice identifier="B" shape="rect" coords="100,20,150,40"/>'
    )
    body = (
        f'<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1">'
        f"<prompt>点</prompt>{IMAGE}{spots}</hotspotInteraction>"
    )
    question = checked(only(spelled(item(body, declared=response("A"))), **{"图__png": picture()}))
    (name,) = question.media
    assert question.content == {"image": f"media:{name}", "width": 400, "height": 200, "alt": "工作票", "most": 1}
    assert question.key == {"areas": [{"shape": "circle", "at": [0.25, 0.5], "radius": 0.05}]}


@pytest.mark.parametrize(
    ("shape", "coords", "expected"),
    [
        ("rect", "20,10,60,30", {"shape": "rect", "box": [0.1, 0.1, 0.3, 0.3]}),
        ("poly", "0,0,200,0,200,100,0,0", {"shape": "polygon", "points": [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]}),
        ("default", "0", {"shape": "rect", "box": [0.0, 0.0, 1.0, 1.0]}),
    ],
)
def test_points_in_areas(spelled: Spelling, shape: str, coords: str, expected: dict[str, Any]) -> None:
    areas = f'<areaMapEntry shape="{shape}" coords="{coords}" mappedValue="1"/>'
    body = f'<selectPointInteraction responseIdentifier="RESPONSE" maxChoices="2">{IMAGE}</selectPointInteraction>'
    declared = response(cardinality="multiple", base="point", areas=areas)
    question = only(
        spelled(item(f"<p>找</p>{body}", declared=declared, rules="map_response_point")), **{"图__png": picture()}
    )
    assert question.type == "hotspot" and question.key == {"areas": [expected]} and question.content["most"] == 2


def test_a_missing_picture_is_said() -> None:
    body = f'<selectPointInteraction responseIdentifier="RESPONSE">{IMAGE}</selectPointInteraction>'
    areas = '<areaMapEntry shape="circle" coords="1,1,1" mappedValue="1"/>'
    declared = response(base="point", areas=areas)
    (lost,) = exchange(item(body, declared=declared), other__txt="").not_carried
    assert lost.why == Why.REFUSED


def test_a_composite_item_is_a_case(spelled: Spelling) -> None:
    body = (
        "<p>某班组作业。</p><p>先做什么？</p>"
        '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">' + ABC + "</choiceInteraction>"
        '<p>再用<textEntryInteraction responseIdentifier="R2"/>。</p>'
    )
    declared = response("A") + response("验电器", name="R2", base="string")
    question = checked(only(spelled(item(body, declared=declared))))
    assert (question.type, question.stem) == ("case", "某班组作业。")
    parts = question.content["parts"]
    assert [(part["type"], part["stem"]) for part in parts] == [("single", "先做什么？"), ("fill_in", "再用{{1}}。")]
    assert question.key["parts"][0] == {"correct": [0]}


@pytest.mark.parametrize(
    "name",
    [
        "sliderInteraction",
        "uploadInteraction",
        "drawingInteraction",
        "customInteraction",
        "portableCustomInteraction",
        "graphicOrderInteraction",
    ],
)
def test_what_we_have_nothing_like_is_named(spelled: Spelling, name: str) -> None:
    body = f'<p>?</p><{name} responseIdentifier="RESPONSE"/>'
    (lost,) = exchange(spelled(item(body, declared=response("A")))).not_carried
    assert name in lost.what and lost.why == Why.UNSUPPORTED and lost.reason


def test_items_that_move_are_named(spelled: Spelling) -> None:
    adaptive = exchange(spelled(item(ONE.format(ABC), declared=response("A"), adaptive="true")))
    drawn = '<templateDeclaration identifier="X" cardinality="single" baseType="integer"/>'
    template = exchange(spelled(item(ONE.format(ABC), declared=response("A") + drawn)))
    assert [found.not_carried[0].why for found in (adaptive, template)] == [Why.UNSUPPORTED] * 2
    assert "adaptive" in adaptive.not_carried[0].what and "templateProcessing" in template.not_carried[0].what


@pytest.mark.parametrize("declared", [response(""), response("Z"), ""])
def test_a_question_without_its_answer_is_refused(declared: str) -> None:
    (lost,) = exchange(item(ONE.format(ABC), declared=declared)).not_carried
    assert lost.why == Why.REFUSED and lost.place == "item.xml · I1"


def test_html_is_cleaned_and_its_pictures_come_along(spelled: Spelling) -> None:
    body = (
        '<p onclick="x()">H<sub>2</sub>O <a href="http://x">链接</a><script>alert(1)</script>'
        '<img src="图.png" alt="水"/>'
        '<img src="http://elsewhere/x.png" alt="外"/></p>' + ONE.format(ABC)
    )
    found = exchange(spelled(item(body, declared=response("A"))), **{"图__png": picture()})
    (question,) = found.questions
    (name,) = question.media
    assert question.markup == Markup.HTML
    assert question.stem == f'<p>H<sub>2</sub>O 链接<img src="media:{name}" alt="水">外</p><p>电压怎样？</p>'
    assert ["http://elsewhere/x.png" in sentence for _place, sentence in found.remarks] == [True]


def test_formulas_are_kept(spelled: Spelling) -> None:
    mathml = (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>P</mi><mo>=</mo><mfrac><msup><mi>U</mi><mn>2</mn></msup>'
        "<mi>R</mi></mfrac></math>"
    )
    question = only(spelled(item(f"<p>{mathml} 是？</p>" + ONE.format(ABC), declared=response("A"))))
    assert question.stem == r"<p>\(P=\frac{{U}^{2}}{R}\) 是？</p><p>电压怎样？</p>"


def test_a_key_that_only_the_scoring_names() -> None:
    rules = (
        '<responseCondition><responseIf><match><variable identifier="RESPONSE"/>'
        '<baseValue baseType="identifier">C</baseValue>'
        '</match><setOutcomeValue identifier="SCORE"><baseValue baseType="float">2</baseValue>'
        "</setOutcomeValue></responseIf>"
        "</responseCondition>"
    )
    question = only(item(ONE.format(ABC), declared=response(""), rules=rules))
    assert (question.key, question.points) == ({"correct": [2]}, "2")


def test_an_item_without_a_question_is_a_description() -> None:
    assert told(only(item("<p>下面是说明。</p>", rules=""))) == ("description", {}, {})
