"""axe-core finds nothing on any screen, in any look, and nobody has to scroll sideways on the narrowest phone."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.screens import desk_screen, learners_screen

pytestmark = pytest.mark.once

COURSE = "触电急救（理论）"
ADMINISTRATOR = "00120011"
OTHERS = {"00120118", "00120039"}  # gets another password here; learns in another journey


@pytest.fixture
def office(log_in: Callable[..., Page]) -> Page:
    """林晓雯 at her desk."""
    return log_in(ADMINISTRATOR, DESK)


@pytest.fixture
def graduate(office: Page) -> str:
    """The staff number of somebody who holds a certificate of this course."""
    office.goto("/desk/certificates/")
    rows = office.locator("tbody tr").filter(has_text=COURSE)
    numbers = [one.split()[-1] for one in rows.locator("th").all_inner_texts()]
    return next(number for number in reversed(numbers) if number not in OTHERS)


def test_faults_are_found(browser: Browser) -> None:
    page = browser.new_page(viewport=PHONE)
    page.set_content(
        "<html lang=zh><title>甲</title><main><h1>甲</h1><p style='color:#bbb;width:330px'>看不清的字</p></main>"
    )
    found = learners_screen(page, "faulty")
    page.close()
    assert {one.split()[1] for one in found if one.startswith("faulty: ")} == {"color-contrast:"}
    assert [one for one in found if one.startswith("faulty narrow: ")]


def test_what_a_stranger_sees(contexts: Callable[..., BrowserContext], provoked: list[str]) -> None:
    page = contexts().new_page()
    page.goto("/accounts/login/")
    found = learners_screen(page, "login")
    page.get_by_label("员工编号").fill("00129999")
    page.get_by_label("密码", exact=True).fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.locator("[role=alert]").first).to_be_visible()
    found += learners_screen(page, "login refused")
    page.goto("/offline/zh-hans/")
    found += learners_screen(page, "offline")
    provoked.append("404 (Not Found)")
    page.goto("/verify/0000-0000-0000-0000")
    found += learners_screen(page, "verify nothing")
    page.goto("/nowhere/")
    found += learners_screen(page, "404 stranger")
    assert not found


def test_the_first_password_of_ones_own(office: Page, log_in: Callable[..., Page]) -> None:
    office.goto("/desk/people/?q=00120118")
    office.get_by_role("link", name="冯雪").click()
    found = desk_screen(office, "desk person")
    office.get_by_role("button", name="一次性密码").click()
    password = office.locator(".secret-value").inner_text()
    found += desk_screen(office, "desk one-time password")
    page = log_in("00120118", password=password)
    expect(page.get_by_role("heading", level=1)).to_have_text("设置您的密码")
    assert not found + learners_screen(page, "first password")


def test_what_a_learner_sees(graduate: str, log_in: Callable[..., Page], provoked: list[str]) -> None:
    page = log_in(graduate)
    found = learners_screen(page, "home")
    for name, address in {
        "catalogue": "/courses/",
        "narrowed to nothing": "/courses/?line=policy&hours=long",
        "search": "/courses/?q=胸外按压",
        "search nothing": "/courses/?q=没有这样的课",
        "exams": "/exams/",
        "notices": "/notices/",
        "notices unread": "/notices/?show=unread",
        "me": "/me/",
        "transcript": "/me/transcript/",
        "certificates": "/certificates/",
    }.items():
        page.goto(address)
        found += learners_screen(page, name)
    provoked.append("404 (Not Found)")
    page.goto("/courses/nowhere/")
    assert not found + learners_screen(page, "404")


def test_what_somebody_with_a_certificate_sees(graduate: str, log_in: Callable[..., Page]) -> None:
    page = log_in(graduate)
    page.goto("/certificates/")
    page.locator("main a[href^='/certificates/']").filter(has_text=COURSE).first.click()
    page.wait_for_url(re.compile("/certificates/.+"))
    found = learners_screen(page, "certificate, perhaps in the making")
    expect(page.locator("img[src$='.png']")).to_be_visible(timeout=60_000)
    found += learners_screen(page, "certificate")
    verify = page.locator("a[href*='/verify/']").first.get_attribute("href") or ""
    page.goto(urlsplit(verify).path)
    expect(page.get_by_text("证书有效")).to_be_visible()
    found += learners_screen(page, "verify")
    page.goto("/exams/")
    page.get_by_role("link", name=re.compile(COURSE)).first.click()
    page.wait_for_url(re.compile("/exams/.+"))
    found += learners_screen(page, "exam passed")
    page.locator("a[href*='/exams/result/']").first.click()
    page.wait_for_url("**/exams/result/**")
    assert not found + learners_screen(page, "result passed")


def test_what_somebody_learning_sees(log_in: Callable[..., Page]) -> None:
    page = log_in("00120002")
    page.goto("/courses/")
    page.get_by_role("link", name=re.compile(COURSE)).first.click()
    page.wait_for_url("**/courses/**")
    found = learners_screen(page, "course")
    page.get_by_role("button", name="开始学习").click()
    expect(page.locator("[data-study]")).to_have_attribute("data-mode", "counting")
    check = page.locator("[data-self-check]").first
    check.locator(".option label").first.click()
    check.get_by_role("button").click()
    expect(check.locator("[data-explanation]")).to_be_visible()
    found += learners_screen(page, "lesson")
    page.goto("/exams/")
    page.get_by_role("link", name=re.compile(COURSE)).first.click()
    page.wait_for_url(re.compile("/exams/.+"))
    found += learners_screen(page, "exam notice")
    page.get_by_role("button", name="开始考试").click()
    assert not found + sitting(page)


def sitting(page: Page) -> list[str]:
    """The sheet, its dialogs, and the result of a paper that is nearly empty."""
    page.locator("[data-question] .option label").first.click()
    expect(page.locator("[data-saved-text]")).to_have_text("已保存")
    found = learners_screen(page, "sheet")
    page.locator("[data-opens='answer-card']").click()
    expect(page.locator("#answer-card")).to_be_visible()
    found += learners_screen(page, "sheet answer card")
    page.locator("#answer-card [data-hand-in]").click()
    expect(page.locator("#hand-in")).to_be_visible()
    found += learners_screen(page, "sheet hand in")
    page.locator("[data-submit]").click()
    page.wait_for_url("**/exams/result/**")
    return found + learners_screen(page, "result failed")


def test_large_text_is_kept_for_the_person_who_chose_it(log_in: Callable[..., Page]) -> None:
    page = log_in("00120101")
    expect(page.locator("html")).to_have_class("large-text")


def test_what_a_manager_sees_at_the_desk(log_in: Callable[..., Page]) -> None:
    page = log_in("00120010", DESK)
    page.goto("/desk/completion/")
    found = desk_screen(page, "desk completion")
    page.goto("/desk/completion/people/?state=overdue")
    found += desk_screen(page, "desk names")
    for view in ("attention", "trend", "grid", "saved"):
        page.goto(f"/desk/completion/{view}/")
        found += desk_screen(page, f"desk {view}")
    page.goto("/desk/records/")
    assert not found + desk_screen(page, "desk records manager")


def test_what_the_training_administrator_sees_at_the_desk(office: Page) -> None:
    found = []
    for name, address in {
        "people": "/desk/people/",
        "roster": "/desk/people/roster/",
        "assignments": "/desk/assignments/",
        "assign": "/desk/assignments/new/",
        "records": "/desk/records/",
        "certificates": "/desk/certificates/",
    }.items():
        office.goto(address)
        found += desk_screen(office, f"desk {name}")
    assert not found
