"""Journey: an exam in a room. Phones come in with the code; the invigilator watches, extends, unlocks and ends."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from exams.models import Attempt, Exam, Intervention
from lms.people.models import OrgUnit, Person
from tests.journeys.conftest import DESK
from tests.journeys.exam_room import make_takers, open_exam
from tests.journeys.screens import desk_screen, learners_screen
from tests.journeys.served import served
from tests.journeys.stack import Stack
from tests.journeys.visitors import Visit, visit, with_password

pytestmark = pytest.mark.once

__all__ = ["served", "visit"]
SEEN = """state => {
    Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
}"""
HOURS = 3


@pytest.fixture
def exam(served: Stack, unit: Callable[[str], OrgUnit], ma_yue: Person, xu_ting: Person, at: datetime) -> Exam:
    """Four questions in an hour, and two people to sit them; 马跃 examines, 许婷 will invigilate."""
    made = open_exam(unit("YL0901"), at, questions=4)
    make_takers(made, unit("YL0901"), served.url, at, count=2)
    with_password(ma_yue, xu_ting)
    return made


def test_an_exam_in_a_room(exam: Exam, visit: Visit, ma_yue: Person, xu_ting: Person, provoked: list[str]) -> None:
    first, second = Person.objects.filter(staff_no__startswith="0088").order_by("staff_no")
    plan(visit(ma_yue, DESK), exam, [first, second], xu_ting)
    board, phones = visit(xu_ting), [visit(first), visit(second)]
    open_board(board)
    expect(board.locator("[data-board]")).to_contain_text("未到")
    for phone in phones:
        come_in(phone, board)
    leave(phones[0], board, first)
    extend(board, phones[0], first)
    provoked.append("409 (Conflict)")
    change_device(board, phones[0], visit(first), first)
    end(board, phones[1], second)
    assert Intervention.objects.count() == 3


def plan(page: Page, exam: Exam, people: list[Person], invigilator: Person) -> None:
    """One session that began five minutes ago, with a seat for each."""
    page.goto(f"/desk/exams/{exam.uuid}/")
    page.get_by_role("link", name="考试场次").click()
    begins = datetime.now(ZoneInfo("Asia/Shanghai")) - timedelta(minutes=5)
    page.get_by_label("场次", exact=True).fill("第一场")
    page.get_by_label("考场").fill("三楼机房")
    page.get_by_label("开考时间").fill(f"{begins:%Y-%m-%dT%H:%M}")
    page.get_by_label("结束时间").fill(f"{begins + timedelta(hours=HOURS):%Y-%m-%dT%H:%M}")
    page.get_by_label("迟到限时").fill("90")
    page.get_by_role("textbox", name="监考人").fill(invigilator.staff_no)
    found = desk_screen(page, "sessions")
    page.get_by_role("button", name="建立场次").click()
    page.get_by_label("员工编号").fill(" ".join(person.staff_no for person in people))
    page.get_by_role("button", name="编排座位").click()
    expect(page.get_by_text(f"已编排 {len(people)} 人")).to_be_visible()
    found += desk_screen(page, "session")
    assert not found, "\n".join(found)


def open_board(page: Page) -> None:
    """From the list of exams, as whoever was asked to invigilate finds it."""
    page.goto("/exams/")
    page.get_by_role("link", name="您监考的场次").click()
    page.get_by_role("link", name=re.compile("第一场")).click()
    expect(page.locator(".board-code")).to_have_text(re.compile(r"^\d{3} \d{3}$"))


def come_in(phone: Page, board: Page) -> None:
    """A wrong code first; then the one on the invigilator's screen, and one question is answered."""
    phone.goto("/exams/")
    phone.get_by_role("link", name=re.compile("演练考试")).click()
    expect(phone.get_by_label("场次码")).to_be_visible()
    found = learners_screen(phone, "session notice")
    assert not found, "\n".join(found)
    enter(phone, "12")
    expect(phone.get_by_text("场次码已更换或有误")).to_be_visible()
    board.reload()
    enter(phone, board.locator(".board-code").inner_text())
    phone.wait_for_url("**/exams/sitting/**")
    answer(phone, 0)


