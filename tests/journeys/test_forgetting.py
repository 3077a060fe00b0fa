"""A shared phone shows nobody else's data, also where there is no TLS and Clear-Site-Data does nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.parts import ORIGIN, PartsServer, page_of

STORED = "[localStorage.length, sessionStorage.length]"
KEEP = "localStorage.setItem('exam', 'an answer'); sessionStorage.setItem('mark', 'x')"


@pytest.fixture
def phone(browser: Browser) -> Iterator[PartsServer]:
    """On plain http, with something stored for whoever is logged in."""
    server = PartsServer(browser, page_of("study_page", "study.js"))
    server.doors = {"/start": lambda text: (502, "")}
    server.open().evaluate(KEEP)
    yield server
    server.context.close()
    assert not server.errors


def test_the_page_after_logging_out_drops_what_was_stored(phone: PartsServer) -> None:
    phone.context.add_cookies([{"name": "forget", "value": "1", "url": ORIGIN}])
    assert phone.open().evaluate(STORED) == [0, 0]


def test_the_order_is_obeyed_once(phone: PartsServer) -> None:
    phone.context.add_cookies([{"name": "forget", "value": "1", "url": ORIGIN}])
    phone.open().evaluate(KEEP)
    assert phone.open().evaluate(STORED) == [1, 1]


def test_without_logging_out_everything_stays(phone: PartsServer) -> None:
    assert phone.open().evaluate(STORED) == [1, 1]
