"""Workbooks for tests, good and broken ones."""

import io
from collections.abc import Sequence

import openpyxl

HEADER = [
    *("题型*", "题干*", "选项A", "选项B", "选项C", "选项D", "正确答案*"),
    *("难度", "一级专业", "二级专业", "解析", "依据"),
]
GOOD = [
    *("单选题", "验电应当使用什么", "A. 合格的验电器", "B. 手", "C. 试电笔", "D. 钳子", "A"),
    *("易", "安全", "验电", "见规程", "《安规》第 4.4 条"),
]
Rows = Sequence[Sequence[object]]


def workbook(*rows: Sequence[object], header: Sequence[object] = HEADER, above: Rows = ()) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [*above, header, *rows]:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