def enter(phone: Page, code: str) -> None:
    phone.get_by_label("场次码").fill(code)
    phone.get_by_role("button", name="开始考试").click()


def answer(phone: Page, option: int) -> None:
    phone.locator("[data-question]:visible .option label").nth(option).click()
    expect(phone.locator("[data-saved-text]")).to_have_text("已保存")


def leave(phone: Page, board: Page, person: Person) -> None:
    """The board asks by itself, every few seconds."""
    mine = board.locator("[data-board] tbody tr", has_text=person.staff_no)
    expect(mine).to_contain_text("1/4")
    with phone.expect_response(lambda response: response.url.endswith("/leaves/")):
        phone.evaluate(SEEN, "hidden")
    expect(mine).to_contain_text("现在不在答题页")
    found = desk_screen(board, "board")
    phone.evaluate(SEEN, "visible")
    expect(mine).not_to_contain_text("现在不在答题页")
    expect(mine.locator("[data-label=离开页面]")).to_have_text("1")
    expect(mine.locator("[data-label=最近在线]")).to_have_text(re.compile(r"^\d\d:\d\d:\d\d$"))
    expect(phone.get_by_text("已离开页面 1 次")).to_be_visible()
    assert not found, "\n".join(found)


def intervene(board: Page, person: Person, title: str, reason: str, button: str) -> None:
    """Done on the page of one seat, kept there with its reason."""
    board.get_by_role("link", name=person.name).first.click()
    section = board.locator("details", has=board.locator("summary", has_text=title))
    section.locator("summary").click()
    section.get_by_label("原因").fill(reason)
    board.evaluate("scrollTo(0, 0)")  # under a bar that stays, nothing has its full size
    found = desk_screen(board, f"seat {title}")
    section.get_by_role("button", name=button).click()
    expect(board.get_by_text("已处理，并记入考场记录")).to_be_visible()
    expect(board.get_by_role("main")).to_contain_text(reason)
    board.get_by_role("link", name="第一场").click()
    assert not found, "\n".join(found)


def extend(board: Page, phone: Page, person: Person) -> None:
    """The phone learns it with the next answer: ten minutes on top of the hour."""
    before = Attempt.objects.get(person=person).deadline
    intervene(board, person, "延时", "投影故障", "延时")
    assert Attempt.objects.get(person=person).deadline - before == timedelta(minutes=10)
    answer(phone, 1)
    expect(phone.locator("[data-clock-text]")).to_have_text(re.compile(r"^1:0\d:\d\d$|^6\d:\d\d$"))


def change_device(board: Page, phone: Page, other: Page, person: Person) -> None:
    """Not without the invigilator; then the old phone can save nothing, and the new one has what was answered."""
    other.goto("/exams/")
    other.get_by_role("link", name=re.compile("演练考试")).click()
    expect(other.get_by_text("须由监考人允许")).to_be_visible()
    found = learners_screen(other, "locked")
    intervene(board, person, "更换设备", "手机没电", "允许更换设备")
    other.get_by_role("link", name="监考人已允许，继续").click()
    other.get_by_role("button", name="在本机继续").click()
    expect(other.locator("#item-1-1")).to_be_checked()
    phone.locator("[data-question]:visible .option label").first.click()
    expect(phone.locator("#taken-over")).to_be_visible()
    assert not found, "\n".join(found)


def end(board: Page, phone: Page, person: Person) -> None:
    """The phone learns it with the next answer; the result says who ended it."""
    intervene(board, person, "结束考试", "夹带资料", "结束考试")
    expect(board.locator("[data-board] tbody tr", has_text=person.staff_no)).to_contain_text("已交卷")
    phone.locator("[data-question]:visible .option label").nth(1).click()
    phone.wait_for_url("**/exams/result/**")
    expect(phone.get_by_text("监考人已结束您的考试")).to_be_visible()
    found = learners_screen(phone, "ended")
    assert not found, "\n".join(found)
