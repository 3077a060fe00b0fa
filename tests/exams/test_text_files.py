"""Numbered text and JSON, one row an option, and telling formats apart."""

import io
import json

import docx
import openpyxl
import pytest
from docx.shared import Inches

from exams.exchange import json_file, text
from exams.exchange.opening import open_file
from exams.exchange.registry import FORMATS, recognised
from exams.exchange.unreadable import Unreadable
from exams.imports import check
from tests.exams.pictures import PNG
from tests.exams.sources import GIFT, MOODLE
from tests.exams.workbooks import GOOD, workbook

PAPER = """安规考试题库
一、单项选择题（每题2分，共20分）
1. 验电应使用（ A ）。
A. 合格的验电器  B. 手
C、试电笔 D. 钳子
2、1.5秒内应当
A.是
B.否
【答案】B
解析：见规程
1. 第一条
2. 第二条
二、多选题
1．哪些是安全工器具
A．手套
B．靴子
C．钳子
答案：A、B
难度：难
依据：《安规》4.4.7
三、判断题
1. 先验电后接地。（√）
2、 可以用手验电（×）
四、填空题
1. 低压为__V，也叫____。
答案：220±5|低压;LV
2. [填空题](系统评分) 高压指____V 以上
答案：1000
五、简答题
1. 简述停电步骤
答案：
1. 停电
2. 验电
3. 接地
六、案例题
1. 某日
答案：甲
2. 没有答案的
A. 甲
B. 乙
"""


def test_a_paper_as_people_type_it() -> None:
    found = text.read(PAPER.encode())
    single, timed, several, right, wrong, blanks, blank, essay = found.questions
    assert (single.stem, single.points) == ("验电应使用（　）。", "2")
    assert single.content == {"options": ["合格的验电器", "手", "试电笔", "钳子"]} and single.key == {"correct": [0]}
    assert (timed.stem, timed.key) == ("1.5秒内应当", {"correct": [1]})
    assert timed.explanation == "见规程\n1. 第一条\n2. 第二条"
    assert (several.type, several.key, several.difficulty) == ("multiple", {"correct": [0, 1]}, 5)
    assert (several.basis_document, several.basis_clause) == ("《安规》", "4.4.7")
    assert [right.key, wrong.key] == [{"correct": True}, {"correct": False}]
    assert blanks.stem == "低压为{{1}}V，也叫{{2}}。"
    assert [blank["kind"] for blank in blanks.content["blanks"]] == ["number", "text"]
    assert (blank.stem, blank.type) == ("高压指{{1}}V 以上", "fill_in")
    assert (essay.type, essay.key["reference"]) == ("short_answer", "1. 停电\n2. 验电\n3. 接地")
    assert [(each.why, each.what) for each in found.not_carried] == [("unsupported", "案例题")] * 2


def test_what_lacks_an_answer_is_refused_with_its_line() -> None:
    found = text.read("1. 甲\nA. 一\nB. 二\n2. 乙\nA. 一\nB. 二\n答案：C\n".encode())
    assert [(each.place, each.reason) for each in found.not_carried] == [
        ("第 1 行", "没有答案"),
        ("第 4 行", "答案里有 C，但没有这个选项"),
    ]


def test_text_without_questions_is_refused() -> None:
    with pytest.raises(Unreadable, match="编号"):
        text.read("只是一段话".encode())


def _word(*, numbered: bool = False) -> bytes:
    document = docx.Document()
    style = "List Number" if numbered else None
    document.add_paragraph("验电用什么" if numbered else "1. 验电用什么", style=style)
    document.add_paragraph().add_run().add_picture(io.BytesIO(PNG), width=Inches(1))
    for line in ("A. 手", "B. 验电器", "答案：B", "解析：见 <规程>"):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("numbered", [False, True])
def test_a_word_document_with_a_picture(numbered: bool) -> None:
    data = _word(numbered=numbered)
    assert recognised(data, "题.docx") == FORMATS["text"]
    [question] = text.read(data).questions
    [name] = question.media
    assert question.stem == f'<p>验电用什么</p><p><img src="media:{name}" alt=""></p>'
    assert (question.explanation, question.key) == ("见 &lt;规程&gt;", {"correct": [1]})
    assert check(open_file(data, name="题.docx")).new[0][1].media[name].data == PNG


