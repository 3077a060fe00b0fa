"""Workbooks of other systems, recognised by their headers."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest

from exams.imports import Report, Unreadable, check, read
from tests.exams.workbooks import GOOD, HEADER, workbook

GUOWANG = [
    "序号",
    "题型",
    "一级专业",
    "二级专业",
    "难度",
    "试题正文",
    "试题选项",
    "",
    "",
    "试题答案",
    "试题解析",
    "依据/出处",
]
BARS = [
    *("试题题干(必填)", "试题类型(必填，题型请用下拉菜单实现）", "选项（用'|'隔开）"),
    *("答案（填空题用'|'隔开）(必填)", "试题解析"),
]
QUESTION = ["验电用什么", "单选", "手|验电器", "B", "见规程"]
KAOSHIBAO = [
    *("题干（必填）", "题型 （必填）", "选项 A", "选项 B", "选项 C", "选项 D", "选项E(勿删)", "选项F(勿删)"),
    *("选项G(勿删)", "选项H(勿删)", "正确答案（必填）", "解析（勿删）", "章节（勿删）", "难度"),
]


def report(header: Sequence[str], *rows: Sequence[object], **facts: Any) -> Report:
    return check(read(workbook(*rows, header=header, **facts)))


def sheets(**rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "填写说明"
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def guowang(*options: str, answer: str = "B", kind: str = "单选题", **facts: str) -> list[str]:
    cells = [*options, "", "", ""][:3]
    return ["1", kind, "安全", "验电", "中等", "验电用什么", *cells, answer, facts.get("why", "见规程"), "《安规》4.4"]


@pytest.mark.parametrize(
    "options",
    [["手$;验电器$;钳子"], ["手$;$验电器$;$钳子"], ["A.手$;B.验电器$;C.钳子"], ["手$;验电器", "钳子"],
     ["手", "验电器", "钳子"], ["$手$;$验电器$;$钳子$"]],
)  # fmt: skip
def test_the_template_of_guowang_keeps_all_options_in_one_cell_or_the_next_ones(options: list[str]) -> None:
    found = report(GUOWANG, guowang(*options), above=[["国网学堂试题导入模板"], []])
    assert found.format == "guowang"
    [(row, draft)] = found.new
    assert (row, draft.type, draft.topic, draft.difficulty) == (4, "single", "安全/验电", 3)
    assert (draft.content, draft.key) == ({"options": ["手", "验电器", "钳子"]}, {"correct": [1]})
    assert (draft.explanation, draft.basis_document, draft.basis_clause) == ("见规程", "《安规》", "4.4")


def test_an_empty_option_between_others_keeps_its_letter() -> None:
    [(_row, draft)] = report(GUOWANG, guowang("手$;$;验电器", answer="C")).new
    assert (draft.content, draft.key) == ({"options": ["手", "验电器"]}, {"correct": [1]})


def test_right_and_wrong_in_one_cell_are_letters_as_well() -> None:
    [(_row, draft)] = report(GUOWANG, guowang("错误$;正确", answer="B", kind="判断题")).new
    assert draft.key == {"correct": True}


def test_the_cell_of_the_options_is_named_when_they_are_wrong() -> None:
    line = report(GUOWANG, guowang("手")).refused[0]
    assert (line.row, line.column, line.reason) == (2, "G 试题选项", "至少要有两个选项")


def test_options_between_bars_on_a_sheet_for_each_type() -> None:
    data = sheets(
        单选=[
            BARS,
            ["验电用什么", "单选", "手|验电器｜钳子", "B", "见规程"],
            ["接地用什么", "", "地线|手", "A", "见"],
        ],
        多选=[BARS, ["安全工器具有", "", "手套| 靴子 |钳子", "A|B", ""]],
        判断=[BARS, ["先验电后接地", "", "正确|错误", "正确", "见"], ["", "", "", "错", ""]],
    )
    found = check(read(data))
    assert (found.format, found.sheet, found.rows) == ("bars", "单选、多选、判断", 5)
    assert [draft.type for _row, draft in found.new] == ["single", "single", "multiple", "true_false"]
    assert found.new[0][1].content == {"options": ["手", "验电器", "钳子"]}
    assert found.new[2][1].key == {"correct": [0, 1]}
    line = found.refused[0]
    assert (line.sheet, line.row, line.column, line.reason) == ("判断", 3, "A 试题题干(必填)", "单元格为空")


def test_a_question_on_another_sheet_is_named_with_it() -> None:
    line = check(read(sheets(单选=[BARS, QUESTION], 多选=[BARS, QUESTION]))).duplicates[0]
    assert (line.sheet, line.reason) == ("多选", "与工作表“单选”第 2 行重复")


def test_the_template_of_kaoshibao() -> None:
    row = ["验电用什么", "单选题", "手", "验电器", "", "", "", "", "", "", "B", "见规程", "第一章/第一节", "适中"]
    found = report(KAOSHIBAO, row)
    assert found.format == "kaoshibao"
    [(_row, draft)] = found.new
    assert (draft.topic, draft.difficulty, draft.key) == ("第一章/第一节", 3, {"correct": [1]})


def test_our_own_header_stays_ours() -> None:
    assert report(HEADER, GOOD).format == "excel"


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (GUOWANG[:-3], "试题答案"),
        (BARS[:2], "正确答案"),
        ([*KAOSHIBAO[:10], "章节"], "正确答案"),
        (HEADER[:6], "正确答案"),
    ],
)
def test_a_header_that_lacks_a_column_is_named_with_it(header: list[str], columns: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        report(header, ["x"], above=[["导入模板"]])
    assert str(refusal.value) == f"工作表“Sheet”第 2 行缺少这些列：{columns}。"


def test_a_formula_in_a_shared_cell_is_refused() -> None:
    line = report(GUOWANG, guowang('="手$;钳子"')).refused[0]
    assert (line.column, line.reason) == ("G 试题选项", "单元格是公式，请粘贴为数值后再导入")
