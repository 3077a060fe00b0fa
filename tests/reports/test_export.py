"""The workbook says what the screen says, and is data, never a formula."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from courses.models import Course
from lms.people.models import Person
from lms.records.models import Assignment
from tests.factories import make_course

Browser = Callable[[Person], Client]
Put = Callable[..., Assignment]
HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "＋1", "－1", "＠x", "|calc", "%x",
    '=HYPERLINK("http://evil.example","点我")', "=cmd|' /C calc'!A0", "http://evil.example/",
]  # fmt: skip


def download(browser: Client, **query: str) -> bytes:
    response = browser.get(reverse("reports:export"), query)
    assert response.status_code == 200
    content: bytes = response.getvalue()
    return content


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def screen_names(html: str) -> list[tuple[str, ...]]:
    """(name, number, unit, course, obligation, due, state, completed) of every line of the table."""
    body = html[html.index("<tbody>") : html.index("</tbody>")]
    lines = []
    for row in re.split(r"<tr\b", body)[1:]:
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        plain = [
            unescape(re.sub(r"<[^>]+>", "", re.sub(r"<span class=\"tag\">.*?</span>", "", cell))) for cell in cells
        ]
        name, number = plain[0].split()
        lines.append((name, number, *(cell.strip() for cell in plain[1:7])))
    return lines


def screen_units(html: str) -> set[tuple[str, str]]:
    return set(re.findall(r'class="bar-label">([^<]*)</span><span class="bar-value figure">([^<]*)<', html))


@pytest.fixture
def busy(
    chengguan: list[Person], hedong: list[Person], course: Course, put_under: Put, finish: Callable[..., None]
) -> None:
    put_under(course, "YL", due=-1)
    finish(chengguan[0], course, ago=5)
    finish(chengguan[1], course, ago=0.5)


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize(
    "query", [{}, {"unit": "YL1301"}, {"state": "overdue"}, {"state": "completed"}, {"required": "1"}]
)
def test_the_names_of_the_workbook_are_those_of_the_screen(
    query: dict[str, str], shen_hui: Person, client_of: Browser
) -> None:
    browser = client_of(shen_hui)
    html = browser.get(reverse("reports:people"), query).content.decode()
    rows = sheets(download(browser, **query))["名单"][1:]
    exported = [tuple(str(cell).strip() for cell in row[:8]) for row in rows]
    assert exported == screen_names(html)
    assert len(rows) == len(set(exported)) > 0


@pytest.mark.usefixtures("busy")
def test_the_units_of_the_workbook_are_the_bars_of_the_screen(shen_hui: Person, client_of: Browser) -> None:
    browser = client_of(shen_hui)
    html = browser.get(reverse("reports:completion")).content.decode()
    rows = sheets(download(browser))["按单位"][1:]
    exported = {(row[0], f"{row[4]:.0%}") for row in rows}
    by_unit = html[html.index('id="by-unit"') : html.index('id="by-course"')]
    assert exported == screen_units(by_unit)


@pytest.mark.usefixtures("busy")
def test_a_manager_exports_his_own_station_only(luo_jianhua: Person, client_of: Browser) -> None:
    content = download(client_of(luo_jianhua))
    text = b"".join(ZipFile(BytesIO(content)).read(name) for name in ZipFile(BytesIO(content)).namelist()).decode()
    assert "谢一" in text
    assert "彭一" not in text
    assert "河东" not in text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_looks_like_a_formula_stays_a_text(
    name: str,
    make_person: Callable[..., Person],
    put_under: Put,
    luo_jianhua: Person,
    client_of: Browser,
) -> None:
    hostile = make_person("00600000", name, "YL1301")
    put_under(make_course(lessons=["一课"], title=name), hostile)
    content = download(client_of(luo_jianhua))
    row = sheets(content)["名单"][1]
    assert (row[0], row[3]) == (name, name)
    archive = ZipFile(BytesIO(content))
    for part in archive.namelist():
        assert b"<f>" not in archive.read(part)
        assert b"<hyperlink " not in archive.read(part)
    marked = b'quotePrefix="1"' in archive.read("xl/styles.xml")
    assert marked is not name.startswith("http")


def test_numbers_keep_their_leading_zeros(
    chengguan: list[Person], course: Course, put_under: Put, luo_jianhua: Person, client_of: Browser
) -> None:
    put_under(course, chengguan[0])
    assert sheets(download(client_of(luo_jianhua)))["名单"][1][1] == "00200000"


def test_with_nothing_assigned_the_workbook_is_empty_and_opens(luo_jianhua: Person, client_of: Browser) -> None:
    found = sheets(download(client_of(luo_jianhua)))
    assert [len(found["名单"]), len(found["说明"])] == [1, 4]


def test_more_names_than_a_sheet_holds_go_on_in_the_next(
    chengguan: list[Person], course: Course, put_under: Put, luo_jianhua: Person, client_of: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("lms.reports.workbook.SHEET", 2)
    monkeypatch.setattr("lms.reports.here.AT_ONCE", 2)
    put_under(course, "YL1301")
    found = sheets(download(client_of(luo_jianhua)))
    assert list(found) == ["按单位", "名单", "名单 2", "名单 3", "说明"]
    names = [row[0] for title, rows in found.items() if title.startswith("名单") for row in rows[1:]]
    assert sorted(names) == ["罗建华", "谢一", "谢三", "谢二", "谢四"]


def test_more_names_than_a_page_shows_are_all_exported(
    make_person: Callable[..., Person], course: Course, put_under: Put, luo_jianhua: Person, client_of: Browser
) -> None:
    for n in range(130):
        make_person(f"0070{n:04d}", f"众{n}", "YL1301")
    put_under(course, "YL1301")
    assert len(sheets(download(client_of(luo_jianhua)))["名单"]) == 1 + 131
