"""What a cell means, whatever spreadsheet programs do to it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.roster import cells
from lms.people.roster.columns import COLUMNS, find_header, plain
from lms.people.roster.problems import RosterFileError
from lms.people.roster.workbook import Sheet
from lms.people.rules import normal_number


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        ("  李 四\n", "李 四"),
        (120039.0, "120039"),
        (1.5, "1.5"),
        ("\ufeff00120039\u200b", "00120039"),
        ("\u3000王五\u3000", "王五"),
        (datetime(2026, 3, 5, tzinfo=UTC), "2026-03-05"),
        (True, "1"),
    ],
)
def test_a_cell_reads_as_the_person_sees_it(value: Any, shown: str) -> None:
    assert cells.text(value) == shown


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("李 振 东", "李振东"),
        ("李　明", "李明"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("John  Smith", "John Smith"),
        ("𠅤𫖯", "𠅤𫖯"),
    ],
)
def test_padding_between_characters_is_dropped_and_the_characters_are_kept(written: str, name: str) -> None:
    assert cells.name(written) == name


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-05",
        "2026/3/5",
        "2026.3.5",
        "2026年3月5日",
        "20260305",
        "２０２６－０３－０５",
        datetime(2026, 3, 5, 8, tzinfo=UTC),
        date(2026, 3, 5),
        46086,
        46086.0,
        "2026-03-05 00:00:00",
    ],
)
def test_a_day_is_read_however_it_is_written(written: Any) -> None:
    assert cells.day(written) == date(2026, 3, 5)


@pytest.mark.parametrize("written", ["2026-02-30", "明天", "3月5日", "2026-13-01", -1, 10**9, "20261305"])
def test_what_is_no_day_is_refused(written: Any) -> None:
    with pytest.raises(ValueError):
        cells.day(written)


def test_an_empty_cell_is_no_day() -> None:
    assert cells.day("") is None
    assert cells.day(None) is None


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)))
def test_every_day_survives_every_way_of_writing_it(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    for written in (
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        serial,
    ):
        assert cells.day(written) == day


@given(st.text(max_size=60))
def test_reading_a_cell_twice_is_reading_it_once(written: str) -> None:
    for read in (cells.text, cells.code, cells.name):
        assert read(read(written)) == read(written)
        assert read(written) == read(written).strip()


@given(st.text(alphabet="0123456789", min_size=1, max_size=20))
def test_text_keeps_its_leading_zeros(number: str) -> None:
    assert cells.code(number) == number
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    assert cells.code(wide) == number


@given(st.text(max_size=300))
def test_comparing_numbers_never_fails_and_is_settled_after_one_step(typed: str) -> None:
    number = normal_number(typed)
    assert normal_number(number) == number
    assert len(number) <= 64
    assert "\x00" not in number


@given(
    st.sampled_from([column.label for column in COLUMNS]),
    st.sampled_from(["*", "（文本）", "(必填)", " ", "＊", "\n"]),
)
def test_marks_do_not_hide_a_columns_name(label: str, mark: str) -> None:
    assert plain(label + mark) == plain(mark + label) == label


@given(st.permutations([column.label for column in COLUMNS if column.required]), st.integers(0, 9))
def test_the_header_is_found_in_any_order_within_ten_rows(labels: list[str], above: int) -> None:
    sheet = Sheet("1", [["云岭县供电公司花名册"]] * above + [labels], frozenset())
    _, header = find_header([sheet])
    assert header.row == above
    assert [name for _, name in sorted(header.places.values())] == labels


def test_a_header_below_row_ten_is_not_looked_for() -> None:
    labels = [column.label for column in COLUMNS]
    with pytest.raises(RosterFileError, match="前 10 行没有找到表头"):
        find_header([Sheet("1", [["标题"]] * 10 + [labels], frozenset())])
