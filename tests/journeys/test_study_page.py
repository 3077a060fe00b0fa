"""The study page counts visible, touched time and shows only what the server credits."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.parts import Answer, PartsServer, page_of

pytestmark = pytest.mark.once

BEAT = 16_000
Lesson = tuple[PartsServer, Page]


def counting(credited: int = 75, **facts: Any) -> Callable[[str], Answer]:
    reply = {"state": "counting", "credited_seconds": credited, "required_seconds": 480, "completed": False}
    return lambda text: (200, reply | {"outstanding": ["end", "time", "self_checks"]} | facts)


@pytest.fixture
def lesson(browser: Browser) -> Iterator[Lesson]:
    server = PartsServer(browser, page_of("study_page", "study.js"))
    server.doors = {"/beat": counting(), "/start": counting(60, token="t1")}
    server.page.clock.install()
    page = server.open()
    expect(page.locator("[data-study]")).to_have_attribute("data-mode", "counting")
    yield server, page
    server.context.close()
    assert not server.errors


def pass_time(page: Page, seconds: int) -> None:
    """In small steps, so that replies arrive between them as they would."""
    for _ in range(seconds * 1000 // BEAT):
        page.clock.run_for(BEAT)
        page.wait_for_timeout(60)


def mode(page: Page, expected: str) -> None:
    expect(page.locator("[data-study]")).to_have_attribute("data-mode", expected)


def test_every_15_seconds_of_visible_time_are_told_to_the_server(lesson: Lesson) -> None:
    server, page = lesson
    pass_time(page, 48)
    assert len(server.posted("/beat")) == 3
    assert server.posted("/beat")[0] | {"position": 0} == {
        "token": "t1",
        "touched": True,
        "visible": True,
        "position": 0,
        "end_reached": False,
    }
    assert server.posted("/beat")[1]["touched"] is False


def test_the_time_shown_is_the_time_the_server_credits(lesson: Lesson) -> None:
    server, page = lesson
    server.doors["/beat"] = counting(credited=479)
    pass_time(page, 16)
    expect(page.locator("[data-study-time]")).to_have_text("已学 7 分钟 / 约 8 分钟")


def test_three_minutes_without_a_touch_ask_and_a_minute_later_pause(lesson: Lesson) -> None:
    server, page = lesson
    pass_time(page, 192)
    expect(page.locator("#study-idle")).to_contain_text("您还在学习吗")
    pass_time(page, 80)
    mode(page, "idle")
    before = len(server.posted("/beat"))
    pass_time(page, 64)
    assert len(server.posted("/beat")) == before
    page.click("#study-idle button")
    mode(page, "counting")
    assert server.posted("/beat")[-1]["touched"] is True


def test_an_answer_within_the_minute_goes_on_counting(lesson: Lesson) -> None:
    _, page = lesson
    pass_time(page, 192)
    page.click("#study-idle button")
    mode(page, "counting")
    expect(page.locator("#study-idle")).to_be_hidden()


def test_a_failing_network_does_not_hide_the_question(lesson: Lesson) -> None:
    server, page = lesson
    pass_time(page, 192)
    server.doors["/beat"] = lambda text: (502, "")
    pass_time(page, 16)
    expect(page.locator("#study-idle")).to_be_visible()


def test_another_device_pauses_this_one_until_the_learner_chooses_it(lesson: Lesson) -> None:
    server, page = lesson
    server.doors["/beat"] = counting(state="paused_elsewhere")
    pass_time(page, 16)
    expect(page.locator("[data-study-elsewhere]")).to_be_visible()
    server.doors["/beat"] = counting()
    page.click("[data-study-resume]")
    mode(page, "counting")
    expect(page.locator("[data-study-elsewhere]")).to_be_hidden()


def test_no_network_is_said_and_forgotten_when_it_is_back(lesson: Lesson) -> None:
    server, page = lesson
    server.doors["/beat"] = lambda text: (200, "<html>")
    pass_time(page, 16)
    expect(page.locator("[data-study-state=offline]")).to_be_visible()
    server.doors["/beat"] = counting()
    pass_time(page, 16)
    mode(page, "counting")


def test_a_self_check_is_explained_at_once(lesson: Lesson) -> None:
    server, page = lesson
    server.doors["/check"] = lambda text: (200, {"correct": True, "explanation": "因为", "answered": 1, "total": 1})
    page.click("[data-self-check] button")
    expect(page.locator("[data-explanation]")).to_contain_text("请先选择答案")
    page.check("#c1-1")
    page.click("[data-self-check] button")
    expect(page.locator("[data-explanation]")).to_contain_text("答对了")
    assert server.posted("/check") == [{"key": "c1", "choice": [1]}]


def test_the_end_of_the_text_is_reported_and_completion_shown(lesson: Lesson) -> None:
    server, page = lesson
    server.doors["/beat"] = counting(480, completed=True, outstanding=[], state="completed")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(200)
    pass_time(page, 16)
    mode(page, "completed")
    expect(page.locator("[data-study-finished]")).to_be_visible()
    assert server.posted("/beat")[-1]["end_reached"] is True


def test_a_wrong_self_check_names_the_right_answer(lesson: Lesson) -> None:
    server, page = lesson
    wrong = {"correct": False, "right": [1], "explanation": "因为", "answered": 1, "total": 1, "outstanding": ["time"]}
    server.doors["/check"] = lambda text: (200, wrong)
    page.check("#c1-0")
    page.click("[data-self-check] button")
    expect(page.locator("[data-right]")).to_have_text("正确答案：乙")
    expect(page.locator("[data-todo=self_checks]")).to_have_class("is-done")


def test_what_was_answered_is_there_again_after_a_reload(lesson: Lesson) -> None:
    server, page = lesson
    before = {"c1": {"choice": [0], "correct": False, "right": [1], "explanation": "先验电"}}
    server.doors["/start"] = counting(60, token="t2", answers=before)
    page.reload()
    expect(page.locator("[data-explanation-text]")).to_have_text("先验电")
    expect(page.locator("[data-right]")).to_have_text("正确答案：乙")
    expect(page.locator("#c1-0")).to_be_checked()
    server.doors["/check"] = lambda text: (200, {"correct": True, "explanation": "因为", "answered": 1, "total": 1})
    page.check("#c1-1")
    page.click("[data-self-check] button")
    expect(page.locator("[data-explanation-text]")).to_have_text("因为")
    expect(page.locator("[data-right]")).to_be_hidden()


def test_coming_back_to_the_page_starts_a_fresh_stretch(lesson: Lesson) -> None:
    server, page = lesson
    hide = "Object.defineProperty(document, 'visibilityState', {configurable: true, get: () => '%s'});"
    page.evaluate(hide % "hidden" + "document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(100)
    assert server.posted("/beat")[-1]["visible"] is False
    before = len(server.posted("/beat"))
    pass_time(page, 64)
    page.evaluate(hide % "visible" + "document.dispatchEvent(new Event('visibilitychange'))")
    page.clock.run_for(3_000)
    page.wait_for_timeout(100)
    assert len(server.posted("/beat")) == before
