"""A course once more: the same words under new identities, and nothing of what people did with the first."""

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.actions import add_image, share
from courses import kinds
from courses.actions import Activity, draft_lesson, duplicate_course, publish_course
from courses.models import Course, CoursePage, Lesson
from lms.people.models import Person, PositionTag
from tests.cms.pictures import png
from tests.courses.conftest import CHECK, TEXT
from tests.courses.review import submit

Make = Callable[..., CoursePage]
Desk = Callable[[Person], Client]


@pytest.fixture
def course(make_course: Make, tang_zhiyuan: Person, at: datetime) -> CoursePage:
    """Two lessons of no module, one with a picture in 模块甲, an exam alone and an exam with words around it."""
    page = make_course(tang_zhiyuan, "触电急救", code="S4", modules=["模块甲"], summary="简介")
    image = add_image(title="图", file_name="a.png", content=png(), by=tang_zhiyuan)
    picture = {"type": "image", "value": {"image": image.pk, "alt": "图", "caption": ""}, "id": "one"}
    exam = Activity("exam", "no-such-exam")
    draft_lesson(course_page=page, title="有图", module="模块甲", blocks=[TEXT], minutes=9, by=tang_zhiyuan, at=at)
    lesson = page.lesson_pages().get(title="有图")
    lesson.body = lesson._meta.get_field("body").stream_block.to_python([*lesson.body.get_prep_value(), picture])
    lesson.save_revision(user=tang_zhiyuan)
    for title, blocks in (("考试", []), ("考前说明", [TEXT])):
        draft_lesson(
            course_page=page, title=title, blocks=blocks, kind="exam", activity=exam, by=tang_zhiyuan, at=at
        )  # fmt: skip
    return CoursePage.objects.get(pk=page.pk)


def copy_of(page: CoursePage, by: Person, at: datetime, key: str = "k") -> tuple[CoursePage, list[str]]:
    return duplicate_course(page=page, key=key, by=by, at=at)


def ids(raw: Any) -> Iterator[str]:
    """Every id inside the raw value of a body."""
    for each in raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ():
        yield from ids(each)
    if isinstance(raw, dict) and {"id", "type", "value"} <= raw.keys():
        yield raw["id"]


def all_ids(page: CoursePage) -> set[str]:
    return {key for lesson in page.lesson_pages() for key in ids(lesson.body.get_prep_value())}


def test_a_copy_has_the_words_the_modules_and_the_pictures_under_new_identities(
    course: CoursePage, tang_zhiyuan: Person, at: datetime
) -> None:
    copy, left_out = copy_of(course, tang_zhiyuan, at)
    assert (copy.title, copy.live, copy.code, copy.summary) == ("触电急救 副本", False, "", "简介")
    assert left_out == ["考试"]
    seen = [(lesson.title, lesson.kind, lesson.minutes) for lesson in copy.lesson_pages()]
    assert seen == [
        ("脱离电源", "reading", 0), ("胸外按压", "reading", 0), ("考前说明", "reading", 0), ("有图", "reading", 9),
    ]  # fmt: skip
    [module] = copy.modules.all()
    assert (module.title, copy.lesson_pages().get(title="有图").module) == ("模块甲", module.key)
    assert module.key != course.modules.get().key
    assert get_image_model().objects.count() == 1
    assert all_ids(copy) and not all_ids(copy) & all_ids(course)
    assert not copy.lesson_pages().filter(live=True).exists()
    keys = Page.objects.filter(title__in=["触电急救", "触电急救 副本"]).values_list("translation_key", flat=True)
    assert len(set(keys)) == 2


def test_a_published_copy_is_a_course_of_its_own(make_course: Make, tang_zhiyuan: Person, at: datetime) -> None:
    course = make_course(tang_zhiyuan)
    first = publish_course(page=course, by=tang_zhiyuan, at=at)
    copy, _left_out = copy_of(CoursePage.objects.get(pk=course.pk), tang_zhiyuan, at)
    assert Course.objects.count() == 1
    second = publish_course(page=copy, by=tang_zhiyuan, at=at)
    assert first is not None and second is not None
    assert first.course != second.course
    assert Lesson.objects.count() == 4
    checks = [lesson.lesson_edition.self_checks for edition in (first, second) for lesson in edition.outline.all()]
    keys = [key for check in checks for key in check]
    assert len(keys) == len(set(keys)) == 2
    assert str(CHECK["question"]) in str(checks)


