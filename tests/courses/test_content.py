"""Blocks: what they refuse, how content files become blocks, how pages look before they are published."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.blocks import StructBlockValidationError

from cms.blocks import TEXT_FEATURES, CalloutBlock, SelfCheckBlock, StepBlock, TextBlock
from courses import blockdata
from courses.actions import draft_lesson, publish_course
from courses.checks import check
from courses.models import CoursePage, LessonEdition
from lms.people.models import Person
from tests.courses.conftest import CHECK, TEXT

Make = Callable[..., CoursePage]
CONTENT = Path(__file__).parents[2] / "lms/demo/content"
LESSONS = sorted(path for path in CONTENT.glob("*/*.yaml") if "blocks:" in path.read_text())


def test_a_legal_basis_names_its_document() -> None:
    block = CalloutBlock()
    text = "<p>依法</p>"
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"tone": "basis", "text": text}))
    block.clean(block.to_python({"tone": "basis", "text": text, "document": "安全生产法", "clause": "第二十八条"}))
    block.clean(block.to_python({"tone": "key", "text": text}))


@pytest.mark.parametrize(
    "emptied", ["", '<p data-block-key="a1b2c"></p>', "<p> <b>&nbsp;</b><br/></p><p></p>", "<ul><li></li></ul>"]
)
def test_required_text_that_was_emptied_is_refused_in_words_when_it_is_to_be_read(emptied: str) -> None:
    block = CalloutBlock()
    value = block.to_python({"tone": "key", "title": "要点", "text": emptied})
    with pytest.raises(StructBlockValidationError) as refusal, translation.override("zh-hans"):
        block.clean(value)
    assert refusal.value.block_errors["text"].messages == ["这里还没有内容，请填写。"]
    assert block.clean_deferred(value)["title"] == "要点"  # a draft may wait for its text


def test_a_rule_alone_is_content_and_a_step_needs_no_text() -> None:
    line = TextBlock(features=TEXT_FEATURES)
    assert line.clean(line.to_python("<hr/>")).source == "<hr/>"
    step = StepBlock()
    step.clean(step.to_python({"title": "断开电源", "text": "<p></p>"}))


@pytest.mark.parametrize("correct", [[], [False, False]])
def test_a_self_check_has_a_right_option(correct: list[bool]) -> None:
    block = SelfCheckBlock()
    options = [{"text": f"{number}", "correct": flag} for number, flag in enumerate(correct)]
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"question": "问", "options": options, "explanation": "<p>因</p>"}))


def test_several_right_options_are_boxes_and_one_is_a_choice(
    make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    page = make_course(tang_zhiyuan)
    several = {**CHECK, "options": [{"text": "甲", "correct": True}, {"text": "乙", "correct": True}]}
    draft_lesson(course_page=page, title="多选", blocks=[several], by=tang_zhiyuan, at=at)
    publish_course(page=page, by=tang_zhiyuan, at=at)
    assert 'type="checkbox"' in LessonEdition.objects.get(title="多选").html
    assert 'type="radio"' in LessonEdition.objects.get(title="脱离电源").html


def test_a_self_check_is_right_when_exactly_the_right_options_are_chosen() -> None:
    edition = LessonEdition(self_checks={"k": {"correct": [0, 2], "explanation": "<p>因</p>"}})
    assert check(edition, "k", [2, 0]).correct
    assert check(edition, "k", [2, 0, 0]).correct
    assert not check(edition, "k", [0]).correct
    assert not check(edition, "k", [0, 1, 2]).correct
    assert check(edition, "k", []).right == [0, 2]
    with pytest.raises(KeyError):
        check(edition, "other", [0])


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_lesson_of_the_demo_becomes_an_edition(
    path: Path, make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    lesson = yaml.safe_load(path.read_text())
    images = path.parent / "images"
    blocks = [block for block in lesson["blocks"] if block["type"] != "image" or (images / block["file"]).exists()]
    page = make_course(tang_zhiyuan)
    draft_lesson(course_page=page, title=lesson["title"], blocks=blocks, images=images, by=tang_zhiyuan, at=at)
    course_edition = publish_course(page=page, by=tang_zhiyuan, at=at)
    assert course_edition is not None
    edition = course_edition.outline.get(position=3).lesson_edition
    checks = [block for block in lesson["blocks"] if block["type"] == "self_check"]
    assert len(edition.self_checks) == len(checks)
    assert edition.characters > 500
    for block in checks:
        assert block["question"] in edition.text
        assert block["explanation"][:20] not in edition.html


def test_an_unknown_block_is_an_error() -> None:
    with pytest.raises(KeyError):
        blockdata.raw({"type": "video", "file": "x.mp4"})
    with pytest.raises(ValidationError):
        blockdata.raw({"type": "image", "file": "x.png", "alt": "图"})


@pytest.fixture
def his_desk(tang_zhiyuan: Person, client_of: Callable[[Person], Client], catalogue: Any) -> Client:
    from django.contrib.auth.models import Group

    tang_zhiyuan.groups.add(Group.objects.get(name="trainer"))
    return client_of(tang_zhiyuan)


def test_drafts_are_previewed_as_learners_will_see_them(
    his_desk: Client, make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    page = make_course(tang_zhiyuan, objectives="会断电", audience="全员", summary="先断电")
    lesson = page.lesson_pages().first()
    assert lesson is not None
    answer = his_desk.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]))
    assert "如实记录" in answer.text
    assert "css/app" in answer.text
    answer = his_desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert "会断电" in answer.text
    assert "脱离电源" in answer.text


def test_pages_open_in_a_phone_frame_first(make_course: Make, tang_zhiyuan: Person) -> None:
    page = make_course(tang_zhiyuan)
    assert page.default_preview_size == "phone"
    assert [size["device_width"] for size in page.preview_sizes] == [390, 768, 1280]


def test_the_address_of_a_page_leads_to_where_people_study(
    make_course: Make, tang_zhiyuan: Person, client: Client, at: datetime
) -> None:
    page = make_course(tang_zhiyuan)
    edition = publish_course(page=page, by=tang_zhiyuan, at=at)
    assert edition is not None
    page = CoursePage.objects.get(pk=page.pk)
    lesson = page.lesson_pages().first()
    assert lesson is not None
    assert page.url is not None
    assert client.get(page.url)["Location"] == f"/courses/{edition.course.uuid}/"
    assert client.get(lesson.url)["Location"] == f"/learn/{edition.course.uuid}/{lesson.lesson.uuid}/"


def test_the_first_screen_lists_ones_own_courses_with_their_state(
    his_desk: Client, make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    make_course(tang_zhiyuan, "写了一半")
    publish_course(page=make_course(tang_zhiyuan, "已经上线"), by=tang_zhiyuan, at=at)
    home = his_desk.get("/cms/").text
    assert "写了一半" in home
    assert "已经上线" in home
    assert "2 个课时" in home


EVIL = (
    '<p onclick="alert(1)">正文<script>alert(1)</script><img src=x onerror=alert(1)>'
    '<a href="javascript:alert(1)">点</a><a href="https://example.com/">看</a></p>'
    '<iframe src="//evil.example"></iframe>'
)
STORED = [{"type": "item", "value": {"title": "一", "text": EVIL}, "id": "a"}]
HTML = [
    {"type": "rich_text", "html": EVIL},
    {"type": "rich_text", "value": EVIL},
    {"type": "callout", "tone": "key", "text": EVIL},
    {"type": "steps", "steps": [{"title": "一", "text": EVIL}]},
    {"type": "accordion", "items": [{"title": "一", "text": EVIL}]},
    {"type": "accordion", "value": STORED},
    {"type": "steps", "value": {"title": "", "steps": STORED}},
    {**CHECK, "explanation": EVIL},
]


@pytest.mark.parametrize("block", HTML, ids=lambda block: f"{block['type']} {'stored' if 'value' in block else ''}")
def test_markup_that_comes_from_code_is_cleaned_like_the_editors(
    block: dict[str, Any], make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    page = make_course(tang_zhiyuan)
    draft_lesson(course_page=page, title="外来", blocks=[block], by=tang_zhiyuan, at=at)
    publish_course(page=page, by=tang_zhiyuan, at=at)
    lesson = LessonEdition.objects.get(title="外来")
    seen = lesson.html + "".join(check["explanation"] for check in lesson.self_checks.values())
    for forbidden in ("<script", "alert(1)", "onclick", "onerror", "javascript:", "<iframe", "evil.example"):
        assert forbidden not in seen + str(lesson.body)
    assert '<p>正文<a>点</a><a href="https://example.com/">看</a></p>' in seen


def test_text_blocks_of_a_course_are_plain(make_course: Make, tang_zhiyuan: Person, at: datetime) -> None:
    page = make_course(tang_zhiyuan)
    evil = {"type": "callout", "tone": "key", "text": "1 < 2 <script>alert(1)</script>"}
    draft_lesson(course_page=page, title="转义", blocks=[evil, TEXT], by=tang_zhiyuan, at=at)
    publish_course(page=page, by=tang_zhiyuan, at=at)
    assert "<script" not in LessonEdition.objects.get(title="转义").html
