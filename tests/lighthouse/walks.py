"""Ten screens of learners and one of managers: who sees them, and how they get there."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Page, expect

COURSE = "触电急救（理论）"
PASSWORD = "Lidian-2026"

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
    """The longest first. `holder` has a certificate that is printed."""
    return [
        Walk("00120039", learner),
        Walk("00120002", candidate),
        Walk(holder, graduate),
        Walk("00120010", manager),
        Walk("", stranger),
    ]


def stranger(page: Page) -> Screens:
    yield "登录", page.url


def learner(page: Page) -> Screens:
    yield "首页", page.url
    yield "消息", urljoin(page.url, "/notices/")
    yield "我的", urljoin(page.url, "/me/")
    _open_course(page)
    yield "课程", urljoin(page.url, "/courses/")
    yield "课程介绍", page.url
    _study(page)
    yield "学习", page.url


def candidate(page: Page) -> Screens:
    """The sheet stays open: it is measured in the middle of an exam."""
    _open_course(page)
    _study(page)
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


def _open_course(page: Page) -> None:
    page.goto(urljoin(page.url, "/courses/"))
    page.get_by_role("link", name=re.compile(COURSE)).first.click()
    page.wait_for_url("**/courses/*/**")


def _study(page: Page) -> None:
    main = page.locator("main")
    main.get_by_role("button", name="开始学习").or_(main.get_by_role("link", name="开始学习")).first.click()
    page.wait_for_url("**/learn/**")
