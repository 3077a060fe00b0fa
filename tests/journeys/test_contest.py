"""A contest: 郭海涛 sits the second round on his phone, and the big screen shows it by itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.answers import choose, right_answers
from tests.journeys.conftest import DESK
from tests.journeys.screens import desk_screen, learners_screen

pytestmark = pytest.mark.once

WHO, EXAMINER = "00120036", "00120017"
CONTEST = "安全知识竞赛复赛"
BANKS = ("p1", "s1", "s2", "s4")
PATIENCE = 30_000  # milliseconds; the screen asks every ten seconds


def test_a_result_reaches_the_big_screen(log_in: Callable[..., Page]) -> None:
    screen = log_in(EXAMINER, DESK)
    screen.goto("/desk/exams/")
    screen.get_by_role("link", name=CONTEST).click()
    screen.get_by_role("link", name="排名").click()
    found = desk_screen(screen, "contest ranking")
    screen.get_by_role("link", name="大屏显示").click()
    expect(screen.get_by_text("个人前十名")).to_be_visible()
    expect(screen.locator("[data-contest-now]")).not_to_contain_text("郭海涛")

    phone = log_in(WHO)
    phone.goto("/exams/")
    phone.get_by_role("link", name=CONTEST).click()
    found += learners_screen(phone, "contest notice")
    sit(phone)
    expect(phone.locator(".score-verdict")).to_contain_text("目前第 1 名")
    phone.get_by_role("link", name="查看排名").click()
    expect(phone.locator(".ranking-own")).to_have_count(2)
    found += learners_screen(phone, "contest place")

    expect(screen.locator("[data-contest-now]")).to_contain_text("郭海涛", timeout=PATIENCE)
    found += desk_screen(screen, "contest board")
    assert not found, "\n".join(found)


def sit(page: Page) -> None:
    """Everything right, at once: nobody was faster."""
    page.get_by_role("button", name="开始考试").click()
    expect(page.locator("[data-question]").first).to_be_visible()
    known = {stem: texts for folder in BANKS for stem, texts in right_answers(folder).items()}
    questions = page.locator("[data-question]")
    for place in range(questions.count()):
        question = questions.nth(place)
        stem = question.locator("[data-stem]").evaluate("node => node.lastChild.textContent.trim()")
        choose(question, known[stem])
        expect(question.locator("[data-item-state]")).to_have_text("已保存")
        page.locator("[data-next]:visible, [data-hand-in]:visible").click()
    page.locator("[data-submit]").click()
    page.wait_for_url("**/exams/result/**")
