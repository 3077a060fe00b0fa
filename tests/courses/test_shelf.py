"""The shelf: what a process keeps of editions."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager

import pytest

from courses import shelf
from courses.models import Course
from courses.shelf import Shelf
from tests.factories import LessonSpec, make_course, make_lesson, publish

pytestmark = pytest.mark.django_db
Statements = Callable[..., AbstractContextManager[object]]


def current(course: Course) -> int:
    assert course.current_edition_id is not None
    return course.current_edition_id


def test_editions_are_read_together_and_once(statements: Statements) -> None:
    editions = {current(make_course(title=title)) for title in ("触电急救", "两票")}
    with statements(at_most=1):
        first = shelf.editions.many(editions)
    with statements(at_most=0):
        assert shelf.editions.many(editions) == first
    assert {edition.facts.title for edition in first.values()} == {"触电急救", "两票"}


def test_an_outline_is_in_order_and_numbered() -> None:
    course = make_course(lessons=["一", "二", LessonSpec(title="考试", kind="exam")])
    lines = shelf.editions.one(current(course)).lines
    assert [(line.number, line.title, line.is_exam) for line in lines] == [
        (1, "一", False), (2, "二", False), (3, "考试", True),
    ]  # fmt: skip


def test_an_announced_course_has_an_edition_with_an_empty_outline() -> None:
    course = make_course(lessons=[], coming_soon=True)
    assert shelf.editions.one(current(course)).lines == []


def test_a_new_edition_stands_beside_the_old_one() -> None:
    course = make_course(lessons=["旧课时"])
    old = current(course)
    shelf.editions.one(old)
    spec = LessonSpec(title="新课时")
    new = publish(course, [make_lesson(course, spec)], [spec])
    assert [shelf.editions.one(pk).lines[0].title for pk in (old, new.pk)] == ["旧课时", "新课时"]


def test_an_edition_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        shelf.editions.one(0)


def test_what_was_not_asked_for_longest_makes_room() -> None:
    asked: list[int] = []

    def read(pks: Collection[int]) -> dict[int, str]:
        asked.extend(pks)
        return {pk: str(pk) for pk in pks}

    small = Shelf(read, room=2)
    for pk in (1, 2, 1, 3, 1, 2):
        assert small.one(pk) == str(pk)
    assert asked == [1, 2, 3, 2]
