"""Browsers of people of a served test: each logged in the way people do; what one complains about fails the test."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize

from lms.people.models import Person
from tests.journeys.conftest import PHONE
from tests.journeys.exam_room import PASSWORD
from tests.journeys.stack import Stack

Visit = Callable[..., Page]


def with_password(*people: Person) -> None:
    """The people of the standing cast cannot log in before."""
    for person in people:
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])


@pytest.fixture
def visit(browser: Browser, served: Stack, provoked: list[str]) -> Iterator[Visit]:
    """`visit(person)`: a browser of the person's own on the first page after logging in."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"{message.location.get('url')}: {message.text}")

    def make(person: Person, viewport: ViewportSize = PHONE) -> Page:
        phone = viewport == PHONE
        context = browser.new_context(
            base_url=served.url, viewport=viewport, locale="zh-CN", has_touch=phone, service_workers="block"
        )
        context.set_default_timeout(20_000)
        context.on("console", complain)
        contexts.append(context)
        page = context.new_page()
        page.goto("/accounts/login/")
        page.get_by_label("员工编号").fill(person.staff_no)
        page.get_by_label("密码", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda url: "/accounts/login" not in url)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not [one for one in complaints if not any(part in one for part in provoked)]
