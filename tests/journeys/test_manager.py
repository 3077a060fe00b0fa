"""Journey 4: 罗建华 sees his station on his phone, names, reminds once a day, takes the list along as a workbook."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook

pytestmark = pytest.mark.once

HIS = "YL1301"
LATE = "00120103"  # of his station, overdue with V3
COMPLETION = "/desk/completion/"
PLAIN = """row => [...row.querySelectorAll('th, td')].map(cell => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll('.tag, .visually-hidden').forEach(part => part.remove());
    return copy.textContent.trim();
})"""


@pytest.fixture
def manager(log_in: Callable[..., Page]) -> Page:
    """His phone, on the figures of his station."""
    page = log_in("00120097")
    page.locator("[data-menu] > summary").click()
    page.get_by_role("link", name="工作台").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("城关供电所")
    return page


def test_he_drills_down_to_the_names_of_his_station_and_of_no_other(manager: Page) -> None:
    expect(manager.get_by_text("河东供电所")).to_have_count(0)
    manager.get_by_role("heading", name="按课程").locator("xpath=ancestor::section").get_by_role("link").first.click()
    expect(manager.locator("#course")).not_to_have_value("")
    manager.get_by_role("link", name="名单").click()
    expect(manager.get_by_role("heading", level=1)).to_have_text("名单 · 城关供电所")
    assert {line[2] for line in names_on_screen(manager)} == {"城关供电所"}
    manager.get_by_role("link", name="已逾期", exact=True).click()
    manager.wait_for_url("**state=overdue**")
    assert {line[6] for line in names_on_screen(manager)} <= {"已逾期"}


def test_he_reminds_somebody_once_a_day_and_they_read_it(manager: Page, log_in: Callable[..., Page]) -> None:
    overdue = f"{COMPLETION}people/?unit={HIS}&state=overdue"
    manager.goto(overdue)
    earlier = manager.context.new_page()
    earlier.goto(overdue)
    remind(manager).click()
    expect(manager.get_by_text(re.compile("^已提醒"))).to_be_visible()
    expect(rows_of(LATE, manager).first.get_by_text("今日已提醒")).to_be_visible()
    remind(earlier).click()
    expect(earlier.get_by_text("今天已提醒过")).to_be_visible()
    theirs = log_in(LATE)
    theirs.get_by_role("link", name=re.compile("消息")).first.click()
    expect(theirs.locator(".row-unread").filter(has_text="待完成")).to_have_count(1)
    theirs.locator(".row-unread").filter(has_text="待完成").click()
    theirs.wait_for_url("**/courses/**")


def test_the_workbook_has_the_rows_of_the_screen(manager: Page, tmp_path: Path) -> None:
    manager.goto(f"{COMPLETION}people/?unit={HIS}")
    shown = names_on_screen(manager)
    assert len(shown) >= 18  # nine people, two courses each at least
    with manager.expect_download() as download:
        manager.get_by_role("link", name="导出 Excel").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.suffix == ".xlsx"
    rows = CalamineWorkbook.from_path(file).get_sheet_by_name("名单").to_python(skip_empty_area=False)
    assert sorted([str(cell) for cell in row[:8]] for row in rows[1:]) == sorted(shown)


def test_his_morning_from_who_is_pressing_to_a_paper_for_the_meeting(manager: Page, tmp_path: Path) -> None:
    views = manager.get_by_role("navigation", name="视图")
    views.get_by_role("link", name="谁要紧").click()
    expect(manager.locator(".reasons").first).to_contain_text("逾期")
    expect(manager.get_by_text("河东供电所")).to_have_count(0)
    views.get_by_role("link", name="趋势").click()
    expect(manager.locator("main svg").first).to_be_visible()
    views.get_by_role("link", name="人员×课程").click()
    expect(manager.locator("tbody tr").first).to_be_visible()
    views.get_by_role("link", name="常用筛选").click()
    manager.get_by_label("筛选名称").fill("晨会")
    manager.get_by_role("button", name="保存").click()
    manager.get_by_role("link", name="晨会").click()
    expect(manager.locator("tbody tr").first).to_be_visible()
    manager.goto(COMPLETION)
    with manager.expect_download() as download:
        manager.get_by_role("link", name="导出 PDF").click()
    paper = tmp_path / download.value.suggested_filename
    download.value.save_as(paper)
    assert paper.suffix == ".pdf" and paper.read_bytes().startswith(b"%PDF-")


def test_another_station_does_not_exist_for_him_nor_his_for_another(
    manager: Page, log_in: Callable[..., Page]
) -> None:
    manager.goto(f"{COMPLETION}people/?unit={HIS}&state=overdue")
    door = re.search(r"/desk/completion/remind/[0-9a-f-]{36}/", manager.content())
    assert door
    assert answers(manager, "YL1302") == {404}
    other = log_in("00120106")
    assert answers(other, HIS) == {404}
    assert answers(other, "YL1302") == {200}
    token = next(cookie["value"] for cookie in other.context.cookies() if cookie["name"] == "csrftoken")
    assert other.request.post(door[0], headers={"X-CSRFToken": token}).status == 404
    other.goto(f"{COMPLETION}people/")
    assert {line[2] for line in names_on_screen(other)} == {"河东供电所"}


def answers(page: Page, unit: str) -> set[int]:
    """How the pages of completion answer this person about this unit."""
    addresses = [f"{COMPLETION}{path}?unit={unit}" for path in ("", "people/", "export.xlsx")]
    return {page.request.get(address).status for address in addresses}


def rows_of(number: str, page: Page) -> Locator:
    """The tasks of one person: a row each."""
    return page.locator("tbody tr").filter(has_text=number)


def remind(page: Page) -> Locator:
    """The button that reminds the late one."""
    return rows_of(LATE, page).get_by_role("button").first


def names_on_screen(page: Page) -> list[list[str]]:
    """Name, number, unit, course, obligation, due, state, completed of every line."""
    lines = [row.evaluate(PLAIN) for row in page.locator("tbody tr").all()]
    return [[*line[0].split(), *line[1:7]] for line in lines]
