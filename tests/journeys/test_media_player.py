"""A film in a lesson: nothing before the tap, no leap ahead the first time, and only what was played is told."""

from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.cms.recordings import film
from tests.journeys.parts import Answer, PartsServer, page_of

pytestmark = pytest.mark.once

FILM = "7b0c1d55-0000-4000-8000-000000000001"
JUMP = "() => { const film = document.querySelector('video'); film.pause(); film.currentTime = 5; }"
PLACE = "document.querySelector('video').currentTime"
BEAT_NOW = "window.dispatchEvent(new Event('online'))"


def standing(done: bool, **facts: Any) -> Answer:
    film = {"file": FILM, "reached": 0, "at": 0, "left": 0 if done else 6, "done": done}
    told = {"state": "counting", "credited_seconds": 60, "required_seconds": 480, "completed": False}
    return 200, told | {"outstanding": ["time"], "media": [film]} | facts


def send(route: Route) -> None:
    """As our own door does: from where the player asks."""
    first = int(route.request.headers.get("range", "bytes=0-")[6:].split("-")[0])
    span = {"Content-Range": f"bytes {first}-{len(film()) - 1}/{len(film())}", "Accept-Ranges": "bytes"}
    route.fulfill(status=206, body=film()[first:], content_type="video/mp4", headers=span)


def test_nobody_leaps_ahead_the_first_time(browser: Browser) -> None:
    block = {"file": SimpleNamespace(uuid=FILM, kind="video", seconds=6, pages=0, bytes=len(film()))}
    server = PartsServer(browser, page_of("media_page", "study-media.js", self=block))
    server.doors = {"/beat": lambda _: standing(False), "/start": lambda _: standing(False, token="t1")}
    asked: list[str] = []
    server.page.on("request", lambda request: asked.append(request.url) if "/media/" in request.url else None)
    server.context.route("**/media/**", send)
    page = server.open()
    expect(page.locator("[data-study]")).to_have_attribute("data-mode", "counting")
    assert not asked
    page.click("[data-media-open]")
    page.wait_for_function(f"{PLACE} > 0.4")
    page.evaluate(JUMP)
    expect(page.locator("[data-media-note]")).to_have_text("首次学习不能快进，看完后可任意回看")
    page.wait_for_function(f"{PLACE} < 4")
    page.evaluate(BEAT_NOW)
    page.wait_for_timeout(200)
    told = server.posted("/beat")[-1]["watched"][FILM]
    assert told["spans"][0][0] == 0
    assert 0 < told["spans"][0][1] < 4
    server.doors["/beat"] = lambda _: standing(True)
    page.evaluate(BEAT_NOW)
    expect(page.locator("[data-media]")).to_be_visible()
    page.wait_for_timeout(200)
    page.evaluate(JUMP)
    page.wait_for_timeout(200)
    assert page.evaluate(PLACE) == 5
    server.context.close()
    assert not server.errors