def test_json_of_other_tools() -> None:
    options = [{"key": "A", "text": "手"}, {"key": "B", "text": "验电器"}]
    entries = [
        {"type": "SINGLE", "content": "用什么", "options": options, "answer": "B", "categories": ["安全", "验电"]},
        {"type": "MULTI", "content": "哪些", "options": options, "answer": ["A", "B"], "tags": ["春检"]},
        {"type": "JUDGE", "content": "先验电", "answer": "正确", "explanation": "见规程"},
        {"type": "SINGLE", "content": "坏", "options": options, "answer": "C"},
        {"type": "CODING", "content": "写程序"},
        "x",
    ]
    found = json_file.read(json.dumps(entries).encode())
    single, multiple, judge = found.questions
    assert (single.topic, single.key, multiple.key, multiple.tags) == (
        "安全/验电",
        {"correct": [1]},
        {"correct": [0, 1]},
        ("春检",),
    )
    assert (judge.key, judge.explanation) == ({"correct": True}, "见规程")
    assert [(each.place, each.why) for each in found.not_carried] == [
        ("第 4 题", "refused"), ("第 5 题", "unsupported"), ("第 6 题", "refused"),
    ]  # fmt: skip


@pytest.mark.parametrize("data", [b"{}", b"[1", b'{"questions": 3}', b"[" * 100_000, b"[]"])
def test_json_that_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        json_file.read(data)


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("a.txt", GIFT.encode("gbk"), "gift"), ("a.xml", MOODLE.encode(), "moodle-xml"),
        ("a.txt", PAPER.encode(), "text"), ("a.xml", b"<assessmentItem identifier='a'/>", "qti"),
        ("a.txt", b"Q\nA. x\nB. y\nANSWER: A\n", "aiken"), ("a.json", b'[{"type": "JUDGE"}]', "json"),
        ("a.xlsx", workbook(GOOD), "excel"), ("a.xls", b"\xd0\xcf\x11\xe0 old", "excel"),
        ("a.gift", "[html]<b>题</b> {T}".encode(), "gift"),
    ],
)  # fmt: skip
def test_the_content_tells_the_format(name: str, data: bytes, format: str) -> None:
    found = recognised(data, name)
    assert found is not None and found.key == format


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"PK\x03\x04junk", b"<html></html>", b"hello"])
def test_a_file_of_no_format_is_refused_with_what_is_possible(data: bytes) -> None:
    with pytest.raises(Unreadable, match="可以使用|损坏|空"):
        open_file(data, name="x.bin")


def _option_rows(*rows: list[str]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(
        ["题目序号", "题目类型", "题目内容", "整体解析", "题目图片", "是否正确项", "选项内容", "选项解析"]
    )
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_one_row_an_option() -> None:
    data = _option_rows(
        ["1", "单选题", "验电用什么", "见规程", "", "否", "手", ""],
        ["", "", "", "", "", "是", "验电器", "对"],
        ["2", "多选题", "哪些", "", "", "1", "手套", ""],
        ["2", "多选题", "哪些", "", "", "1", "靴子", ""],
        ["2", "多选题", "哪些", "", "", "0", "钳子", ""],
        ["3", "判断题", "先验电", "", "", "否", "错误", ""],
        ["3", "", "", "", "", "是", "正确", ""],
        ["4", "填空题", "低压__V", "", "", "", "220", ""],
        ["5", "单选题", "没有正确项", "", "", "否", "甲", ""],
        ["", "", "", "", "", "否", "乙", ""],
    )
    report = check(open_file(data, name="题.xlsx"))
    assert (report.format, report.ignored) == ("option-rows", ["选项解析"])
    drafts = dict(report.new)
    assert (drafts[2].key, drafts[2].explanation) == ({"correct": [1]}, "见规程")
    assert (drafts[4].key, drafts[7].key) == ({"correct": [0, 1]}, {"correct": True})
    assert drafts[9].key["blanks"][0]["accepted"][0]["text"] == "220"
    assert [line.row for line in report.refused] == [10]
