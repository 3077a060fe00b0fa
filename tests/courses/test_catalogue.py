"""Finding courses and phrases."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from courses.actions import draft_course, draft_lesson, publish_course, retire_course
from courses.models import Course, CoursePage
from courses.queries import catalogue, modules, outline, search
from lms.people.models import Person, PositionTag

Make = Callable[..., CoursePage]


@pytest.mark.parametrize("phrase", ["如实记录", "断电", "救", "电，再救", "脱离电源"])
def test_any_chinese_phrase_inside_a_lesson_is_found(
    make_course: Make, tang_zhiyuan: Person, at: datetime, phrase: str
) -> None:
    publish_course(page=make_course(tang_zhiyuan), by=tang_zhiyuan, at=at)
    hits = search(phrase)
    assert hits[0].line.lesson_edition.title == "脱离电源"
    assert hits[0].phrase == phrase or phrase in hits[0].line.lesson_edition.title


def test_a_hit_shows_the_words_around_it(make_course: Make, tang_zhiyuan: Person, at: datetime) -> None:
    publish_course(page=make_course(tang_zhiyuan), by=tang_zhiyuan, at=at)
    hit = search("如实")[0]
    assert hit.before.endswith("从业人员应当")
    assert hit.after.startswith("记录")


def test_drafts_old_editions_and_retired_courses_are_not_found(
    make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    page = make_course(tang_zhiyuan)
    assert search("如实记录") == []
    publish_course(page=page, by=tang_zhiyuan, at=at)
    for lesson in page.lesson_pages():
        lesson.body = []
        lesson.save_revision().publish(skip_permission_checks=True)
    assert search("如实记录") == []
    retire_course(course=Course.objects.get(), by=tang_zhiyuan, at=at)
    assert search("脱离电源") == []
    assert not catalogue().exists()


def test_blank_and_unknown_phrases_find_nothing(make_course: Make, tang_zhiyuan: Person, at: datetime) -> None:
    publish_course(page=make_course(tang_zhiyuan), by=tang_zhiyuan, at=at)
    assert search("  ") == []
    assert search("100%_") == []
    assert search("变压器油") == []


def test_announced_courses_come_last_and_lines_can_be_chosen(
    make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    soon = draft_course(title="两票", line="policy", coming_soon=True, owner=tang_zhiyuan, by=tang_zhiyuan, at=at)
    publish_course(page=soon, by=tang_zhiyuan, at=at)
    publish_course(page=make_course(tang_zhiyuan), by=tang_zhiyuan, at=at)
    assert [_title(course) for course in catalogue()] == ["触电急救", "两票"]
    assert [_title(course) for course in catalogue(line="policy")] == ["两票"]
    assert [_title(course) for course in catalogue(text="如实记录")] == ["触电急救"]


def _title(course: Course) -> str:
    assert course.current_edition is not None
    return course.current_edition.title


def test_the_catalogue_takes_one_statement_however_many_courses(
    make_course: Make, tang_zhiyuan: Person, at: datetime, statements: Any
) -> None:
    for number in range(5):
        publish_course(page=make_course(tang_zhiyuan, title=f"课程{number}"), by=tang_zhiyuan, at=at)
    with statements(at_most=1):
        assert len([_title(course) for course in catalogue()]) == 5


def test_search_takes_one_statement_however_many_hits(
    make_course: Make, tang_zhiyuan: Person, at: datetime, statements: Any
) -> None:
    for number in range(4):
        publish_course(page=make_course(tang_zhiyuan, title=f"课程{number}"), by=tang_zhiyuan, at=at)
    with statements(at_most=1):
        hits = search("如实记录")
        assert len([(_title(hit.course), hit.line.lesson_edition.title, hit.line.lesson.uuid) for hit in hits]) == 8


def test_an_outline_takes_one_statement_and_leaves_long_texts_behind(
    make_course: Make, tang_zhiyuan: Person, at: datetime, statements: Any
) -> None:
    page = make_course(tang_zhiyuan, modules=["一"])
    draft_lesson(course_page=page, title="善后", module="一", blocks=[], by=tang_zhiyuan, at=at)
    edition = publish_course(page=page, by=tang_zhiyuan, at=at)
    assert edition is not None
    with statements(at_most=1):
        lines = list(outline(edition))
        assert [line.lesson_edition.characters > 0 for line in lines] == [True, True, False]
        assert "text" in lines[0].lesson_edition.get_deferred_fields()
    assert [(module, len(group)) for module, group in modules(lines)] == [("", 2), ("一", 1)]


def test_the_posts_a_course_is_for_are_published_with_it(
    make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    counter, site = (PositionTag.objects.create(key=key, label=key) for key in ("counter", "site"))
    page = make_course(tang_zhiyuan)
    page.position_tags = [counter]
    page.save_revision()
    publish_course(page=page, by=tang_zhiyuan, at=at)
    course = Course.objects.get()
    assert list(course.position_tags.all()) == [counter]
    draft = page.get_latest_revision_as_object()
    draft.position_tags = [site]
    draft.save_revision()
    assert list(course.position_tags.all()) == [counter]
    publish_course(page=CoursePage.objects.get(), by=tang_zhiyuan, at=at)
    assert list(course.position_tags.all()) == [site]
