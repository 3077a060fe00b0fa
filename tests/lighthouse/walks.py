"""Ten screens of learners and one of managers: who sees them, and how they get there."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Page, expect

COURSE = "触电急救（理论）"
PASSWORD = "Lidian-2026"
LEARNER = "00120002"
MANAGER = "00120010"

Screens = Iterator[tuple[str, str]]  # its name, where it is


@dataclass(frozen=True)
class Walk:
    """Somebody by staff number ("" for a stranger), and the screens they find from the page they start on."""

    staff_no: str
    find: Callable[[Page], Screens]

    def screens(self, page: Page) -> dict[str, str]:
        if self.staff_no:
            _log_in(page, self.staff_no)
        return dict(self.find(page))


def walks(holder: str) -> list[Walk]:
    """`holder` has a certificate that is printed."""
    return [Walk("", stranger), Walk(LEARNER, learner), Walk(holder, graduate), Walk(MANAGER, manager)]


def stranger(page: Page) -> Screens:
    yield "登录", page.url


def learner(page: Page) -> Screens:
    """The sheet stays open: it is measured in the middle of an exam."""
    yield "首页", page.url
    yield "消息", urljoin(page.url, "/notices/")
    yield "我的", urljoin(page.url, "/me/")
    page.goto(urljoin(page.url, "/courses/"))
    yield "课程", page.url
    page.get_by_role("link", name=re.compile(COURSE)).first.click()
    page.wait_for_url("**/courses/*/**")
    yield "课程介绍", page.url
    page.get_by_role("button", name="开始学习").click()
    page.wait_for_url("**/learn/**")
    yield "学习", page.url
    page.goto(urljoin(page.url, "/exams/"))
    page.get_by_role("link", name=re.compile(COURSE)).first.click()
    page.wait_for_url(re.compile("/exams/.+"))
    yield "考试须知", page.url
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_url("**/exams/sitting/**")
    yield "答题", page.url


def graduate(page: Page) -> Screens:
    page.goto(urljoin(page.url, "/certificates/"))
    page.locator("main a[href^='/certificates/']").first.click()
    page.wait_for_url(re.compile("/certificates/.+"))
    expect(page.locator("img[src$='.png']")).to_be_visible()
    yield "证书", page.url


def manager(page: Page) -> Screens:
    yield "完成情况", urljoin(page.url, "/desk/completion/")


def _log_in(page: Page, staff_no: str) -> None:
    page.get_by_label("员工编号").fill(staff_no)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)
