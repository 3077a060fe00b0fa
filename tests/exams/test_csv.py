"""Our table as CSV, as office programs write it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from exams.exchange import csv_file, excel
from exams.exchange.csv_file import harmless
from exams.exchange.opening import open_file
from exams.exchange.question import Exchanged
from exams.exchange.registry import FORMATS
from exams.exchange.unreadable import Unreadable
from exams.imports import check
from exams.imports.workbook import trimmed
from exams.models import QuestionBank
from lms.people.models import Person
from tests.exams.exchanged import questions
from tests.exams.workbooks import GOOD, HEADER

CELLS = st.lists(st.sampled_from(["=", "+", "-", "@", "'", "＝", "SUM(A1)", "验", ",", ";", "\n", '"']), max_size=6)


def table(delimiter: str = ",", encoding: str = "utf-8", above: str = "") -> bytes:
    lines = [delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in (HEADER, GOOD)]
    return (above + "\r\n".join(lines) + "\r\n").encode(encoding)


@pytest.mark.once
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_delimiter_is_read(delimiter: str, encoding: str) -> None:
    reading = open_file(table(delimiter, encoding), name="题库.csv")
    (finding,) = check(reading).findings
    assert finding.draft and finding.draft.stem == "验电应当使用什么"
    assert finding.draft.content == {"options": ["合格的验电器", "手", "试电笔", "钳子"]}
    assert (finding.draft.basis_document, finding.draft.topic, finding.row.number) == ("《安规》", "安全/验电", 2)


@pytest.mark.once
def test_it_is_known_by_its_header_whatever_it_is_called() -> None:
    assert open_file(table("\t"), name="题.txt").format == open_file(table(";", above="sep=;\r\n")).format == "excel"


@pytest.mark.once
@pytest.mark.parametrize(
    "data", [b"a,b\n1,2\n", '题型,题干\n单选题,"未结束\n'.encode(), b"\xff\xfe\x00\x00,", b"," * 300_000]
)
def test_what_is_no_such_table_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable) as problem:
        open_file(data, name="题.csv")
    assert str(problem.value)


@pytest.mark.once
def test_a_cell_that_is_too_long_or_a_file_with_too_many_rows_is_refused() -> None:
    with pytest.raises(Unreadable):
        open_file(table() + b"x" * 300_000, name="题.csv")
    with pytest.raises(Unreadable):
        open_file(table() + b"a,b\r\n" * 5100, name="题.csv")


@pytest.mark.once
@given(CELLS.map("".join))
def test_no_cell_is_calculated_and_every_cell_comes_back(cell: str) -> None:
    written = harmless(cell)
    assert not written.startswith(("=", "+", "-", "@", "＝"))
    assert csv_file._meant(written) == trimmed(cell)


@pytest.mark.once
@settings(max_examples=60)
@given(questions())
def test_a_csv_says_what_the_workbook_says(sent: list[Exchanged]) -> None:
    table, book = csv_file.write(sent), excel.write(sent)
    assert (table.questions, table.not_carried, table.remarks) == (book.questions, book.not_carried, book.remarks)
    if table.questions:
        ours = check(csv_file.read(table.data)).findings
        theirs = check(excel.read(book.data)).findings
        assert [finding.draft for finding in ours] == [finding.draft for finding in theirs]


@pytest.mark.django_db
def test_a_bank_goes_out_and_comes_in_as_csv(
    bank: QuestionBank, ma_yue: Person, client_of: Callable[[Person], Client], at: datetime
) -> None:
    made = client_of(ma_yue).post(reverse("exams:export", args=[bank.uuid]), {"format": "csv"})
    data = b"".join(made.streaming_content)  # type: ignore[attr-defined]
    assert data.startswith(b"\xef\xbb\xbf") and made.headers["Content-Type"].startswith("text/csv")
    report = check(open_file(data, name="题.csv"))
    assert {finding.draft.hash for finding in report.findings if finding.draft} == set(
        bank.questions.values_list("hash", flat=True)
    )
    assert FORMATS["csv"].read and not report.refused
