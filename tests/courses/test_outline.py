"""The outline of a course on one screen: arranged in one go, by buttons alone, and never over another's head."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from courses import outline
from courses.actions import draft_course, draft_lesson, publish_course
from courses.arrangement import Heading, Row, Rows, fingerprint, headings, lessons, merged, modules, shifted, steps
from courses.models import CoursePage, LessonPage
from lms.people.models import Person
from tests.courses.conftest import TEXT
from tests.courses.review import submit

Make = Callable[..., CoursePage]
Desk = Callable[[Person], Client]
Form = dict[str, Any]

A, B = Heading("a", "甲"), Heading("b", "乙")


@pytest.mark.parametrize(
    ("rows", "name", "step", "after"),
    [
        ((1, A, 2, 3), "l:3", -1, (1, A, 3, 2)),
        ((1, A, 2, 3), "l:2", -1, (1, 2, A, 3)),
        ((1, A, 2, B), "l:2", 1, (1, A, B, 2)),
        ((1, A, 2), "l:1", -1, (1, A, 2)),
        ((1, A, 2), "l:2", 1, (1, A, 2)),
        ((1, A, 2, 3, B, 4), "m:b", -1, (1, B, 4, A, 2, 3)),
        ((1, A, 2, 3, B, 4), "m:a", 1, (1, B, 4, A, 2, 3)),
        ((1, A, 2, B), "m:a", -1, (1, A, 2, B)),
        ((1, A, 2, B), "m:b", 1, (1, A, 2, B)),
        ((1, A), "l:9", 1, (1, A)),
        ((), "m:x", 1, ()),
    ],
)
def test_a_row_goes_one_place_and_a_module_takes_its_lessons_along(
    rows: Rows, name: str, step: int, after: Rows
) -> None:
    assert shifted(rows, name, step) == after


@pytest.mark.parametrize(
    ("wanted", "present", "both"),
    [
        ((2, 1), (1, 2, 3), (2, 1, 3)),
        ((2, 1), (1,), (1,)),
        ((1, A, 2), (1, A, 2, 3), (1, A, 2, 3)),
        ((A, 2, B), (A, 2, 3, B), (A, 2, 3, B)),
        ((A, 1), (A, 1, B, 2), (A, 1, B, 2)),
        ((A, 1, 1, B), (9, A, 1), (9, A, 1, B)),
    ],
)
def test_an_arrangement_is_laid_over_what_others_did_meanwhile(wanted: Rows, present: Rows, both: Rows) -> None:
    assert merged(wanted, present) == both


@pytest.mark.parametrize(
    ("current", "wanted", "count"),
    [([1, 2, 3, 4], [2, 3, 4, 1], 1), ([1, 2, 3, 4], [4, 1, 2, 3], 1), ([1, 2, 3], [3, 2, 1], 2), ([1, 2], [1, 2], 0)],
)
def test_as_few_lessons_as_possible_are_moved(current: list[int], wanted: list[int], count: int) -> None:
    moves = list(steps(current, wanted))
    assert len(moves) == count
    for lesson, behind in moves:
        current.remove(lesson)
        current.insert(current.index(behind) if behind else len(current), lesson)
    assert current == wanted


@pytest.fixture
def course(catalogue: object, tang_zhiyuan: Person, at: datetime) -> CoursePage:
    """导言 under no module, 一 and 二 in 模块甲, 三 in 模块乙."""
    page = draft_course(
        title="触电急救",
        line="safety",
        hours=1,
        owner=tang_zhiyuan,
        by=tang_zhiyuan,
        at=at,
        modules=["模块甲", "模块乙"],
    )
    for title, module in [("导言", ""), ("一", "模块甲"), ("二", "模块甲"), ("三", "模块乙")]:
        draft_lesson(course_page=page, title=title, module=module, blocks=[TEXT], by=tang_zhiyuan, at=at)
    return CoursePage.objects.get(pk=page.pk)


@pytest.fixture
def desk(client_of: Desk, tang_zhiyuan: Person) -> Client:
    tang_zhiyuan.groups.set(Group.objects.filter(name="trainer"))
    return client_of(tang_zhiyuan)


def address(page: CoursePage) -> str:
    return reverse("courses_desk:outline", args=[page.pk])


def form(page: CoursePage, rows: Rows | None = None, **changes: str) -> Form:
    """What the screen sends as it stands, or with these rows instead."""
    present = outline.arrangement(fresh(page))
    rows = present if rows is None else rows
    sent: Form = {f"title:{heading.key}": heading.title for heading in headings(rows)}
    sent["row"] = [f"m:{row.key}" if isinstance(row, Heading) else f"l:{row}" for row in rows]
    return {**sent, "seen": fingerprint(present), **changes}


def fresh(page: CoursePage) -> CoursePage:
    return CoursePage.objects.get(pk=page.pk)


def told(page: CoursePage) -> list[str]:
    """The outline in words: headings in brackets."""
    titles = dict(page.lesson_pages().values_list("pk", "draft_title"))
    rows: Rows = outline.arrangement(fresh(page))
    return [f"[{row.title}]" if isinstance(row, Heading) else titles[row] for row in rows]


def row_of(page: CoursePage, title: str) -> Row:
    for row in outline.arrangement(fresh(page)):
        if isinstance(row, Heading) and row.title == title:
            return row
    return page.lesson_pages().get(draft_title=title).pk


def test_the_screen_shows_modules_and_lessons_with_state_characters_and_minutes(
    desk: Client, course: CoursePage, tang_zhiyuan: Person, at: datetime, statements: Any
) -> None:
    publish_course(page=course, by=tang_zhiyuan, at=at)
    lesson = LessonPage.objects.get(title="二")
    lesson.minutes = 7
    lesson.save_revision(user=tang_zhiyuan)
    draft_lesson(course_page=fresh(course), title="四", blocks=[TEXT], by=tang_zhiyuan, at=at)
    _rows, lines = outline.lines(fresh(course))
    seen = {line.title: (line.tone, line.minutes, line.characters > 0) for line in lines.values()}
    assert seen == {
        "导言": ("published", 1, True), "一": ("published", 1, True), "二": ("changed", 7, True),
        "三": ("published", 1, True), "四": ("draft", 1, True),
    }  # fmt: skip
    text = desk.get(address(course)).text
    for words in ("模块甲", "修改", "草稿", "已发布", "上移", "下移", "7 分钟"):
        assert words in text
    with statements(at_most=14):
        outline.lines(fresh(course))


def test_it_is_saved_as_a_whole_and_learners_see_it_after_the_review(
    desk: Client, course: CoursePage, tang_zhiyuan: Person, at: datetime
) -> None:
    published = publish_course(page=course, by=tang_zhiyuan, at=at)
    first, second = headings(outline.arrangement(fresh(course)))
    one, two, three, intro = (row_of(course, title) for title in ("一", "二", "三", "导言"))
    renamed = Heading(second.key, "模块乙（改）")
    sent = form(course, (renamed, three, two, first, intro, one), save="1")
    sent["seen"] = fingerprint(outline.arrangement(fresh(course)))
    assert desk.post(address(course), sent).status_code == 302
    assert told(course) == ["[模块乙（改）]", "三", "二", "[模块甲]", "导言", "一"]
    assert fresh(course).has_unpublished_changes
    assert fresh(course).course.current_edition == published
    edition = publish_course(page=fresh(course), by=tang_zhiyuan, at=at)
    assert edition is not None
    assert [(line.module, line.lesson_edition.title) for line in edition.outline.all()] == [
        ("模块乙（改）", "三"), ("模块乙（改）", "二"), ("模块甲", "导言"), ("模块甲", "一"),
    ]  # fmt: skip


def test_every_step_can_be_taken_with_buttons_alone(desk: Client, course: CoursePage) -> None:
    two, second = row_of(course, "二"), row_of(course, "模块乙")
    assert isinstance(second, Heading)
    desk.post(address(course), form(course, move=f"down:l:{two}"))
    assert told(course) == ["导言", "[模块甲]", "一", "[模块乙]", "二", "三"]
    desk.post(address(course), form(course, move=f"up:m:{second.key}"))
    assert told(course) == ["导言", "[模块乙]", "二", "三", "[模块甲]", "一"]
    desk.post(address(course), form(course, remove=second.key))
    assert told(course) == ["导言", "二", "三", "[模块甲]", "一"]
    desk.post(address(course), form(course, add_module="1", new_module="模块丙"))
    third = row_of(course, "模块丙")
    assert isinstance(third, Heading)
    answer = desk.post(address(course), form(course, add_lesson="1", new_lesson=" 新 课 ", under=third.key))
    assert answer.status_code == 302
    assert told(course) == ["导言", "二", "三", "[模块甲]", "一", "[模块丙]", "新 课"]
    lesson = LessonPage.objects.get(draft_title="新 课")
    assert (lesson.live, lesson.owner, lesson.module) == (False, course.owner, third.key)


def test_what_two_tabs_send_is_told_and_neither_is_lost(
    desk: Client, course: CoursePage, tang_zhiyuan: Person, at: datetime
) -> None:
    stale = form(course, move=f"up:l:{row_of(course, '三')}")
    desk.post(address(course), form(course, move=f"down:l:{row_of(course, '一')}"))
    draft_lesson(course_page=course, title="别人的课时", blocks=[], by=tang_zhiyuan, at=at)
    answer = desk.post(address(course), stale)
    assert answer.status_code == 409
    assert "大纲刚被另一处修改" in answer.text
    assert "别人的课时" in answer.text
    assert told(course) == ["导言", "别人的课时", "[模块甲]", "二", "一", "[模块乙]", "三"]
    again = {**stale, "seen": answer.context["seen"], "row": [row["name"] for row in answer.context["rows"]]}
    assert desk.post(address(course), again).status_code == 302
    assert told(course) == ["导言", "别人的课时", "[模块甲]", "一", "二", "三", "[模块乙]"]


def test_a_second_tap_changes_nothing_more(desk: Client, course: CoursePage) -> None:
    adding = form(course, add_lesson="1", new_lesson="新课时", under="")
    statuses = [desk.post(address(course), adding).status_code for _tap in range(2)]
    assert statuses == [302, 409]
    assert LessonPage.objects.filter(draft_title="新课时").count() == 1
    revision = fresh(course).latest_revision_id
    assert desk.post(address(course), form(course, save="1")).status_code == 302
    assert fresh(course).latest_revision_id == revision


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"add_lesson": "1", "new_lesson": "  "}, "请先填写名称"),
        ({"add_module": "1", "new_module": "长" * 256}, "名称最多 255 个字"),
        ({"save": "1", "title": ""}, "请填写每个模块的名称"),
        ({"move": "sideways:l:1", "row": ["l:²", "m:", "x", "l:99999999999999999999"]}, "大纲刚被另一处修改"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence_and_saves_nothing(
    desk: Client, course: CoursePage, changes: dict[str, Any], said: str
) -> None:
    sent = {**form(course), **changes}
    if "title" in changes:
        first = headings(outline.arrangement(course))[0]
        sent[f"title:{first.key}"] = ""
    before = told(course)
    answer = desk.post(address(course), sent)
    assert answer.status_code in {400, 409}
    assert said in answer.text
    assert told(course) == before


def test_while_it_is_reviewed_the_outline_is_only_read(
    desk: Client, course: CoursePage, tang_zhiyuan: Person, sun_guoqiang: Person, client_of: Desk
) -> None:
    submit(course, tang_zhiyuan)
    before = told(course)
    assert desk.post(address(course), form(course, move=f"down:l:{row_of(course, '一')}")).status_code == 400
    assert "上移" not in desk.get(address(course)).text
    sun_guoqiang.groups.set(Group.objects.filter(name="reviewer"))
    reviewer = client_of(sun_guoqiang)
    assert "模块乙" in reviewer.get(address(course)).text
    assert reviewer.post(address(course), form(course, move=f"down:l:{row_of(course, '一')}")).status_code == 403
    assert told(course) == before


def test_a_lesson_under_review_keeps_its_module(
    desk: Client, course: CoursePage, tang_zhiyuan: Person, at: datetime
) -> None:
    publish_course(page=course, by=tang_zhiyuan, at=at)
    lesson = LessonPage.objects.get(title="二")
    lesson.title = "二（改）"
    lesson.save_revision(user=tang_zhiyuan)
    submit(lesson, tang_zhiyuan)
    answer = desk.post(address(course), form(course, move=f"down:l:{lesson.pk}"))
    assert answer.status_code == 400
    assert "《二（改）》正在审核" in answer.text
    assert desk.post(address(course), form(course, move=f"up:l:{lesson.pk}")).status_code == 302
    assert told(course) == ["导言", "[模块甲]", "二（改）", "一", "[模块乙]", "三"]


def test_nobody_else_finds_the_outline(course: CoursePage, client_of: Desk, deng_min: Person) -> None:
    deng_min.groups.set(Group.objects.filter(name="trainer"))
    her = client_of(deng_min)
    assert her.get(address(course)).status_code == 404
    assert her.post(address(course), form(course)).status_code == 404


def test_a_lesson_of_another_course_cannot_be_pulled_in(
    desk: Client, course: CoursePage, make_course: Make, tang_zhiyuan: Person
) -> None:
    other = make_course(tang_zhiyuan, "另一门课")
    foreign = lessons(outline.arrangement(other))[0]
    sent = form(course)
    assert desk.post(address(course), {**sent, "row": [*sent["row"], f"l:{foreign}"]}).status_code == 409
    assert LessonPage.objects.get(pk=foreign).get_parent().pk == other.pk
    assert foreign not in modules(outline.arrangement(fresh(course)))