def test_the_newest_drafts_are_copied(make_course: Make, tang_zhiyuan: Person, at: datetime) -> None:
    tag = PositionTag.objects.create(key="duty", label="值班")
    course = make_course(tang_zhiyuan, position_tags=[tag])
    publish_course(page=course, by=tang_zhiyuan, at=at)
    draft = CoursePage.objects.get(pk=course.pk)
    draft.title = "新题目"
    draft.save_revision(user=tang_zhiyuan)
    copy, _left_out = copy_of(draft, tang_zhiyuan, at)
    assert (copy.title, list(copy.position_tags.all())) == ("新题目 副本", [tag])


def test_a_title_of_full_length_still_fits(make_course: Make, tang_zhiyuan: Person, at: datetime) -> None:
    copy, _left_out = copy_of(make_course(tang_zhiyuan, "长" * 255), tang_zhiyuan, at)
    assert len(copy.title) == 255
    assert copy.title.endswith(" 副本")


def test_two_taps_make_one_copy_and_a_new_form_another(
    desk_of: Desk, course: CoursePage, tang_zhiyuan: Person
) -> None:
    desk = desk_of(tang_zhiyuan)
    address = reverse("courses_desk:duplicate", args=[course.pk])
    screen = desk.get(address)
    assert "一个考试只属于一个课时" in screen.text
    ends = {desk.post(address, {"key": screen.context["key"]})["Location"] for _tap in range(2)}
    assert len(ends) == 1
    assert CoursePage.objects.count() == 2
    answer = desk.post(address, {"key": desk.get(address).context["key"]}, follow=True)
    assert CoursePage.objects.count() == 3
    assert "未复制：“考试”" in answer.text


def test_the_copy_belongs_to_the_co_author_who_made_it_and_to_nobody_else(
    desk_of: Desk, course: CoursePage, tang_zhiyuan: Person, deng_min: Person, at: datetime
) -> None:
    share(page=course, person=deng_min, by=tang_zhiyuan, at=at)
    address = reverse("courses_desk:duplicate", args=[course.pk])
    assert desk_of(deng_min).post(address, {"key": "k"}).status_code == 302
    copy = CoursePage.objects.latest("pk")
    assert (copy.owner, copy.co_authors.count()) == (deng_min, 0)
    assert {lesson.owner for lesson in copy.lesson_pages()} == {deng_min}
    his = desk_of(tang_zhiyuan)
    assert his.get(reverse("courses_desk:outline", args=[copy.pk])).status_code == 404
    assert his.post(address, {"key": "k"}).status_code == 302
    assert CoursePage.objects.filter(owner=tang_zhiyuan).count() == 2


def test_only_authors_duplicate(
    desk_of: Desk, course: CoursePage, tang_zhiyuan: Person, deng_min: Person, sun_guoqiang: Person
) -> None:
    address = reverse("courses_desk:duplicate", args=[course.pk])
    assert desk_of(deng_min).post(address, {"key": "k"}).status_code == 404
    submit(course, tang_zhiyuan)
    assert desk_of(sun_guoqiang).post(address, {"key": "k"}).status_code == 403
    assert CoursePage.objects.count() == 1


def test_wagtails_own_copy_takes_no_exam_along(desk_of: Desk, course: CoursePage, tang_zhiyuan: Person) -> None:
    assert "exam" in {kind.key for kind in kinds.registered()}
    desk = desk_of(tang_zhiyuan)
    form = {"new_title": "抄", "new_slug": "chao", "copy_subpages": "on"}
    for page in (course, course.lesson_pages().get(title="考试")):
        form["new_parent_page"] = str(page.get_parent().pk)
        desk.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
    assert not Page.objects.filter(title="抄").exists()
    lesson = course.lesson_pages().get(title="有图")
    form["new_parent_page"] = str(course.pk)
    desk.post(reverse("wagtailadmin_pages:copy", args=[lesson.pk]), form)
    assert Page.objects.filter(title="抄").exists()


def test_courses_that_lost_count_of_their_lessons_find_them_after_the_upgrade(course: CoursePage) -> None:
    Page.objects.filter(pk=course.pk).update(numchild=0)
    import_module("courses.migrations.0006_duplicates").count_lessons(apps, None)
    assert CoursePage.objects.get(pk=course.pk).get_children().count() == 5
