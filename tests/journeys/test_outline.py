"""A trainer arranges a course with keys and by dragging, and finds it so again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK

pytestmark = pytest.mark.once


def test_lessons_are_moved_by_keys_and_by_dragging_and_saved_together(log_in: Callable[..., Page]) -> None:
    page = log_in("00120031", DESK)
    page.goto("/cms/")
    page.locator(".my-courses a").last.click()
    page.get_by_role("link", name="排序与管理").click()
    page.wait_for_load_state("networkidle")
    before = titles(page)
    grips = page.locator("[data-outline-grip]")
    grips.nth(1).focus()
    page.keyboard.press("ArrowDown")
    moved = [before[0], before[2], before[1], *before[3:]]
    assert titles(page) == moved
    expect(page.locator("[data-outline-live]")).to_contain_text(f"{before[1]}：第 3 项")
    start, end = grips.nth(2).bounding_box(), page.locator("[data-outline-row]").first.bounding_box()
    assert start is not None and end is not None
    page.mouse.move(start["x"] + 9, start["y"] + 9)
    page.mouse.down()
    page.mouse.move(start["x"] + 9, end["y"] + 3, steps=4)
    expect(page.locator("[data-outline-row]").first).to_have_attribute("data-title", before[1])
    page.mouse.up()
    wanted = titles(page)
    assert wanted == [before[1], before[0], before[2], *before[3:]]
    page.get_by_role("button", name="保存大纲").click()
    expect(page.get_by_text("已保存，审核通过后学员可见")).to_be_visible()
    assert titles(page) == wanted


def titles(page: Page) -> list[str]:
    rows: list[str] = page.locator("[data-outline-row]").evaluate_all("rows => rows.map(row => row.dataset.title)")
    return rows
