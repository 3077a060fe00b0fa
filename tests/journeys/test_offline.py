"""Without a network the reader is told so in their language; a running exam and everything personal stay untouched."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Error, expect

from tests.journeys.conftest import PHONE

pytestmark = pytest.mark.once

READY = """async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active.state !== "activated") await new Promise(done => setTimeout(done, 50));
    return true;
}"""
KEPT = """async () => {
    const caches_ = await Promise.all((await caches.keys()).map(name => caches.open(name)));
    const kept = await Promise.all(caches_.map(cache => cache.keys()));
    return kept.flat().map(request => new URL(request.url).pathname);
}"""


@pytest.fixture
def phone(contexts: Callable[..., BrowserContext]) -> BrowserContext:
    """A browser that may keep a service worker."""
    return contexts(PHONE, service_workers="allow")


def test_a_page_that_cannot_be_fetched(phone: BrowserContext, provoked: list[str]) -> None:
    page = phone.new_page()
    page.goto("/accounts/login/")
    page.get_by_label("员工编号").fill("00120102")
    page.get_by_label("密码", exact=True).fill("Lidian-2026")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    assert page.evaluate(READY)
    page.goto("/me/")
    kept = page.evaluate(KEPT)
    assert [path for path in kept if not path.startswith("/static/")] == [
        "/offline/zh-hans/",
        "/exams/offline/zh-hans/",
    ]
    provoked.append("net::ERR_INTERNET_DISCONNECTED")
    provoked.append("Failed to load resource")
    phone.set_offline(True)
    page.goto("/courses/")
    expect(page.get_by_role("heading", level=1)).to_have_text("当前没有网络")
    page.goto("/exams/sitting/00000000-0000-4000-8000-000000000000/")
    expect(page.get_by_text("本机没有保存这份试卷")).to_be_visible()
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/cms/")
    phone.set_offline(False)
    page.goto("/courses/")
    expect(page.get_by_role("heading", level=1)).to_have_text("课程")
