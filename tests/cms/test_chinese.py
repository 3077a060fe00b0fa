"""A trainer who reads no English can use every screen of the desk."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import CoursePage
from lms.people.models import Person

Make = Callable[..., CoursePage]
Desk = Callable[[Person], Client]
KNOWN = {
    "Markdown",
    "Word",
    "Ctrl",
    "Shift",
    "None",
    "JPEG",
    "WEBP",
    "JavaScript",
    "Actions",
}  # None, Actions: not translatable in Wagtail
SPOKEN = {"aria-label", "title", "placeholder", "data-w-tooltip-content-value", "alt"}


class Words(HTMLParser):
    """Collects what a person sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "template", "noscript"}:
            self.hidden.append(tag)
        self.said += [value or "" for name, value in attrs if name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        if self.hidden and self.hidden[-1] == tag:
            self.hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(data)


def english(html: str) -> set[str]:
    """Words of four letters and more."""
    parser = Words()
    parser.feed(html)
    return set(re.findall(r"\b[A-Za-z]{4,}\b", " ".join(parser.said))) - KNOWN


SCREENS = {
    "home": "wagtailadmin_home",
    "pages": "wagtailadmin_explore_root",
    "search": "wagtailadmin_pages:search",
    "images": "wagtailimages:index",
    "upload of images": "wagtailimages:add_multiple",
    "one image": "wagtailimages:add",
    "documents": "wagtaildocs:index",
    "upload of documents": "wagtaildocs:add_multiple",
    "import": "courses_desk:import",
}
PAGE_SCREENS = [
    "edit", "history", "usage", "delete", "copy", "move", "add_subpage", "workflow_history",
]  # fmt: skip


@pytest.fixture
def desk(desk_of: Desk, tang_zhiyuan: Person) -> Client:
    return desk_of(tang_zhiyuan)


@pytest.mark.parametrize("name", SCREENS.values(), ids=SCREENS)
def test_the_desks_screens_speak_chinese(desk: Client, name: str) -> None:
    answer = desk.get(reverse(name), follow=True)
    assert answer.status_code == 200
    assert english(answer.text) == set()


@pytest.mark.parametrize("view", PAGE_SCREENS)
def test_a_pages_screens_speak_chinese(desk: Client, make_course: Make, tang_zhiyuan: Person, view: str) -> None:
    course = make_course(tang_zhiyuan, "触电急救")
    lesson = course.lesson_pages().first()
    assert lesson is not None
    for page in (course, lesson) if view != "add_subpage" else (course,):
        answer = desk.get(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]), follow=True)
        assert answer.status_code == 200
        assert english(answer.text) == set(), view


@pytest.mark.parametrize(
    "name", ["wagtailadmin_choose_page", "wagtailimages_chooser:choose", "wagtaildocs_chooser:choose"]
)
def test_the_choosers_speak_chinese(desk: Client, name: str) -> None:
    assert english(desk.get(reverse(name)).json()["html"]) == set()


def test_the_reviewers_screens_speak_chinese(
    desk_of: Desk, make_course: Make, tang_zhiyuan: Person, sun_guoqiang: Person
) -> None:
    course = make_course(tang_zhiyuan, "触电急救")
    workflow = course.get_workflow()
    assert workflow is not None
    state = workflow.start(course, tang_zhiyuan).current_task_state
    desk = desk_of(sun_guoqiang)
    edit = reverse("wagtailadmin_pages:edit", args=[course.pk])
    reject = reverse("wagtailadmin_pages:workflow_action", args=[course.pk, "reject", state.pk])
    for url in ("/cms/", edit, reverse("courses_desk:outline", args=[course.pk])):
        assert english(desk.get(url).text) == set()
    assert english(desk.get(reject).json()["html"]) == set()
    desk.post(reject, {"comment": "请补充依据"})
    for url in ("/cms/", edit, reverse("courses_desk:outline", args=[course.pk])):
        assert english(desk_of(tang_zhiyuan).get(url).text) == set()


def test_the_screens_of_a_course_speak_chinese(desk: Client, make_course: Make, tang_zhiyuan: Person) -> None:
    course = make_course(tang_zhiyuan, "触电急救", modules=["模块甲"])
    for name in ("outline", "duplicate", "co_authors"):
        assert english(desk.get(reverse(f"courses_desk:{name}", args=[course.pk])).text) == set()


def test_the_scripts_words_are_chinese(client: Client) -> None:
    script = client.get("/cms/jsi18n/").text
    for words in ("请写下批注", "修改已自动保存", "输入文字，或输入“/”插入内容块"):
        assert json.dumps(words)[1:-1] in script
