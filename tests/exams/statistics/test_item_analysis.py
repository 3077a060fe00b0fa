"""`manage.py item_analysis --marks FILE.csv [--json]`."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from exams.analysis.marks_file import Unusable, read_marks
from tests.exams.statistics import published

GOOD = "Q1,Q2,Q3\n1,1,2\n1,0,2\n1,1,1.5\n0,0,0\n0,1,1\n"


def run(tmp_path: Path, content: str | bytes, *arguments: str) -> str:
    file, out = tmp_path / "marks.csv", StringIO()
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    call_command("item_analysis", f"--marks={file}", *arguments, stdout=out)
    return out.getvalue()


def figures(tmp_path: Path, content: str | bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(tmp_path, content, "--json"))
    return found


def problems(content: str | bytes) -> list[tuple[int, int | None, str]]:
    with translation.override("en"), pytest.raises(Unusable) as caught:
        read_marks(content if isinstance(content, bytes) else content.encode())
    return [(each.row, each.column, each.reason) for each in caught.value.problems]


def test_moodles_example_as_a_file(tmp_path: Path) -> None:
    rows = ["甲,乙,丙,丁,戊,己,庚", "1,1,1,1,1,1,1"]
    rows += [",".join(line.split()) for line in published.MOODLE_QUIZ.strip().splitlines()]
    found = figures(tmp_path, "\n".join(rows))
    paper, items = found["paper"], found["items"]
    assert (paper["attempts"], paper["items"], paper["maximum_mark"]) == (25, 7, 7)
    assert paper["coefficient_of_internal_consistency"] == pytest.approx(-87.2230935542)
    assert paper["standard_error"] == pytest.approx(1.1106813066)
    assert [item["item"] for item in items] == list("甲乙丙丁戊己庚")
    assert items[5]["discrimination_index"] == pytest.approx(-45.3785178421)
    assert items[5]["discriminative_efficiency"] == pytest.approx(-56.9365974439)
    assert items[2]["facility_index"] == pytest.approx(97.3333332)
    assert all(item["undefined"] == {} for item in items)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(("separator", "end"), [(",", "\n"), (";", "\r\n"), ("\t", "\n")])
def test_what_spreadsheets_write_is_read_alike(tmp_path: Path, encoding: str, separator: str, end: str) -> None:
    text = GOOD.replace("Q1", "第一题").replace(",", separator).replace("\n", end) + end * 3
    found = figures(tmp_path, text.encode(encoding))
    assert found["items"][0]["item"] == "第一题"
    assert found["paper"]["mean"] == pytest.approx(8.5 / 4)


def test_one_attempt_gives_what_is_defined_and_says_why_the_rest_is_not(tmp_path: Path) -> None:
    found = figures(tmp_path, "Q1,Q2\n1,2\n1,0\n")
    assert found["paper"]["mean"] == 1 and found["paper"]["standard_deviation"] is None
    assert found["paper"]["undefined"]["standard_deviation"] == "few_attempts"
    assert found["items"][0]["facility_index"] == 100
    assert found["items"][0]["undefined"]["discrimination_index"] == "few_attempts"


def test_a_readable_table_with_notes_for_what_is_undefined(tmp_path: Path) -> None:
    with translation.override("en"):
        shown = run(tmp_path, "Q1,好题\n1,2\n1,0\n1,2\n1,1\n")
    assert "3 attempts, 2 items" in shown
    assert "100.00" in shown and "[1]" in shown
    assert "everybody has the same mark in the question" in shown


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", (1, None, "the file is empty")),
        ("\n\n", (1, None, "the file is empty")),
        (",,\n1,1\n1,1\n", (1, None, "there is no item: the first row holds the item names")),
        ("Q1,Q2\n", (2, None, "the maximum marks are missing: they stand in the second row")),
        ("Q1,Q2\n1,1\n", (3, None, "there is no attempt: each row from the third on is one")),
        ("Q1,,Q3\n1,1,1\n1,1,1\n", (1, 2, "the item has no name")),
        ("Q1,Q2\n1,1\n1,\n", (3, 2, "the cell is empty; write 0 for an item without marks")),
        ("Q1,Q2\n1,1\n\n1,1\n", (3, 1, "the cell is empty; write 0 for an item without marks")),
        ("Q1,Q2\n1,1\n1,x\n", (3, 2, "“x” is no number")),
        ("Q1,Q2\n1,1\n1,nan\n", (3, 2, "“nan” is no number")),
        ("Q1,Q2\n1,1\n1,1e400\n", (3, 2, "“1e400” is no number")),
        ("Q1,Q2\n1,2\n1,2.5\n", (3, 2, "2.5 is more than the maximum of 2")),
        ("Q1,Q2\n1,-2\n1,-2.5\n", (2, 2, "the maximum mark is negative")),
        ("Q1,Q2\n1,1\n1,1,1\n", (3, 3, "3 cells, but only 2 items")),
    ],
)
def test_what_is_wrong_is_said_with_row_and_column(content: str, expected: tuple[int, int | None, str]) -> None:
    assert problems(content)[0] == expected


def test_every_problem_is_listed_up_to_fifty() -> None:
    assert len(problems("Q1\n1\n" + "x\n" * 80)) == 50
    assert [row for row, *_ in problems("Q1\n1\n2\n1\n3\n")] == [3, 5]


def test_errors_are_json_too_and_the_command_fails(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("Q1\n1\n2\n", encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("item_analysis", f"--marks={tmp_path / 'bad.csv'}", "--json", stdout=out)
    assert json.loads(out.getvalue())["errors"][0]["row"] == 3
    with pytest.raises(CommandError):
        call_command("item_analysis", f"--marks={tmp_path / 'absent.csv'}")


@given(st.binary(max_size=200) | st.text(alphabet="Q1,0.5\n\t;-\x00\"'e", max_size=200).map(str.encode))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    try:
        file = read_marks(content)
    except Unusable as unusable:
        assert unusable.problems
    else:
        assert len(file.names) == len(file.table.columns)
