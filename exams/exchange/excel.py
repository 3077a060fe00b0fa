"""Our workbook as a file format: read into rows with their cells, written with the header of our template."""

import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from exams.exchange.gathering import Written
from exams.exchange.matches import lines_of
from exams.exchange.numbers import decimal
from exams.exchange.question import Exchanged
from exams.exchange.unreadable import Unlike
from exams.exchange.writing import Sheet, plain_text, type_name
from exams.imports.read import read
from exams.imports.template import HEADER, NAMES
from exams.rules.normalise import SKILLS, several

__all__ = ["MIME", "cells", "read", "sniff", "write"]
MIME: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST: Final = 32_000  # characters; Excel cuts a cell at 32,767
OPTIONS: Final = 8
_STARTS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def sniff(data: bytes, name: str) -> bool:
    """A workbook, or what somebody takes for one."""
    if name.lower().endswith((".xlsx", ".xls", ".xlsm")):
        return data.startswith(_STARTS)
    return data.startswith(_STARTS[1]) or (data.startswith(_STARTS[0]) and b"xl/workbook.xml" in data)


def write(questions: Iterable[Exchanged]) -> Written:
    """A workbook like our template. Text only; what has no column is said."""
    sheet, stream = Sheet(), io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet("试题")
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for column, (name, width) in enumerate(HEADER):
            page.write_string(0, column, name)
            page.set_column(column, column, width, text)
        page.freeze_panes(1, 0)
        row = 0
        for question in questions:
            own = sheet.take(question, lambda question=question: cells(question, sheet))  # type: ignore[misc]
            if own is None:
                continue
            row += 1
            for column, (name, _width) in enumerate(HEADER):
                if own.get(name):
                    page.write_string(row, column, own[name], text)
    return sheet.written(stream.getvalue())


def cells(question: Exchanged, sheet: Sheet) -> dict[str, str]:
    """The cells of a question by the name of their column. Raises Unlike."""
    if question.type not in NAMES:
        raise Unlike(type_name(question), _("a question of this type does not fit into one row"))
    stem, answer, options = _written(question, sheet)
    if question.media:
        sheet.remark(question, _("pictures and sounds are not in the workbook"))
    lost = {"shares", "feedback"} & set(question.key) or question.key.get("grading", "exact") != "exact"
    if lost or question.title or any(several(tag) != [tag] for tag in question.tags):
        sheet.remark(question, _("title, feedback and shares of options are not in the workbook"))
    first, _slash, rest = question.topic.partition("/")
    found = {
        "题型*": NAMES[question.type],
        "题干*": stem,
        **{f"选项{letter}": text for letter, text in zip("ABCDEFGH", options, strict=False)},
        "正确答案*": answer,
        "分值": question.points,
        "难度": str(question.difficulty),
        "一级专业": first,
        "二级专业": rest,
        "适用岗位": "、".join(question.tags),
        "技能等级": SKILLS[question.skill - 1] if question.skill else "",
        "解析": plain_text(question, question.explanation, sheet),
        "依据": f"{question.basis_document}{question.basis_clause}",
        "版本": question.basis_edition,
        "有效期至": question.valid_until.isoformat() if question.valid_until else "",
        "题目编号": question.code,
    }
    if any(len(text) > LONGEST for text in found.values()):
        raise Unlike(type_name(question), _("a text is too long for a cell"))
    return found


def _written(question: Exchanged, sheet: Sheet) -> tuple[str, str, list[str]]:
    """Stem, answer and options as people write them."""
    content, key, stem = question.content, question.key, plain_text(question, question.stem, sheet)
    if question.type in ("single", "multiple"):
        options = [plain_text(question, text, sheet) for text in content["options"]]
        _letter(len(options) - 1, question)
        return stem, "".join(_letter(index, question) for index in key["correct"]), options
    if question.type == "true_false":
        return stem, "正确" if key["correct"] else "错误", []
    if question.type == "fill_in":
        return (
            stem,
            "|".join(
                _blank(question, blank, own) for blank, own in zip(content["blanks"], key["blanks"], strict=True)
            ),
            [],
        )
    if question.type == "numerical":
        return stem, _number(question, key), []
    if question.type == "ordering":
        items = [plain_text(question, text, sheet) for text in content["items"]]
        return stem, "".join(_letter(index, question) for index in key["sequence"]), items
    if question.type == "matching":
        return stem, *_pairs(question, sheet)
    if key.get("rubric") or content:
        sheet.remark(question, _("rubric and length are not in the workbook"))
    return stem, plain_text(question, key.get("reference", ""), sheet), []


def _letter(index: int, question: Exchanged) -> str:
    if index >= OPTIONS:
        raise Unlike(type_name(question), _("the workbook has columns for eight options"))
    return "ABCDEFGH"[index]


def _pairs(question: Exchanged, sheet: Sheet) -> tuple[str, list[str]]:
    """The right sides in the order of the left ones, then those that belong to none."""
    lines = [(left, plain_text(question, right, sheet)) for left, right in lines_of(question.content, question.key)]
    left, right = (
        [plain_text(question, text, sheet) for text, _right in lines if text],
        [text for _left, text in lines],
    )
    if len(left) > OPTIONS or any(set("|｜") & set(text) for text in right) or len(set(right)) < len(right):
        raise Unlike(type_name(question), _("its pairs cannot be said in one row"))
    return "|".join(right), left


def _blank(question: Exchanged, blank: Mapping[str, Any], key: Mapping[str, Any]) -> str:
    texts = [entry.get("text", "") for entry in key["accepted"]]
    plain = blank["kind"] == "text" and all(entry.get("share", "1") == "1" for entry in key["accepted"])
    if blank["kind"] == "number" and len(key["accepted"]) == 1:
        return _number(question, key)
    if not plain or key.get("case") or key.get("wild") or any(set("|｜;；±") & set(text) for text in texts):
        raise Unlike(type_name(question), _("its blanks cannot be said in one cell"))
    return ";".join(texts)


def _number(question: Exchanged, key: Mapping[str, Any]) -> str:
    """220±5 V."""
    units = key.get("units", [])
    if len(key["accepted"]) != 1 or len(units) > 1 or "unit_penalty" in key:
        raise Unlike(type_name(question), _("its numbers and units cannot be said in one cell"))
    entry = key["accepted"][0]
    tolerance = entry.get("tolerance", "0")
    around = f"±{tolerance}" if decimal(tolerance) or question.type == "fill_in" else ""
    return f"{entry['value']}{around}" + (f" {units[0]['name']}" if units else "")
