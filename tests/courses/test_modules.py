"""Modules and the lessons under them: renamed, ordered and removed without losing a lesson."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from courses.actions import draft_lesson, publish_course
from courses.models import CourseModule, CoursePage, LessonPage
from lms.people.models import Person
from tests.courses.conftest import TEXT

Make = Callable[..., CoursePage]
Save = Callable[..., CoursePage]


@pytest.fixture
def course(make_course: Make, tang_zhiyuan: Person, at: datetime) -> CoursePage:
    """Two lessons of no module, and three in two modules."""
    page = make_course(tang_zhiyuan, modules=["模块一", "模块二"])
    for title, module in [("乙", "模块二"), ("甲", "模块一"), ("丙", "模块二")]:
        draft_lesson(course_page=page, title=title, module=module, blocks=[TEXT], by=tang_zhiyuan, at=at)
    return page


@pytest.fixture
def save(client_of: Callable[[Person], Client], tang_zhiyuan: Person) -> Save:
    """Save the editor of a course as it stands, with these modules instead: fields of each in order."""
    tang_zhiyuan.groups.set(Group.objects.filter(name="trainer"))

    def post(page: CoursePage, modules: list[dict[str, Any]], known: int) -> CoursePage:
        facts = {"title": page.title, "slug": page.slug, "line": "safety", "hours": "1", "account": "safety"}
        for name, total, initial in (("comments", 0, 0), ("modules", len(modules), known)):
            facts |= {f"{name}-TOTAL_FORMS": total, f"{name}-INITIAL_FORMS": initial, f"{name}-MIN_NUM_FORMS": 0}
        for number, fields in enumerate(modules):
            fields = {"id": "", "key": "", "ORDER": number + 1, **fields}
            facts |= {f"modules-{number}-{field}": value for field, value in fields.items()}
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert client_of(tang_zhiyuan).post(address, facts).status_code == 302
        return CoursePage.objects.get(pk=page.pk)

    return post


def outline(page: CoursePage, by: Person, at: datetime) -> list[tuple[str, str]]:
    """Module and title of every lesson of the edition that publishing leaves behind."""
    edition = publish_course(page=page, by=by, at=at)
    assert edition is not None
    return [(line.module, line.lesson_edition.title) for line in edition.outline.order_by("position")]


def as_sent(module: CourseModule, **changes: Any) -> dict[str, Any]:
    return {"id": module.pk or "", "key": module.key, "title": module.title, **changes}


def test_lessons_stand_by_module_and_in_each_as_the_tree_has_them(
    course: CoursePage, tang_zhiyuan: Person, at: datetime
) -> None:
    assert outline(course, tang_zhiyuan, at) == [
        ("", "脱离电源"), ("", "胸外按压"), ("模块一", "甲"), ("模块二", "乙"), ("模块二", "丙"),
    ]  # fmt: skip


def test_a_renamed_module_keeps_its_lessons(
    course: CoursePage, save: Save, tang_zhiyuan: Person, at: datetime
) -> None:
    publish_course(page=course, by=tang_zhiyuan, at=at)
    first, second = course.modules.all()
    page = save(course, [as_sent(first, title="脱离电源篇"), as_sent(second)], 2)
    assert [line for line in outline(page, tang_zhiyuan, at) if line[0]] == [
        ("脱离电源篇", "甲"), ("模块二", "乙"), ("模块二", "丙"),
    ]  # fmt: skip


def test_a_module_that_exists_in_a_draft_only_can_be_renamed_too(
    course: CoursePage, save: Save, tang_zhiyuan: Person, at: datetime
) -> None:
    publish_course(page=course, by=tang_zhiyuan, at=at)
    known = [as_sent(module) for module in course.modules.all()]
    draft = save(course, [*known, {"title": "新模块"}], 2).get_latest_revision_as_object()
    new = draft.modules.get(title="新模块")
    lesson = course.lesson_pages().get(title="丙")
    lesson.module = new.key
    lesson.save_revision(user=tang_zhiyuan)
    page = save(course, [*known, as_sent(new, title="新的模块")], 3)
    assert outline(page, tang_zhiyuan, at)[-1] == ("新的模块", "丙")


def test_the_lessons_of_a_removed_module_stand_without_one(
    course: CoursePage, save: Save, tang_zhiyuan: Person, at: datetime
) -> None:
    first, second = course.modules.all()
    page = save(course, [as_sent(first), as_sent(second, DELETE="on")], 2)
    assert [line for line in outline(page, tang_zhiyuan, at) if line[0]] == [("模块一", "甲")]


def test_a_lesson_cannot_be_drafted_into_a_module_that_is_not_there(
    course: CoursePage, tang_zhiyuan: Person, at: datetime
) -> None:
    with pytest.raises(KeyError):
        draft_lesson(course_page=course, title="丁", module="没有的模块", blocks=[], by=tang_zhiyuan, at=at)
    assert not LessonPage.objects.filter(title="丁").exists()


def test_lessons_that_named_the_title_find_their_module_after_the_upgrade(
    course: CoursePage, tang_zhiyuan: Person, at: datetime
) -> None:
    titles = {module.key: module.title for module in course.modules.all()}
    CourseModule.objects.update(key="")
    for revision in Revision.objects.all():
        for module in revision.content.get("modules", []):
            del module["key"]
        revision.content["module"] = titles.get(revision.content.get("module", ""), "")
        revision.save()
    import_module("courses.migrations.0003_coursemodule_key").name_by_title(apps, None)
    assert outline(course, tang_zhiyuan, at)[2:] == [("模块一", "甲"), ("模块二", "乙"), ("模块二", "丙")]
