"""The session ends halfway, a finger taps twice, somebody goes back: nothing is lost, nothing is done twice."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.once

COURSE = "触电急救（理论）"


@pytest.fixture
def take_up(log_in: Callable[..., Page]) -> Callable[[str], Page]:
    """Somebody whom nobody assigned the course begins it of their own accord: a page on its first lesson."""

    def make(staff_no: str) -> Page:
        page = log_in(staff_no)
        page.goto("/courses/")
        page.get_by_role("link", name=re.compile(COURSE)).first.click()
        page.get_by_role("button", name="开始学习").dblclick()
        page.wait_for_url("**/learn/**")
        return page

    return make


@pytest.fixture
def sheet(take_up: Callable[[str], Page]) -> Callable[[str], Page]:
    def make(staff_no: str) -> Page:
        page = take_up(staff_no)
        page.goto("/exams/")
        page.get_by_role("link", name=re.compile(COURSE)).first.click()
        page.get_by_role("button", name="开始考试").dblclick()
        page.wait_for_url("**/exams/sitting/**")
        expect(page.locator("[data-question]").first).to_be_visible()
        return page

    return make


def end_session(page: Page, provoked: list[str]) -> None:
    page.context.clear_cookies(name="sessionid")
    provoked.append("401 (Unauthorized)")


def log_in_in_place(page: Page, staff_no: str) -> None:
    dialog = page.locator("#relogin")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_label("员工编号")).to_have_value(staff_no)
    dialog.get_by_label("密码", exact=True).fill("Lidian-2026")
    dialog.get_by_role("button").click()
    expect(dialog).to_be_hidden()


def answer(question: Locator) -> str:
    """Choose the first option; its text."""
    label = question.locator(".option label").first
    label.click()
    return label.inner_text()


def saved(page: Page) -> None:
    expect(page.locator("[data-saved-text]")).to_have_text("已保存")


def test_a_lesson_goes_on_after_the_session_has_ended(take_up: Callable[[str], Page], provoked: list[str]) -> None:
    page = take_up("00120029")
    lesson = page.locator("[data-study]")
    expect(lesson).to_have_attribute("data-mode", "counting")
    end_session(page, provoked)
    check = page.locator("[data-self-check]").first
    check.locator(".option label").first.click()
    check.get_by_role("button").click()
    log_in_in_place(page, "00120029")
    expect(check.locator("[data-explanation]")).to_be_visible()
    expect(page.locator("[data-self-check-count]")).to_contain_text("（1/")
    with page.expect_response(lambda response: "/beat/" in response.url and response.ok, timeout=25_000):
        page.mouse.wheel(0, 400)
    expect(lesson).to_have_attribute("data-mode", "counting")
    page.reload()
    expect(page.locator("[data-self-check-count]")).to_contain_text("（1/")


def test_an_exam_goes_on_after_the_session_has_ended(sheet: Callable[[str], Page], provoked: list[str]) -> None:
    page = sheet("00120021")
    questions = page.locator("[data-question]")
    before = answer(questions.nth(0))
    saved(page)
    end_session(page, provoked)
    page.locator("[data-next]").click()
    after = answer(questions.nth(1))
    expect(page.locator("#relogin")).to_be_visible()
    log_in_in_place(page, "00120021")
    saved(page)
    page.reload()
    expect(questions.nth(0).locator(".option", has_text=before).locator("input")).to_be_checked()
    expect(questions.nth(1).locator(".option", has_text=after).locator("input")).to_be_checked()


def test_two_taps_hand_in_once_and_back_leads_to_the_result(sheet: Callable[[str], Page]) -> None:
    page = sheet("00120001")
    sitting = page.url
    answer(page.locator("[data-question]").first)
    saved(page)
    page.locator("[data-opens='answer-card']").click()
    page.locator("#answer-card [data-hand-in]").click()
    page.locator("[data-submit]").dblclick()
    page.wait_for_url("**/exams/result/**")
    expect(page.locator(".score-verdict")).to_have_text("未通过")
    result = page.url
    page.go_back()
    assert page.url != sitting
    expect(page.locator("[data-exam]")).to_have_count(0)
    page.goto(sitting)
    assert page.url == result
    page.goto("/exams/")
    page.get_by_role("link", name=re.compile(COURSE)).first.click()
    expect(page.get_by_text("已用 1 次，共 3 次")).to_be_visible()
