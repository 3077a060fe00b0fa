"""Practice to mastery: what 钱芳 gets wrong stays in her book until it is right three times in a row."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.answers import choose, choose_wrong, right_answers
from tests.journeys.screens import learners_screen

pytestmark = pytest.mark.once

WHO = "00120080"
BANK = "安全生产法与全员责任制题库"
TOPIC = "法律责任"
ROUNDS = 3


def test_a_mistake_is_practised_until_it_leaves_the_book(log_in: Callable[..., Page]) -> None:
    page = log_in(WHO)
    page.get_by_role("link", name="每日一练").click()
    found = learners_screen(page, "practice")
    page.get_by_role("link", name=BANK).click()
    found += learners_screen(page, "practice bank")
    page.get_by_role("button", name=TOPIC).click()
    found += learners_screen(page, "practice question")
    stem = asked(page)
    answer(page, choose_wrong)
    expect(page.get_by_text("没有答对，这道题已记入错题本")).to_be_visible()
    expect(page.get_by_text("解析")).to_be_visible()
    found += learners_screen(page, "practice answered")
    page.go_back()
    page.go_forward()
    expect(page.get_by_text("没有答对，这道题已记入错题本")).to_be_visible()
    for number in range(ROUNDS):
        page.goto("/practice/mistakes/")
        row = page.locator("li", has_text=stem[:20])
        expect(row).to_contain_text(f"连续答对 {number}/{ROUNDS}")
        practise_all(page, stem, last=number == ROUNDS - 1)
    found += learners_screen(page, "practice result")
    page.goto("/practice/mistakes/")
    expect(page.get_by_role("heading", name="错题本")).to_be_visible()
    expect(page.locator("li", has_text=stem[:20])).to_have_count(0)
    assert not found, "\n".join(found)


def practise_all(page: Page, stem: str, *, last: bool) -> None:
    """One run through the book, everything right."""
    page.get_by_role("button", name="练错题").click()
    while page.locator("[data-practice]").count():
        mine = asked(page) == stem
        answer(page, choose)
        if mine and last:
            expect(page.get_by_text("已移出错题本")).to_be_visible()
        page.locator(".actionbar a").click()
        page.wait_for_load_state()
    expect(page.locator(".score-figure")).to_be_visible()


def asked(page: Page) -> str:
    return str(page.locator("[data-practice] legend").evaluate("node => node.lastChild.textContent.trim()"))


def answer(page: Page, fill: Callable[[Locator, set[str]], None]) -> None:
    known = {stem: texts for folder in ("p1", "s4") for stem, texts in right_answers(folder).items()}
    fill(page.locator("[data-practice]"), known[asked(page)])
    page.get_by_role("button", name="看看对不对").click()
    expect(page.locator("[role=status].message")).to_be_visible()
