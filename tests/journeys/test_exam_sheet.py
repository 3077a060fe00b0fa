"""The exam sheet tells the truth about what is saved, whatever the network does."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from exams import types
from exams.showing import asked
from tests.journeys.parts import ORIGIN, SECURE, Answer, PartsServer, page_of, receipt

pytestmark = pytest.mark.once

OPTIONS = {"options": [f"选项 {n}" for n in range(3)]}
Sheet = Callable[..., tuple[PartsServer, Page]]
QUESTIONS = [
    {"position": n, "version": 0, "hidden": n > 1, **asked(types.get(kind), stem, "plain", OPTIONS, None, f"item-{n}")}
    for n, (kind, stem) in enumerate([("single", "一"), ("multiple", "二")], 1)
]

KEPT = """() => new Promise(done => {
    const opening = indexedDB.open('lidian-exams', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('kept');
    opening.onsuccess = () => {
        const drawer = opening.result.transaction('kept').objectStore('kept'), names = drawer.getAllKeys();
        drawer.getAll().onsuccess = event =>
            done(event.target.result.map((one, n) => [names.result[n], Array.from(new Uint8Array(one.data))]));
    };
})"""


HIDE = """state => {
    Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
}"""


def counted(text: str) -> Answer:
    return 200, {"leaves": len(json.loads(text)["leaves"])}


JUMP = "hours => { const real = Date.now; Date.now = () => real() + hours * 3600000; }"


def too_late(text: str) -> Answer:
    echo = receipt(text)[1]["receipt"]
    return 409, {"error": "closed", "kept": {"op_id": echo["op_id"], "sha256": echo["sha256"]}}


@pytest.fixture
def sheet(browser: Browser) -> Iterator[Sheet]:
    servers: list[PartsServer] = []

    def make(
        answer: Callable[[str], Answer] = receipt, seconds: float = 1800, origin: str = SECURE
    ) -> tuple[PartsServer, Page]:
        now = datetime.now(UTC)
        context: dict[str, Any] = {"now": now.isoformat(), "deadline": (now + timedelta(seconds=seconds)).isoformat()}
        server = PartsServer(browser, page_of("exam_sheet", "exam.js", questions=QUESTIONS, **context), origin)
        server.context.add_cookies([{"name": "own-a1", "value": "0f" * 32, "url": origin}])
        server.doors = {"/answer": answer, "/submit": lambda text: (200, {"redirect": "/result"}), "/leaves": counted}
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


@pytest.mark.parametrize("reply", [(413, {"error": "too_large"}), (400, {"error": "malformed"})])
def test_a_refused_answer_is_told_and_keeps_no_other_waiting(sheet: Sheet, reply: Answer) -> None:
    def door(text: str) -> Answer:
        return reply if json.loads(text)["item"] == 1 else receipt(text)

    server, page = sheet(door)
    page.check("#item-1-0")
    expect(page.locator("[data-item-state]").first).to_contain_text("未保存")
    expect(page.locator("[data-saved-text]")).to_have_text("未上传 1 题")
    page.click("[data-next]")
    page.check("#item-2-1")
    expect(page.locator("[data-item-state]").nth(1)).to_have_text("已保存")
    assert [post["item"] for post in server.posted("/answer")] == [1, 2]
    page.reload()
    expect(page.locator("#item-1-0")).to_be_checked()
    page.click("[data-next]")
    page.click(".actionbar [data-hand-in]")
    expect(page.locator("[data-review-refused]")).to_be_visible()
    page.click("#hand-in [data-dialog-action=cancel]")
    page.click("[data-previous]")
    server.doors["/answer"] = receipt
    page.check("#item-1-1")
    expect(page.locator("[data-saved-text]")).to_have_text("已保存")


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
    page.wait_for_url(f"{SECURE}/result")
    assert server.posted("/submit") == [{"holder": "h1"}]


def test_without_a_connection_the_paper_is_not_handed_in(sheet: Sheet) -> None:
    server, page = sheet()
    server.doors["/submit"] = lambda text: (502, "")
    page.check("#item-1-0")
    page.click("[data-opens=answer-card]")
    page.click("#answer-card [data-hand-in]")
    page.click("[data-submit]")
    expect(page.locator("[data-review-failed]")).to_be_visible()
    assert page.url == f"{SECURE}/"


def test_the_end_of_the_time_hands_in_by_itself(sheet: Sheet) -> None:
    server, page = sheet(seconds=2)
    page.wait_for_url(f"{SECURE}/result")
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


def test_what_waits_on_the_device_is_sealed(sheet: Sheet) -> None:
    _, page = sheet(lambda text: (503, {}))
    page.check("#item-1-1")
    expect(page.locator("[data-item-state]").first).to_have_text("未上传，已存在本机")
    assert page.evaluate("localStorage.length") == 0
    drawer = page.evaluate(KEPT)
    assert [name for name, _ in drawer] == ["a1", "a1/sheet"]
    for _, sealed in drawer:
        assert not [word for word in ("payload", "data-exam", "选项") if word.encode() in bytes(sealed)]


def test_without_its_key_nothing_is_kept_and_the_page_says_so(sheet: Sheet) -> None:
    """As over plain http, where browsers have no cipher."""
    _, page = sheet(lambda text: (503, {}), origin=ORIGIN)
    page.check("#item-1-1")
    expect(page.locator("[data-item-state]").first).to_have_text("未上传，请不要关闭本页")
    assert page.evaluate(KEPT) == []


def test_another_key_opens_nothing(sheet: Sheet) -> None:
    server, page = sheet(lambda text: (503, {}))
    page.check("#item-1-1")
    expect(page.locator("[data-item-state]").first).to_have_text("未上传，已存在本机")
    server.context.add_cookies([{"name": "own-a1", "value": "1e" * 32, "url": SECURE}])
    page.reload()
    expect(page.locator("[data-saved-text]")).to_have_text("作答后自动保存")
    expect(page.locator("#item-1-1")).not_to_be_checked()


def test_all_that_comes_too_late_reaches_the_examiner(sheet: Sheet) -> None:
    server, page = sheet(lambda text: (503, {}))
    page.check("#item-1-0")
    page.click("[data-next]")
    page.check("#item-2-1")
    expect(page.locator("[data-saved-text]")).to_have_text("未上传 2 题")
    server.doors["/answer"] = too_late
    page.wait_for_url(f"{SECURE}/result")
    assert {post["item"] for post in server.posted("/answer")} == {1, 2}
    assert all(datetime.fromisoformat(post["written_at"]) < datetime.now(UTC) for post in server.posted("/answer"))


def test_a_closed_sitting_that_keeps_nothing_loses_nothing(sheet: Sheet) -> None:
    """Only the very answer, echoed, is done with."""
    _, page = sheet(lambda text: (409, {"error": "closed", "kept": {"op_id": "other", "sha256": "0"}}))
    page.check("#item-1-0")
    expect(page.locator("[data-saved-text]")).to_have_text("未上传 1 题")


def test_what_another_device_displaced_is_given_anew(sheet: Sheet) -> None:
    server, page = sheet(lambda text: (409, {"error": "taken_over"}))
    page.check("#item-1-0")
    expect(page.locator("#taken-over")).to_be_visible()
    server.doors["/answer"] = receipt
    server.html = server.html.replace('data-holder="h1"', 'data-holder="h2"')
    server.open()
    expect(page.locator("[data-saved-text]")).to_have_text("已保存")
    first, *_, last = server.posted("/answer")
    assert (first["holder"], last["holder"]) == ("h1", "h2") and first["op_id"] != last["op_id"]


def test_leaving_is_counted_told_and_shown(sheet: Sheet) -> None:
    server, page = sheet()
    shown = page.locator("[data-left-shown]")
    expect(shown).to_be_hidden()
    page.evaluate(HIDE, "hidden")
    page.evaluate(HIDE, "visible")
    expect(shown).to_have_text("已离开页面 1 次，考官可以看到。")
    last = [each for told in server.posted("/leaves") for each in told["leaves"]][-1]
    assert last["left_at"] <= last["back_at"] and not last["closed"]


def test_leaving_without_a_network_is_told_later_even_after_a_reload(sheet: Sheet) -> None:
    server, page = sheet()
    server.doors["/leaves"] = lambda text: (200, "<html>portal</html>")
    page.evaluate(HIDE, "hidden")
    expect(page.locator("[data-left-shown]")).to_have_text("已离开页面 1 次，考官可以看到。")
    server.doors["/leaves"] = counted
    with page.expect_request(lambda request: '"back_at":"' in (request.post_data or "")):
        page.reload()
    expect(page.locator("[data-left-shown]")).to_have_text("已离开页面 1 次，考官可以看到。")
    told = [each for posted in server.posted("/leaves") for each in posted["leaves"]]
    assert len({each["op_id"] for each in told}) == 1 and told[-1]["closed"]


def test_nothing_can_be_copied_from_the_sheet_except_what_one_types(sheet: Sheet) -> None:
    _, page = sheet()
    script = """selector => ['copy', 'contextmenu', 'selectstart', 'dragstart'].map(name =>
        document.querySelector(selector).dispatchEvent(new Event(name, {bubbles: true, cancelable: true})))"""
    assert page.evaluate(script, "[data-stem]") == [False] * 4
    page.evaluate("document.querySelector('[data-exam]').append(document.createElement('textarea'))")
    assert page.evaluate(script, "textarea") == [True] * 4
    assert page.evaluate("getComputedStyle(document.querySelector('[data-stem]')).userSelect") == "none"


def test_the_sheet_works_by_keyboard(sheet: Sheet) -> None:
    server, page = sheet()
    page.keyboard.press("2")
    expect(page.locator("#item-1-1")).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-question]").nth(1)).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("3")
    expect(page.locator("[data-saved-text]")).to_have_text("已保存")
    assert [post["payload"] for post in server.posted("/answer")][-1] == [0, 2]
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-question]").first).to_be_visible()


def test_hashes_agree_with_the_server(sheet: Sheet) -> None:
    _, page = sheet()
    texts = ["", "[0]", "[0,2]", "触电急救" * 40, *("x" * n for n in (55, 56, 63, 64, 119, 1000))]
    script = "texts => import('/static/js/sha256.js').then(m => texts.map(m.sha256))"
    assert page.evaluate(script, texts) == [hashlib.sha256(text.encode()).hexdigest() for text in texts]


def test_a_phone_clock_that_is_set_back_gives_no_time(sheet: Sheet) -> None:
    _, page = sheet(seconds=600)
    page.evaluate(JUMP, -1)
    page.wait_for_timeout(1_200)  # two ticks
    expect(page.locator("[data-clock-text]")).to_have_text(re.compile(r"^(9|10):\d\d$"))


def test_a_phone_clock_that_is_set_forward_takes_no_time(sheet: Sheet) -> None:
    """The sheet asks before it ends; the server knows that there is time left and leads back to the sheet."""
    server, page = sheet(seconds=600)
    server.doors["/submit"] = lambda text: (409, {"error": "extended", "redirect": "/sheet-again"})
    page.check("#item-1-0")
    expect(page.locator("[data-saved-text]")).to_have_text("已保存")
    page.evaluate(JUMP, 1)
    page.wait_for_url("**/sheet-again")
    assert [post["time_up"] for post in server.posted("/submit")] == [True]
