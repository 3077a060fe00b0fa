"""A sitting without a network: answers wait sealed on the phone, the sheet opens again, and nothing is lost."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Response, expect

from exams import actions, media
from exams.actions import ExamPlan, PlannedRule
from exams.exchange.drafting import drafted
from exams.models import Answer, Attempt, AttemptItem, Exam
from lms.people.models import OrgUnit, Person
from tests.exams.conftest import single
from tests.exams.examples import HOTSPOT, PHOTO, PHOTOS
from tests.journeys.exam_room import PASSWORD, make_takers, open_exam
from tests.journeys.served import served
from tests.journeys.stack import Stack
from tests.journeys.test_offline import READY

pytestmark = pytest.mark.once

__all__ = ["served"]
TAKER = "00880000"
Phone = Callable[[str], Page]


@pytest.fixture
def exam(served: Stack, unit: Callable[[str], OrgUnit], at: datetime) -> Exam:
    made = open_exam(unit("YL0901"), at, questions=8, shuffled=False)
    make_takers(made, unit("YL0901"), served.url, at, count=1)
    return made


@pytest.fixture
def phone(browser: Browser, served: Stack) -> Iterator[Phone]:
    """A browser of its own in which somebody is logged in, with its service worker ready."""
    contexts: list[BrowserContext] = []

    def make(staff_no: str) -> Page:
        context = browser.new_context(
            base_url=served.url, viewport={"width": 390, "height": 844}, locale="zh-CN", service_workers="allow"
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto("/accounts/login/")
        page.get_by_label("员工编号").fill(staff_no)
        page.get_by_label("密码", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda url: "/accounts/login" not in url)
        assert page.evaluate(READY)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def sheet(phone: Phone, exam: Exam) -> Page:
    page = phone(TAKER)
    page.goto(f"/exams/{exam.uuid}/")
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_url("**/exams/sitting/**")
    expect(page.locator("[data-saved-text]")).to_have_text("作答后自动保存")
    return page


def state(page: Page, text: str) -> None:
    expect(page.locator("[data-saved-text]")).to_have_text(text)


def answer(page: Page, item: int, option: int = 0) -> None:
    page.click("[data-opens=answer-card]")
    page.locator("[data-card] button").nth(item - 1).click()
    page.locator(f"#item-{item}-{option}").check()


def kept(page: Page) -> None:
    """The answer in view is on the disk of this phone."""
    expect(page.locator("[data-question]:not([hidden]) [data-item-state]")).to_have_text("未上传，已存在本机")


def chosen(page: Page) -> dict[int, list[int]]:
    script = """() => Array.from(document.querySelectorAll('[data-question]'), question => [
        Number(question.dataset.item),
        Array.from(question.querySelectorAll('input:checked'), input => Number(input.value))])"""
    return {item: payload for item, payload in page.evaluate(script) if payload}


def stored() -> dict[int, list[int]]:
    rows = AttemptItem.objects.exclude(answer=None)
    return {item.position: list(item.answer or []) for item in rows}


def receipts_of(page: Page) -> list[dict[str, Any]]:
    """Fills with every receipt the page gets."""
    found: list[dict[str, Any]] = []

    def look(response: Response) -> None:
        if response.url.endswith("/answer/") and response.status == 200:
            found.append(response.json()["receipt"])

    page.on("response", look)
    return found


def test_five_answers_outlive_the_network_and_the_tab(sheet: Page) -> None:
    address, context = sheet.url, sheet.context
    receipts = receipts_of(sheet)
    answer(sheet, 1)
    answer(sheet, 2, 1)
    state(sheet, "已保存")
    context.set_offline(True)
    for item in range(3, 8):
        answer(sheet, item)
        kept(sheet)
    state(sheet, "未上传 5 题")
    before = chosen(sheet)
    sheet.close(run_before_unload=False)

    again = context.new_page()
    receipts_again = receipts_of(again)
    again.goto(address)
    state(again, "未上传 5 题")
    assert chosen(again) == before and len(before) == 7
    expect(again.locator("[data-until-synced]")).to_contain_text("这是本机保存的试卷")
    answer(again, 2, 0)
    state(again, "未上传 6 题")
    context.set_offline(False)
    state(again, "已保存")
    expect(again.locator("[data-until-synced]")).to_be_hidden()
    assert stored() == chosen(again) == {**before, 2: chosen(again)[2]} != before
    rows = {str(one.op_id): one for one in Answer.objects.filter(standing="accepted")}
    assert len(rows) == 8 == len(receipts + receipts_again)
    for receipt in receipts + receipts_again:
        row = rows[str(receipt["op_id"])]
        assert (row.position, row.version, row.sha256) == (receipt["item"], receipt["version"], receipt["sha256"])
    seqs = [receipt["seq"] for receipt in receipts_again]
    assert seqs == sorted(seqs)
    again.goto(address)
    assert chosen(again) == stored()
    assert Attempt.objects.get().leaves.filter(closed=True).exists()


@pytest.fixture
def pictured(served: Stack, unit: Callable[[str], OrgUnit], at: datetime) -> Exam:
    """One question with a picture to mark, one with a picture in its words."""
    bank = actions.open_bank(name="图片题库", unit=unit("YL0901"), by=None, at=at)
    words = replace(single(1), stem=f'<p>看图：<img src="media:{PHOTO.name}" alt="接线图"></p>', markup="html")
    drafts = [drafted(HOTSPOT.exchanged(media=PHOTOS)), words]
    actions.add_questions(bank=bank, drafts=drafts, by=None, at=at)
    file = served.folder / "media" / media.path(PHOTO.name)  # the server's own
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(PHOTO.data)
    rules = [PlannedRule(bank, 1, Decimal(1), kind) for kind in ("hotspot", "single")]
    plan = ExamPlan(title="看图考试", unit=unit("YL0901"), minutes=60, rules=rules)
    made = actions.create_standalone(
        plan=plan, code="", line="safety", hours=Decimal(1), account="safety", by=None, at=at
    )
    make_takers(made, unit("YL0901"), served.url, at, count=1)
    return made


def test_pictures_are_there_without_a_network(phone: Phone, pictured: Exam) -> None:
    """They are fetched for the copy once: a sheet whose copy has them fetches none."""
    page = phone(TAKER)
    page.goto(f"/exams/{pictured.uuid}/")
    fetched: list[str] = []
    page.on("request", lambda one: fetched.append(one.url) if one.resource_type == "fetch" else None)
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_url("**/exams/sitting/**")
    page.wait_for_load_state("networkidle")
    assert len([url for url in fetched if "/exams/media/" in url]) == 1  # twice the same picture
    for _turn in range(5):
        fetched.clear()
        page.reload()
        page.wait_for_load_state("networkidle")
        if not [url for url in fetched if "/exams/media/" in url]:
            break
    assert not [url for url in fetched if "/exams/media/" in url]
    address, context = page.url, page.context
    context.set_offline(True)
    page.close(run_before_unload=False)
    again = context.new_page()
    again.goto(address)
    expect(again.locator("[data-until-synced]")).to_contain_text("这是本机保存的试卷")
    widths = "() => Array.from(document.querySelectorAll('[data-question] img'), img => img.naturalWidth)"
    again.wait_for_function(f"({widths})().every(width => width === 80)")
    assert again.evaluate(widths) == [80, 80]


def test_after_logging_out_nobody_opens_the_copy(sheet: Page) -> None:
    """P18: the key goes with the answer to logging out, and so does everything a browser obeys the order to drop."""
    address, context = sheet.url, sheet.context
    assert [one for one in context.cookies() if one["name"].startswith("own-")]
    answer(sheet, 1)
    state(sheet, "已保存")
    sheet.evaluate("""() => fetch('/accounts/logout/', {method: 'POST', headers: {'X-CSRFToken':
        document.cookie.match(/csrftoken=([^;]+)/)[1]}})""")
    assert not [one for one in context.cookies() if one["name"].startswith("own-")]
    context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        sheet.goto(address)


def test_a_captive_portal_acknowledges_nothing(sheet: Page) -> None:
    sheet.route("**/answer/", lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>WiFi</h1>"))
    answer(sheet, 1)
    state(sheet, "未上传 1 题")
    assert not stored()
    sheet.unroute("**/answer/")
    sheet.route("**/answer/", lambda route: route.fulfill(status=302, headers={"Location": "/accounts/login/"}))
    sheet.wait_for_timeout(2_500)  # a second try, which the portal redirects
    state(sheet, "未上传 1 题")
    sheet.unroute("**/answer/")
    state(sheet, "已保存")
    assert stored() == chosen(sheet)


def test_a_second_phone_takes_over_and_the_first_changes_nothing(
    sheet: Page, phone: Phone, ma_yue: Person, served: Stack
) -> None:
    answer(sheet, 1, 0)
    state(sheet, "已保存")
    second = phone(TAKER)
    second.goto(sheet.url)
    second.get_by_role("button", name="在本机继续").click()
    answer(second, 1, 1)
    state(second, "已保存")
    answer(sheet, 2, 0)
    expect(sheet.locator("#taken-over")).to_be_visible()
    theirs = chosen(second)
    assert stored() == theirs
    ma_yue.set_password(PASSWORD)
    ma_yue.save()
    desk = phone(ma_yue.staff_no)
    desk.goto(f"/desk/exams/sittings/{Attempt.objects.get().uuid}/")
    expect(desk.get_by_role("heading", name=re.compile("已失去本场作答权"))).to_be_visible()
    sheet.click("#taken-over [data-dialog-action=take-over]")
    sheet.wait_for_function("!document.querySelector('[data-exam]')")
    sheet.get_by_role("button", name="在本机继续").click()
    state(sheet, "已保存")
    assert stored() == chosen(sheet) == {**theirs, 2: [0]}


def test_what_the_network_brings_after_the_end_is_shown_to_the_examiner(
    sheet: Page, phone: Phone, ma_yue: Person, served: Stack
) -> None:
    """P3."""
    answer(sheet, 1)
    state(sheet, "已保存")
    sheet.context.set_offline(True)
    answer(sheet, 2)
    answer(sheet, 3)
    state(sheet, "未上传 2 题")
    served.move_clock(61 * 60)
    sheet.context.set_offline(False)
    sheet.wait_for_url("**/exams/result/**")
    assert sorted(Answer.objects.filter(standing="late").values_list("position", flat=True)) == [2, 3]
    assert stored() == {1: chosen_before(1)}
    ma_yue.set_password(PASSWORD)
    ma_yue.save()
    desk = phone(ma_yue.staff_no)
    desk.goto(f"/desk/exams/sittings/{Attempt.objects.get().uuid}/")
    expect(desk.get_by_role("heading", name="结束后送达")).to_be_visible()
    assert desk.locator("tbody tr").count() >= 2


def test_what_a_killed_tab_held_is_sent_from_the_result_and_the_person_is_told(sheet: Page, served: Stack) -> None:
    """P3: killed without a network, opened after the end, even after another log-in."""
    address, context = sheet.url, sheet.context
    answer(sheet, 1)
    state(sheet, "已保存")
    context.set_offline(True)
    answer(sheet, 2, 0)
    answer(sheet, 2, 1)
    answer(sheet, 3)
    state(sheet, "未上传 2 题")
    kept(sheet)
    sheet.close(run_before_unload=False)
    served.move_clock(61 * 60)
    context.clear_cookies()
    context.route("**/answer/", lambda route: route.abort())
    context.set_offline(False)

    again = context.new_page()
    complaints: list[str] = []
    again.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    again.goto("/accounts/login/")
    again.get_by_label("员工编号").fill(TAKER)
    again.get_by_label("密码", exact=True).fill(PASSWORD)
    again.get_by_role("button", name="登录").click()
    again.wait_for_url(lambda url: "/accounts/login" not in url)
    again.goto(address)
    again.wait_for_url("**/exams/result/**")
    expect(again.locator("[data-late]")).to_contain_text("本机还有 2 题未上传")
    assert not Answer.objects.filter(standing="late").exists()
    context.unroute("**/answer/")
    expect(again.locator("[data-late]")).to_contain_text("本机的 2 题在结束后送达")
    late = Answer.objects.filter(standing="late").order_by("seq")
    assert [(one.position, one.payload) for one in late] == [(2, [0]), (3, [0]), (2, [1])]
    attempt = Attempt.objects.get()
    assert all(one.written_at and one.written_at < attempt.deadline for one in late)
    assert late[0].written_at != late[2].written_at and stored() == {1: chosen_before(1)}
    again.reload()
    expect(again.get_by_text("2 题在结束后送达")).to_be_visible()
    expect(again.locator("[data-late]")).to_be_hidden()
    assert late.count() == 3
    assert not [one for one in complaints if "409" not in one and "ERR_FAILED" not in one]


def chosen_before(item: int) -> list[int]:
    return list(Answer.objects.get(position=item, standing="accepted").payload or [])
