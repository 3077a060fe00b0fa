"""The previews of imported files, as axe-core and the narrowest phone see them, decided about by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from exams.exchange import gift
from tests.exams.sources import MOODLE
from tests.exams.workbooks import GOOD, workbook
from tests.journeys.conftest import DESK
from tests.journeys.screens import desk_screen
from tests.people.conftest import row
from tests.people.conftest import workbook as roster

pytestmark = pytest.mark.once

UNCLEAR = ["单选题", "哪些可以验电", "验电器", "手", "验电笔", "", "AC", *GOOD[7:]]
WRONG = ["单选题", "", *GOOD[2:]]


def upload(page: Page, address: str, file: Path, content: bytes, button: str) -> None:
    file.write_bytes(content)
    page.goto(address)
    page.locator("input[type=file]").set_input_files(file)
    if page.get_by_label("新题库名称").count():
        page.get_by_label("新题库名称").fill(f"预览题库 {file.stem}")
    page.get_by_role("button", name=button).click()


def test_previews_are_read_and_decided_about(log_in: Callable[..., Page], tmp_path: Path) -> None:
    examiner = log_in("00120017", DESK)
    content = workbook(GOOD, [*GOOD[:6], "B", *GOOD[7:]], UNCLEAR, WRONG)
    upload(examiner, "/desk/questions/import/", tmp_path / "题.xlsx", content, "查看文件")
    expect(examiner.locator(".finding")).to_have_count(4)
    found = desk_screen(examiner, "question preview")
    examiner.get_by_role("group", name="第 4 行").get_by_text("导入", exact=True).click()
    examiner.get_by_role("button", name="可疑").click()
    expect(examiner.locator(".preview-store")).to_contain_text("新题 2")
    office = log_in("00120011", DESK)
    people = [row("00129998", "新人", unit="YL0901"), row("120039", "李振东"), row("00129997", "错", unit="XX")]
    upload(office, "/desk/people/roster/", tmp_path / "花名册.xlsx", roster(people), "读取并预览")
    expect(office.locator(".finding").first).to_be_visible()
    assert not found + desk_screen(office, "roster preview")


def test_a_bank_of_moodle_comes_in_and_goes_out_again(log_in: Callable[..., Page], tmp_path: Path) -> None:
    examiner = log_in("00120017", DESK)
    upload(examiner, "/desk/questions/import/", tmp_path / "moodle.xml", MOODLE.encode(), "查看文件")
    expect(examiner.locator(".finding")).to_have_count(6)
    found = desk_screen(examiner, "preview of a moodle file")
    examiner.get_by_role("button", name="按选择导入").click()
    examiner.get_by_role("link", name="导出").click()
    examiner.get_by_label("格式").select_option("gift")
    examiner.get_by_role("button", name="查看内容").click()
    expect(examiner.get_by_role("main")).to_contain_text("无法写入")
    found += desk_screen(examiner, "export")
    with examiner.expect_download() as download:
        examiner.get_by_role("button", name="下载").click()
    assert len(gift.read(download.value.path().read_bytes()).questions) == 3
    assert not found
