"""Journey: an exam in a room. Two phones come in with the code; the invigilator extends, unlocks and ends."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK
from tests.journeys.screens import desk_screen, learners_screen

EXAM = "安规普考（机房）"
EXAMINER, INVIGILATOR = "00120017", "00120097"
FIRST, SECOND = "00120101", "00120110"


def test_an_exam_in_a_room(log_in: Callable[..., Page]) -> None:
    examiner = log_in(EXAMINER, DESK)
    set_up(examiner)
    phones = {number: log_in(number) for number in (FIRST, SECOND)}
    for phone in phones.values():
        take_up(phone)
    plan(examiner)
    board = log_in(INVIGILATOR, DESK)
    board.goto("/exams/invigilating/")
    board.get_by_role("link", name=re.compile(EXAM)).click()
    expect(board.locator("[data-board]")).to_contain_text("未到")
    for phone in phones.values():
        come_in(phone, board)
    expect(board.locator("[data-board]")).to_contain_text("1/4")
    assert not desk_screen(board, "invigilation board")
    extend(board, phones[FIRST])
    change_device(board, log_in(FIRST))
    end(board, phones[SECOND])


def set_up(page: Page) -> None:
    """A stand-alone exam of four questions."""
    page.goto("/desk/exams/new/")
    page.get_by_label("考试名称").fill(EXAM)
    page.locator("[name=rules-0-bank]").select_option(index=1)
    page.locator("[name=rules-0-type]").select_option("single")
    page.locator("[name=rules-0-count]").fill("4")
    page.locator("[name=rules-0-points]").fill("25")
    page.get_by_role("button", name="建立考试").click()
    page.wait_for_url(re.compile("/desk/exams/[0-9a-f-]{36}/"))


def take_up(page: Page) -> None:
    page.goto("/courses/")
    page.get_by_role("link", name=re.compile(EXAM)).first.click()
    page.get_by_role("button", name="开始学习").click()
    page.goto("/exams/")
    expect(page.get_by_role("link", name=re.compile(EXAM))).to_be_visible()


def plan(page: Page) -> None:
    """One session that has just begun, with a seat for each of the two."""
    page.get_by_role("link", name="考试场次").click()
    begins = datetime.now(ZoneInfo("Asia/Shanghai")) - timedelta(minutes=5)
    page.get_by_label("场次", exact=True).fill("第一场")
    page.get_by_label("考场").fill("三楼机房")
    page.get_by_label("开考时间").fill(f"{begins:%Y-%m-%dT%H:%M}")
    page.get_by_label("结束时间").fill(f"{begins + timedelta(hours=12):%Y-%m-%dT%H:%M}")
    page.get_by_label("迟到限时").fill("240")
    page.get_by_role("textbox", name="监考人").fill(INVIGILATOR)
    assert not desk_screen(page, "sessions")
    page.get_by_role("button", name="建立场次").click()
    page.get_by_label("员工编号").fill(f"{FIRST} {SECOND}")
    page.get_by_role("button", name="编排座位").click()
    expect(page.get_by_text("已编排 2 人")).to_be_visible()
    assert not desk_screen(page, "session")


def come_in(phone: Page, board: Page) -> None:
    """A wrong code first; then the one on the invigilator's screen, and one question is answered."""
    phone.goto("/exams/")
    phone.get_by_role("link", name=re.compile(EXAM)).click()
    code = phone.get_by_label("场次码")
    expect(code).to_be_visible()
    assert not learners_screen(phone, "session notice")
    code.fill("12")
    phone.get_by_role("button", name="开始考试").click()
    expect(phone.get_by_text("场次码已更换或有误")).to_be_visible()
    board.reload()
    phone.get_by_label("场次码").fill(board.locator(".board-code").inner_text())
    phone.get_by_role("button", name="开始考试").click()
    phone.wait_for_url("**/exams/sitting/**")
    phone.locator("[data-question] .option label").first.click()
    expect(phone.locator("[data-item-state]").first).to_have_text("已保存")


def intervene(board: Page, name: str, title: str, reason: str, button: str) -> None:
    board.get_by_role("link", name=name).first.click()
    section = board.locator("details", has=board.locator("summary", has_text=title))
    section.locator("summary").click()
    section.get_by_label("原因").fill(reason)
    section.get_by_role("button", name=button).click()
    expect(board.get_by_text("已处理，并记入考场记录")).to_be_visible()
    expect(board.locator("main")).to_contain_text(reason)


def extend(board: Page, phone: Page) -> None:
    """The phone learns it with the next answer."""
    before = phone.locator("[data-clock]").inner_text()
    intervene(board, "谢玉兰", "延时", "投影故障", "延时")
    assert not desk_screen(board, "seat")
    board.go_back()
    phone.locator("[data-question]:visible .option label").nth(1).click()
    expect(phone.locator("[data-clock]")).to_have_text(re.compile(r"^(1:0|6[0-9]:)"))
    assert phone.locator("[data-clock]").inner_text() != before


def change_device(board: Page, other: Page) -> None:
    """Not without the invigilator."""
    other.goto("/exams/")
    other.get_by_role("link", name=re.compile(EXAM)).click()
    expect(other.get_by_text("须由监考人允许")).to_be_visible()
    assert not learners_screen(other, "locked")
    board.goto("/exams/invigilating/")
    board.get_by_role("link", name=re.compile(EXAM)).click()
    intervene(board, "谢玉兰", "更换设备", "手机没电", "允许更换设备")
    other.get_by_role("link", name="监考人已允许，继续").click()
    other.get_by_role("button", name="在本机继续").click()
    expect(other.locator("[data-question]").first).to_be_visible()


def end(board: Page, phone: Page) -> None:
    board.goto("/exams/invigilating/")
    board.get_by_role("link", name=re.compile(EXAM)).click()
    intervene(board, "彭小军", "结束考试", "夹带资料", "结束考试")
    phone.goto("/exams/")
    phone.get_by_role("link", name=re.compile(EXAM)).click()
    phone.get_by_role("link", name="第 1 次").click()
    expect(phone.get_by_text("监考人已结束您的考试")).to_be_visible()
