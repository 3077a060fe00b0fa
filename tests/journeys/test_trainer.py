"""Journey 2: 唐志远 imports a statute, adds a block, has it reviewed; learners find it in the catalogue."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.courses.test_markdown import LAWS
from tests.courses.word_files import saved
from tests.journeys.conftest import DESK

pytestmark = pytest.mark.once

REAL = next((path for path in LAWS if path.name.startswith("安全生产法")), None)
OURS = """# 云岭县供电公司学习管理规定

## 第一章 总则

第一条 为了让每个岗位都学得到、学得会，制定本规定。

## 第二章 保障

第二条 班组应当如实记录每次培训的时间、内容、参加人员和考核结果。
"""
PHRASE = "如实记录"
ADDED = "从业人员的培训情况应当如实记录。"
# The content desk saves by itself while one types; what is half written it refuses, and tries again.
HALF_WRITTEN = "/edit/: Failed to load resource: the server responded with a status of 400"


@pytest.fixture(params=["word", "real"])
def statute(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A short statute of our own as a Word file, and 安全生产法 in Markdown where it is at hand."""
    if request.param == "real":
        if REAL is None:
            pytest.skip("the statutes are not on this machine")
        return REAL
    path = tmp_path / "学习管理规定.docx"
    path.write_bytes(written_in_word(OURS))
    return path


def written_in_word(text: str) -> bytes:
    """Each line a paragraph, headings as Word's own."""
    document = Document()
    for line in filter(None, text.splitlines()):
        marks, _, words = line.rpartition("# ")
        document.add_heading(words, len(marks)) if line.startswith("#") else document.add_paragraph(line)
    return saved(document)


def test_from_a_file_to_a_lesson_that_learners_find(
    log_in: Callable[..., Page], statute: Path, provoked: list[str]
) -> None:
    provoked.append(HALF_WRITTEN)
    trainer = log_in("00120031", DESK)
    trainer.goto("/cms/")
    course = import_statute(trainer, statute)
    title = trainer.locator("input[name=title]").input_value()
    add_callout(trainer)
    submit(trainer, course)
    expect(trainer.get_by_text("审核中").first).to_be_visible()
    learner = log_in("00120080")
    assert not found_by(learner, title)
    does_not_exist_for(log_in("00120070", DESK), course, title)
    approve(log_in("00120016", DESK), course)
    assert not found_by(learner, title)
    approve(log_in("00120021", DESK), course)
    assert found_by(learner, title)
    learner.locator("main li", has_text=title).get_by_role("link", name=re.compile("第二章")).click()
    expect(learner.locator(".prose")).to_contain_text(ADDED)


def import_statute(page: Page, statute: Path) -> str:
    """The address of the draft's editor."""
    page.get_by_role("link", name="导入课程").first.click()
    page.get_by_label("Word、Markdown 或 zip 文件").set_input_files(statute)
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("heading", name="课时目录")).to_be_visible()
    page.get_by_label("条线").select_option("policy")
    page.get_by_role("button", name="导入为草稿").click()
    page.wait_for_url("**/edit/")
    expect(page.get_by_text("已导入为草稿")).to_be_visible()
    return page.url


def add_callout(page: Page) -> None:
    page.locator(".lessons-panel").get_by_role("link", name=re.compile("第二章")).click()
    page.wait_for_url("**/edit/")
    page.wait_for_load_state("networkidle")
    page.locator("button.c-sf-add-button").first.click()
    page.get_by_text("提示框", exact=True).last.click()
    page.locator("[data-contentpath=text] [contenteditable=true]").click()
    page.keyboard.type(ADDED)
    expect(page.locator("input[name$='-value-text']")).to_have_value(re.compile(ADDED))
    page.locator("input[name$='-value-document']").fill("安全生产法")
    page.locator("footer").get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text(re.compile("已.*(保存|更新)")).first).to_be_visible()
    page.wait_for_load_state("networkidle")


def submit(page: Page, course: str) -> None:
    page.goto(course)
    page.wait_for_load_state("networkidle")
    page.locator("input[name=hours]").fill("2")
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.get_by_role("button", name="提交给课程审核").click()
    page.wait_for_url(lambda url: url != course)


def does_not_exist_for(other: Page, course: str, title: str) -> None:
    """The second trainer is not shown the draft and cannot open it."""
    other.goto("/cms/")
    expect(other.locator("main")).not_to_contain_text(title)
    other.goto(f"/cms/pages/search/?q={title}")
    expect(other.get_by_text("没有符合")).to_be_visible()
    assert other.request.get(course).status == 404


def approve(page: Page, course: str) -> None:
    page.goto("/cms/")
    expect(page.get_by_text("等待您的审核")).to_be_visible()
    page.goto(course)
    page.wait_for_load_state("networkidle")
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.get_by_role("button", name=re.compile("通过")).last.click()
    page.wait_for_url(lambda url: url != course)


def found_by(learner: Page, title: str) -> bool:
    """Whether searching the phrase finds a lesson of the course."""
    learner.goto(f"/courses/?q={PHRASE}")
    return learner.locator("main li", has_text=title).count() > 0
