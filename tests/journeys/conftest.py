"""Journeys run against the whole platform in processes of its own, in a real browser at phone size."""

import os
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.journeys.stack import Stack, beside

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}

expect.set_options(timeout=15_000)  # as patient as everything else: a slow machine is no fault


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The demo company, served."""
    stack = Stack(
        tmp_path_factory.mktemp("platform") / "data",
        database_url=beside(os.environ.get("TEST_DATABASE_URL", ""), "journeys"),
        redis_url=os.environ.get("TEST_REDIS_URL", ""),
    )
    try:
        stack.prepare()
        stack.start()
        yield stack
    finally:
        stack.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*quiet, "--disable-sync"])
        yield chromium
        chromium.close()


@pytest.fixture
def provoked() -> list[str]:
    """Parts of the complaints that a test provokes on purpose; it adds them."""
    return []


@pytest.fixture
def contexts(browser: Browser, platform: Stack, provoked: list[str]) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browsers of different people; whatever one of them complains about fails the test."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"{message.location.get('url')}: {message.text}")

    def lost(request: Request) -> None:
        if not request.url.startswith(platform.url) and not request.url.startswith(("data:", "blob:")):
            complaints.append(f"went outside: {request.url}")

    def make(viewport: ViewportSize = PHONE, service_workers: Literal["allow", "block"] = "block") -> BrowserContext:
        phone = viewport == PHONE
        context = browser.new_context(
            base_url=platform.url, viewport=viewport, locale="zh-CN", has_touch=phone, accept_downloads=True,
            service_workers=service_workers,
        )  # fmt: skip
        context.on("console", complain)
        context.on("request", lost)
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert not [one for one in complaints if not any(part in one for part in provoked)]


@pytest.fixture
def log_in(contexts: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A page of somebody of the demo company, logged in the way people do."""

    def make(staff_no: str, viewport: ViewportSize = PHONE, password: str = "Lidian-2026") -> Page:
        page = contexts(viewport).new_page()
        page.goto("/accounts/login/")
        page.get_by_label("员工编号").fill(staff_no)
        page.get_by_label("密码", exact=True).fill(password)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda url: "/accounts/login" not in url)
        return page

    return make
