"""The exam sheet tells the truth about what is saved, whatever the network does."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from exams import types
from exams.showing import asked
from tests.journeys.parts import ORIGIN, Answer, PartsServer, page_of, receipt

pytestmark = pytest.mark.once

OPTIONS = {"options": [f"选项 {n}" for n in range(3)]}
Sheet = Callable[..., tuple[PartsServer, Page]]
QUESTIONS = [
    {"position": n, "version": 0, "hidden": n > 1, **asked(types.get(kind), stem, "plain", OPTIONS, None, f"item-{n}")}
    for n, (kind, stem) in enumerate([("single", "一"), ("multiple", "二")], 1)
]


@pytest.fixture
def sheet(browser: Browser) -> Iterator[Sheet]:
    servers: list[PartsServer] = []

    def make(answer: Callable[[str], Answer] = receipt, seconds: float = 1800) -> tuple[PartsServer, Page]:
        now = datetime.now(UTC)
        context: dict[str, Any] = {"now": now.isoformat(), "deadline": (now + timedelta(seconds=seconds)).isoformat()}
        server = PartsServer(browser, page_of("exam_sheet", "exam.js", questions=QUESTIONS, **context))
        server.doors = {"/answer": answer, "/submit": lambda text: (200, {"redirect": "/result"})}
        servers.append(server)
        return server, server.open()

    yield make
    for server in servers:
        server.context.close()
        assert not server.errors


def saved(page: Page) -> str:
    return page.locator("[data-saved-text]").inner_text()


def test_an_answer_shows_as_saved_after_its_receipt(sheet: Sheet) -> None:
    server, page = sheet()
    page.check("#item-1-2")
    expect(page.locator("[data-saved-text]")).to_have_text("已保存")
    assert server.posted("/answer")[0]["payload"] == [2]
    assert server.posted("/answer")[0]["base_version"] == 0


@pytest.mark.parametrize(
    "answer",
    [
        lambda text: (200, "<html>欢迎使用无线网络</html>"),
        lambda text: (200, {"receipt": {"op_id": "other"}}),
        lambda text: (200, {"receipt": receipt(text)[1]["receipt"] | {"sha256": "0" * 64}}),
        lambda text: (500, {}),
    ],
    ids=["captive portal", "another receipt", "wrong hash", "server error"],
)
def test_what_is_no_receipt_leaves_the_answer_not_uploaded(sheet: Sheet, answer: Callable[[str], Answer]) -> None:
    _, page = sheet(answer)
    page.check("#item-1-0")
    expect(page.locator("[data-saved-text]")).to_have_text("未上传 1 题")


def test_a_repeated_answer_keeps_its_operation_through_a_reload(sheet: Sheet) -> None:
    server, page = sheet(lambda text: (503, {}))
    page.check("#item-1-1")
    expect(page.locator("[data-saved-text]")).to_have_text("未上传 1 题")
    server.doors["/answer"] = receipt
    page.reload()
    expect(page.locator("#item-1-1")).to_be_checked()
    expect(page.locator("[data-saved-text]")).to_have_text("已保存")
    assert len({post["op_id"] for post in server.posted("/answer")}) == 1


def test_a_newer_choice_waits_for_the_receipt_of_the_older_one(sheet: Sheet) -> None:
    server, page = sheet(lambda text: (503, {}))
    page.click("[data-next]")
    page.check("#item-2-0")
    page.check("#item-2-2")
    server.doors["/answer"] = lambda text: receipt(text, version=json.loads(text)["base_version"] + 1)
    expect(page.locator("[data-saved-text]")).to_have_text("已保存")
    last = server.posted("/answer")[-1]
    assert (last["payload"], last["base_version"]) == ([0, 2], 1)


def test_a_newer_answer_from_elsewhere_is_shown_and_not_overwritten(
    sheet: Sheet,
) -> None:
    server, page = sheet(lambda text: (409, {"error": "stale", "item": 1, "version": 7, "payload": [2]}))
    page.click("#item-1-0")  # not check(): the refusal may undo it before anybody looks
    expect(page.locator("#item-1-2")).to_be_checked()
    expect(page.locator("[data-stale]").first).to_be_visible()
    server.doors["/answer"] = lambda text: receipt(text, version=8)
    page.check("#item-1-1")
    expect(page.locator("[data-saved-text]")).to_have_text("已保存")
    assert server.posted("/answer")[-1]["base_version"] == 7


def test_an_ended_session_asks_for_the_password_and_sends_the_same_answer(
    sheet: Sheet,
) -> None:
    server, page = sheet(lambda text: (401, {"error": "login"}))

    def login(text: str) -> Answer:
        if "right" not in text:
            return 400, {"form": {"errors": ["员工编号或密码有误"], "fields": {}}}
        server.doors["/answer"] = receipt
        return 200, {"location": "/"}

    server.doors["/login"] = login
    page.check("#item-1-0")
    page.fill("#relogin-password", "wrong")
    page.click("#relogin button")
    expect(page.locator("#relogin-error")).to_have_text("员工编号或密码有误")
    page.fill("#relogin-password", "right")
    page.click("#relogin button")
    expect(page.locator("[data-saved-text]")).to_have_text("已保存")
    assert len({post["op_id"] for post in server.posted("/answer")}) == 1


def test_the_paper_is_handed_in_once_after_the_last_answer(sheet: Sheet) -> None:
    server, page = sheet()
    page.check("#item-1-0")
    page.click("[data-opens=answer-card]")
    page.click("#answer-card [data-hand-in]")
    expect(page.locator("[data-review-open]")).to_contain_text("还有 1 题未作答")
    page.dblclick("[data-submit]")
    page.wait_for_url(f"{ORIGIN}/result")
    assert server.posted("/submit") == [{"holder": "h1"}]


def test_without_a_connection_the_paper_is_not_handed_in(sheet: Sheet) -> None:
    server, page = sheet()
    server.doors["/submit"] = lambda text: (502, "")
    page.check("#item-1-0")
    page.click("[data-opens=answer-card]")
    page.click("#answer-card [data-hand-in]")
    page.click("[data-submit]")
    expect(page.locator("[data-review-failed]")).to_be_visible()
    assert page.url == f"{ORIGIN}/"


def test_the_end_of_the_time_hands_in_by_itself(sheet: Sheet) -> None:
    server, page = sheet(seconds=2)
    page.wait_for_url(f"{ORIGIN}/result")
    assert server.posted("/submit")


def test_the_last_minutes_stand_out(sheet: Sheet) -> None:
    _, page = sheet(seconds=100)
    expect(page.locator("[data-clock]")).to_have_class("exam-clock exam-clock-low")


def test_a_takeover_elsewhere_stops_this_device(sheet: Sheet) -> None:
    _, page = sheet(lambda text: (409, {"error": "taken_over"}))
    page.check("#item-1-0")
    expect(page.locator("#taken-over")).to_be_visible()
    assert saved(page) == "未上传 1 题"
    expect(page.locator("#item-1-1")).to_be_disabled()


def test_hashes_agree_with_the_server(sheet: Sheet) -> None:
    _, page = sheet()
    texts = ["", "[0]", "[0,2]", "触电急救" * 40, *("x" * n for n in (55, 56, 63, 64, 119, 1000))]
    script = "texts => import('/static/js/sha256.js').then(m => texts.map(m.sha256))"
    assert page.evaluate(script, texts) == [hashlib.sha256(text.encode()).hexdigest() for text in texts]
