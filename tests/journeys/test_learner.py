"""Journey 1: 李振东 studies S4 on his phone, fails the exam, passes it, and holds a certificate anybody can verify."""

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, TimeoutError, expect

from tests import qr
from tests.journeys.answers import choose, choose_wrong, right_answers
from tests.journeys.stack import Stack

pytestmark = pytest.mark.once

LESSONS = 6
BEAT = 15


def test_from_the_first_lesson_to_a_certificate_that_verifies(
    platform: Stack, log_in: Callable[..., Page], contexts: Callable[..., BrowserContext]
) -> None:
    page = log_in("00120039")
    page.clock.install()
    expect(page.get_by_role("heading", name="触电急救（理论）")).to_be_visible()
    page.get_by_role("link", name="开始学习").click()
    clock = 0
    for lesson in range(LESSONS):
        clock = study(page, platform, clock)
        page.locator("[data-study] nav a").first.click()
        expect(page.locator("h1")).not_to_be_empty()
        if lesson == 0:
            page.reload()  # what was studied stays studied
    exam = page.url
    sit(page, choose_wrong)
    expect(page.get_by_text("未通过", exact=True)).to_be_visible()
    page.goto(exam)
    sit(page, choose)
    expect(page.locator(".score-verdict")).to_have_text("已通过")
    expect(page.locator(".score-figure")).to_contain_text("100")
    verify(page, contexts)


def study(page: Page, platform: Stack, clock: int) -> int:
    """Read to the end, answer the self-checks, stay as long as it takes; the clock when it was done."""
    lesson = page.locator("[data-study]")
    expect(lesson).to_have_attribute("data-mode", "counting")
    page.locator("[data-study-end]").scroll_into_view_if_needed()
    for check in page.locator("[data-self-check]").all():
        answer(check)
    for _ in range(60):
        if lesson.get_attribute("data-mode") == "completed":
            return clock
        clock += BEAT
        platform.move_clock(clock)
        page.mouse.wheel(0, 5)
        # No beat comes when the answer to an earlier one, still on its way, has just completed the lesson.
        with suppress(TimeoutError), page.expect_response(lambda response: "/beat/" in response.url, timeout=4_000):
            page.clock.run_for(BEAT * 1000 + 1000)
    raise AssertionError("the lesson does not end")


def answer(check: Locator) -> None:
    check.locator(".option label").first.click()
    check.get_by_role("button").click()
    expect(check.locator("[data-explanation]")).to_be_visible()


def sit(page: Page, fill: Callable[[Locator, set[str]], None]) -> None:
    page.get_by_role("button", name="开始考试").click()
    expect(page.locator("[data-question]").first).to_be_visible()
    known = right_answers("s4")
    questions = page.locator("[data-question]")
    for place in range(questions.count()):
        question = questions.nth(place)
        stem = question.locator("[data-stem]").evaluate("node => node.lastChild.textContent.trim()")
        fill(question, known[stem])
        expect(question.locator("[data-item-state]")).to_have_text("已保存")
        page.locator("[data-next]:visible, [data-hand-in]:visible").click()
    page.locator("[data-submit]").click()
    page.wait_for_url("**/exams/result/**")


def verify(page: Page, contexts: Callable[..., BrowserContext]) -> None:
    """The certificate comes, and verifies for a stranger who scans its picture."""
    page.clock.resume()
    for _ in range(40):
        page.goto("/certificates/")
        if page.get_by_text("触电急救（理论）合格证").count():
            break
        page.wait_for_timeout(500)
    page.get_by_text("触电急救（理论）合格证").first.click()
    expect(page.locator("img[src$='.png']")).to_be_visible(timeout=30_000)
    stranger = contexts().new_page()
    stranger.goto(urlsplit(address_in_the_picture(page)).path)
    expect(stranger.get_by_text("证书有效")).to_be_visible()
    expect(stranger.get_by_text("李*东")).to_be_visible()
    assert "李振东" not in stranger.content()


def address_in_the_picture(page: Page) -> str:
    source = page.locator("img[src$='.png']").get_attribute("src")
    assert source is not None
    (address,) = qr.read(Image.open(BytesIO(page.request.get(source).body())))
    return address
