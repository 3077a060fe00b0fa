"""What publishing leaves behind."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db.models import ProtectedError

from courses.actions import draft_course, draft_lesson, publish_course, publish_edition
from courses.models import Course, CourseEdition, CoursePage, Lesson, LessonEdition
from lms.journal.models import Entry
from lms.people.models import Person
from tests.courses.conftest import TEXT

Make = Callable[..., CoursePage]


def test_publishing_a_course_freezes_it_with_its_lessons(
    make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    edition = publish_course(page=make_course(tang_zhiyuan, code="S4"), by=tang_zhiyuan, at=at)
    assert edition is not None
    assert edition.course.current_edition == edition
    assert [line.lesson_edition.title for line in edition.outline.all()] == ["脱离电源", "胸外按压"]
    assert edition.published_by == tang_zhiyuan
    assert CourseEdition.objects.count() == 1


def test_publishing_a_page_read_before_its_lessons_came_keeps_them_below_it(
    catalogue: object, tang_zhiyuan: Person, at: datetime
) -> None:
    page = draft_course(title="触电急救", line="safety", hours=1, by=tang_zhiyuan, at=at)
    draft_lesson(course_page=page, title="脱离电源", blocks=[TEXT], by=tang_zhiyuan, at=at)
    publish_course(page=page, by=tang_zhiyuan, at=at)
    assert CoursePage.objects.get(pk=page.pk).get_children().count() == 1


def test_the_html_of_a_lesson_holds_no_key_and_the_server_does(
    make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    publish_course(page=make_course(tang_zhiyuan), by=tang_zhiyuan, at=at)
    lesson = LessonEdition.objects.get(title="脱离电源")
    [(key, check)] = lesson.self_checks.items()
    assert check["correct"] == [0]
    assert f'data-self-check="{key}"' in lesson.html
    assert "拉开总开关" in lesson.html
    assert "先断电。</p>" not in lesson.html
    assert "correct" not in lesson.html.lower().replace('data-verdict="right"', "").replace("Correct", "")


def test_text_for_search_holds_the_words_and_not_the_buttons(
    make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    publish_course(page=make_course(tang_zhiyuan), by=tang_zhiyuan, at=at)
    lesson = LessonEdition.objects.get(title="脱离电源")
    assert lesson.text == "先断电，再救人。从业人员应当如实记录。\n先做什么\n拉开总开关\n伸手去拉"
    assert lesson.characters == len(lesson.text.replace("\n", ""))


def test_publishing_without_a_change_writes_no_edition(make_course: Make, tang_zhiyuan: Person, at: datetime) -> None:
    page = make_course(tang_zhiyuan)
    publish_course(page=page, by=tang_zhiyuan, at=at)
    page.refresh_from_db()
    page.save_revision().publish(skip_permission_checks=True)
    assert publish_edition(page=page, by=tang_zhiyuan, at=at) is None
    assert CourseEdition.objects.count() == 1
    assert LessonEdition.objects.count() == 2
    assert Entry.objects.filter(kind="edition-published").count() == 1


def test_a_changed_lesson_gives_a_new_edition_and_the_old_one_stays(
    make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    page = make_course(tang_zhiyuan)
    first = publish_course(page=page, by=tang_zhiyuan, at=at)
    lesson = page.lesson_pages().get(title="胸外按压")
    lesson.title = "胸外按压与轮换"
    lesson.save_revision(user=tang_zhiyuan).publish(user=tang_zhiyuan, skip_permission_checks=True)
    course = Course.objects.get(page=page)
    assert course.current_edition is not None
    assert course.current_edition.number == 2
    assert first is not None
    assert [line.lesson_edition.title for line in first.outline.all()] == ["脱离电源", "胸外按压"]
    assert [line.lesson_edition.number for line in course.current_edition.outline.all()] == [1, 2]
    assert Lesson.objects.count() == 2


def test_a_lesson_published_before_its_course_gives_no_edition(
    make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    lesson = make_course(tang_zhiyuan).lesson_pages().first()
    assert lesson is not None
    lesson.save_revision().publish(skip_permission_checks=True)
    assert CourseEdition.objects.count() == 0


def test_a_copied_course_is_a_new_course(make_course: Make, tang_zhiyuan: Person, at: datetime) -> None:
    page = make_course(tang_zhiyuan)
    publish_course(page=page, by=tang_zhiyuan, at=at)
    copy = CoursePage.objects.get(pk=page.pk).copy(
        recursive=True, keep_live=False, update_attrs={"slug": "copy"}, user=tang_zhiyuan
    )
    publish_course(page=copy, by=tang_zhiyuan, at=at)
    assert Course.objects.count() == 2
    assert Lesson.objects.count() == 4


def test_deleting_the_page_keeps_everything_records_point_at(
    make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    page = make_course(tang_zhiyuan)
    edition = publish_course(page=page, by=tang_zhiyuan, at=at)
    CoursePage.objects.get(pk=page.pk).delete()
    course = Course.objects.get()
    assert course.page is None
    assert course.current_edition == edition
    assert LessonEdition.objects.count() == 2
    with pytest.raises(ProtectedError):
        course.delete()


def test_taking_a_course_out_retires_it_and_publishing_brings_it_back(
    make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    page = make_course(tang_zhiyuan)
    publish_course(page=page, by=tang_zhiyuan, at=at)
    CoursePage.objects.get(pk=page.pk).unpublish()
    assert not Course.objects.offered().exists()
    publish_course(page=CoursePage.objects.get(pk=page.pk), by=tang_zhiyuan, at=at)
    assert Course.objects.offered().count() == 1
