"""Importing questions: what is taken, what is refused and how that is said."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from exams.imports import Report, Unreadable, apply, check, read
from exams.imports.template import workbook as template
from exams.imports.workbook import MAX_BYTES
from exams.models import Question, QuestionBank
from exams.rules import normalise
from exams.types.answers import letters, truth
from tests.exams.workbooks import GOOD, HEADER, workbook

REAL = Path(__file__).resolve().parents[3] / "shared/data/questions/电工题库-154.xlsx"

ENTITY = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"


def report(*rows: Sequence[object], **facts: Any) -> Report:
    return check(read(workbook(*rows, **facts)))


def refused(**changes: str) -> tuple[int, str, str]:
    """Where and why the good row is refused with these changes."""
    names = ["type", "stem", "A", "B", "C", "D", "answer", "difficulty", "topic_1", "topic_2", "explanation", "basis"]
    row = [changes.get(name, text) for name, text in zip(names, GOOD, strict=True)]
    found = report(row)
    assert not found.new
    line = (found.refused or found.unsupported)[0]
    return line.row, line.column, line.reason


def test_a_row_becomes_a_question() -> None:
    [(row, draft)] = report(GOOD).new
    assert (row, draft.type, draft.stem) == (2, "single", "验电应当使用什么")
    assert draft.content == {"options": ["合格的验电器", "手", "试电笔", "钳子"]}
    assert draft.key == {"correct": [0]}
    assert (draft.difficulty, draft.topic, draft.explanation) == (1, "安全/验电", "见规程")
    assert (draft.basis_document, draft.basis_clause) == ("《安规》", "第 4.4 条")


def test_the_header_may_stand_in_any_of_the_first_five_rows() -> None:
    assert report(GOOD, above=[["试题导入"], [], ["请勿改动表头"], []]).new[0][0] == 6
    with pytest.raises(Unreadable):
        report(GOOD, above=[["一"], ["二"], ["三"], ["四"], ["五"]])


@pytest.mark.parametrize("answer", ["ABD", "A、B、D", "ＡＢＤ", "d b a", "A，B，D", "A;B;D", "AABD"])
def test_letters_may_be_written_in_many_ways(answer: str) -> None:
    [(_row, draft)] = report(["多选题", *GOOD[1:6], answer, *GOOD[7:]]).new
    assert draft.key == {"correct": [0, 1, 3]}


@pytest.mark.parametrize(
    ("answer", "correct"),
    [("√", True), ("对", True), ("正确", True), ("是", True), ("T", True), ("1", True), ("A", True),
     ("×", False), ("错", False), ("错误", False), ("否", False), ("F", False), ("0", False), ("ｘ", False)],
)  # fmt: skip
def test_right_and_wrong_may_be_written_in_many_ways(answer: str, correct: bool) -> None:
    [(_row, draft)] = report(["判断题", "先验电后接地", "", "", "", "", answer, *GOOD[7:]]).new
    assert draft.key == {"correct": correct}


def test_a_letter_may_name_the_option_that_says_right_or_wrong() -> None:
    [(_row, draft)] = report(["判断题", "先验电后接地", "错误", "正确", "", "", "B", *GOOD[7:]]).new
    assert draft.key == {"correct": True}


@given(
    st.sets(st.sampled_from("ABCDEFGH"), min_size=1), st.sampled_from(["", "、", "，", " ", ";", "/"]), st.booleans()
)
def test_letters_read_back_what_was_written(chosen: set[str], between: str, wide: bool) -> None:
    text = between.join(sorted(chosen))
    if wide:
        text = "".join(chr(ord(each) + 0xFEE0) if each in "ABCDEFGH" else each for each in text)
    assert letters(text) == sorted(chosen)


@given(st.text(max_size=6))
def test_reading_answers_never_fails(text: str) -> None:
    assert truth(text) in (True, False, None)
    found = letters(text)
    assert found is None or found == sorted(set(found))


@given(st.text(min_size=1, max_size=20), st.lists(st.text(min_size=1, max_size=5), max_size=4), st.randoms())
def test_blanks_width_and_order_of_options_do_not_make_another_question(
    stem: str, options: list[str], random: Random
) -> None:
    shuffled = list(options)
    random.shuffle(shuffled)
    assert normalise.identity("single", stem, options) == normalise.identity("single", f" {stem}\u3000", shuffled)
    assert normalise.identity("single", stem, options) != normalise.identity("multiple", stem, options)


def test_what_is_wrong_is_said_with_row_and_column() -> None:
    assert refused(answer="E") == (2, "G 正确答案*", "答案里有 E，但没有这个选项")
    assert refused(answer="AB") == (2, "G 正确答案*", "单选题只能有一个答案，这里是 AB；如选择导入，将作为多选题")
    assert refused(answer="合格") == (2, "G 正确答案*", "答案“合格”不是选项字母")
    assert refused(answer="") == (2, "G 正确答案*", "单元格为空")
    assert refused(stem="") == (2, "B 题干*", "单元格为空")
    assert refused(type="案例题") == (2, "A 题型*", "暂不支持题型“案例题”")
    assert refused(difficulty="9") == (2, "H 难度", "难度请填 1 到 5，或 易、中、难")
    assert refused(B="合格的验电器", A="合格的验电器") == (2, "C 选项A", "选项 A 和 B 相同")
    assert refused(B="", C="", D="") == (2, "C 选项A", "至少要有两个选项")
    assert refused(basis="x" * 201) == (2, "L 依据", "文字超过 200 字")


def test_a_formula_is_refused_where_it_stands() -> None:
    assert refused(stem='=CONCATENATE("验","电")') == (2, "B 题干*", "单元格是公式，请粘贴为数值后再导入")


def test_a_wrong_row_does_not_keep_the_others_out() -> None:
    found = report(GOOD, ["单选题", "", *GOOD[2:]], ["判断题", "先验电", "", "", "", "", "对", *GOOD[7:]])
    assert ([row for row, _draft in found.new], [line.row for line in found.refused]) == ([2, 4], [3])


def test_the_same_question_twice_is_named_by_row() -> None:
    again = [GOOD[0], " 验电应当　使用什么", "手", "合格的验电器", "试电笔", "钳子", "B", *GOOD[7:]]
    line = report(GOOD, again).duplicates[0]
    assert (line.row, line.reason) == (3, "与本文件第 2 行重复")


def test_a_right_row_is_new_although_an_unclear_one_above_may_mean_the_same() -> None:
    unclear, right = [*GOOD[:6], "AB", *GOOD[7:]], ["多选题", *GOOD[1:6], "AB", *GOOD[7:]]
    found = report(unclear, right, right)
    assert [row for row, _draft in found.new] == [3]
    assert [line.row for line in found.duplicates] == [4]


def test_columns_that_are_not_kept_are_listed() -> None:
    header = [*HEADER, "分值", "备注"]
    assert report([*GOOD, 2, "旧题"], header=header).ignored == ["备注"]


def _zip(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return stream.getvalue()


def _many(rows: int) -> bytes:
    return workbook(*(["判断题", f"第 {n} 题", "", "", "", "", "对", *GOOD[7:]] for n in range(rows)))


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {  # made when asked for: some take a second
    "empty": (lambda: b"", "文件是空的"),
    "gbk": (lambda: "题型,题干,正确答案\n单选题,验电,A".encode("gbk"), "不是 Excel 工作簿"),
    "xls": (lambda: b"\xd0\xcf\x11\xe0" + b"x" * 100, "旧版 .xls 文件或加密文件"),
    "zip": (lambda: _zip(readme="hello"), "这是压缩包"),
    "cut": (lambda: workbook(GOOD)[:2000], "文件已损坏"),
    "not-a-zip": (lambda: b"PK\x03\x04" + b"x" * 100, "文件已损坏"),
    "entity": (lambda: _zip(**{"xl/workbook.xml": ENTITY}), "文件已损坏"),
    "bomb": (lambda: _zip(**{"xl/workbook.xml": "0" * (101 * 1024 * 1024)}), "解压后过大"),
    "large": (lambda: b"PK" + b"0" * MAX_BYTES, "超过 10 MB"),
    "header": (lambda: workbook(GOOD, header=["序号", "内容"]), "没有找到表头"),
    "none": (lambda: workbook(), "表头下面没有题目"),
    "rows": (lambda: _many(5001), "超过 5000 行"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(fault: str) -> None:
    data, words = REFUSED[fault]
    with pytest.raises(Unreadable, match=words) as refusal:
        read(data())
    assert str(refusal.value).endswith("。")


def test_five_thousand_rows_are_not_too_many() -> None:
    assert len(read(_many(5000)).rows) == 5000


def test_our_own_template_is_understood() -> None:
    with pytest.raises(Unreadable, match="表头下面没有题目"):
        read(template())


@pytest.mark.django_db
def test_importing_twice_adds_nothing(at: datetime) -> None:
    reading = read(workbook(GOOD))
    first = apply(reading, bank_name="安规", unit=None, by=None, at=at)
    second = apply(reading, bank_name="安规", unit=None, by=None, at=at)
    assert (first.added, second.added, len(second.report.duplicates)) == (1, 0, 1)
    question = Question.objects.select_related("current").get(bank=first.bank)
    assert question.current is not None
    assert (question.current.number, question.current.stem) == (1, "验电应当使用什么")


@pytest.mark.django_db
@pytest.mark.skipif(not REAL.exists(), reason="the collection of 154 questions is not on this machine")
def test_the_collection_of_154_gives_150_questions_and_names_four_duplicates(tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("import_questions", REAL, bank="电工", json=True, stdout=out)
    found = json.loads(out.getvalue())
    assert (found["rows"], found["imported"], found["refused"], found["unsupported"]) == (154, 150, [], [])
    assert [line["row"] for line in found["duplicate"]] == [58, 99, 108, 109]
    assert Question.objects.filter(bank__name="电工", type="true_false").count() == 41


@pytest.mark.django_db
def test_a_dry_run_stores_nothing(tmp_path: Path) -> None:
    file, out = tmp_path / "题.xlsx", io.StringIO()
    silent, odd = [*GOOD[:1], "另一题", *GOOD[2:10], "", ""], [*GOOD[:6], "AB", *GOOD[7:]]
    file.write_bytes(workbook(GOOD, silent, odd))
    call_command("import_questions", file, bank="安规", dry_run=True, stdout=out)
    said = out.getvalue()
    assert "新题 2" in said and "没有保存" in said and "可疑 2" in said
    assert "可疑  第 4 行 G 正确答案* 列: 单选题只能有一个答案" in said and "1 题没有解析" in said
    assert not QuestionBank.objects.exists()


@pytest.mark.django_db
def test_the_command_says_one_sentence_about_a_broken_file(tmp_path: Path) -> None:
    file = tmp_path / "题.xlsx"
    file.write_bytes("题型,题干".encode("gbk"))
    with pytest.raises(CommandError, match="无法识别文件格式"):
        call_command("import_questions", file, bank="安规", stdout=io.StringIO())
    assert not QuestionBank.objects.exists()
