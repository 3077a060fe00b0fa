"""Lessons that open something a higher app provides."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from courses import kinds
from courses.actions import Activity, draft_lesson, publish_course, publish_plain_course
from courses.blocks import ActivityBlock
from courses.models import CoursePage, Lesson
from lms.people.models import Person

Make = Callable[..., CoursePage]


class Quiz:
    """A kind of activity for tests."""

    key = "exam"
    label = "测验"
    icon = "exams"

    def __init__(self) -> None:
        self.attached: list[tuple[str, int]] = []

    def choices(self, person: Person) -> Sequence[tuple[str, str]]:
        return [("q1", "第一测")]

    def why_not(self, activity_key: str) -> str | None:
        return None if activity_key == "q1" else "没有这个测验"

    def attach(self, activity_key: str, lesson: Lesson) -> None:
        self.attached.append((activity_key, lesson.pk))

    def launch_url(self, activity_key: str, lesson: Lesson) -> str:
        return f"/quiz/{activity_key}/"

    def minutes(self, activity_key: str) -> int:
        return 10


@pytest.fixture
def quiz() -> Iterator[Quiz]:
    kind = Quiz()
    before = dict(kinds._kinds)
    kinds.register(kind)
    yield kind
    kinds._kinds.clear()
    kinds._kinds.update(before)


def test_publishing_tells_the_activity_which_lesson_reports_it(
    quiz: Quiz, make_course: Make, tang_zhiyuan: Person, at: datetime
) -> None:
    page = make_course(tang_zhiyuan)
    activity = Activity("exam", "q1")
    draft_lesson(course_page=page, title="测", blocks=[], kind="exam", activity=activity, by=tang_zhiyuan, at=at)
    publish_course(page=page, by=tang_zhiyuan, at=at)
    lesson = Lesson.objects.get(kind="exam")
    assert lesson.activity_key == "q1"
    assert quiz.attached == [("q1", lesson.pk)]


def test_a_course_of_activities_needs_no_pages(quiz: Quiz, tang_zhiyuan: Person, at: datetime) -> None:
    course = publish_plain_course(
        code="X", title="独立测验", line="safety", hours=Decimal(0), account="safety",
        lessons=[("测", "exam", "q1")], by=tang_zhiyuan, at=at,
    )  # fmt: skip
    assert course.page is None
    assert course.current_edition is not None
    assert [line.minutes for line in course.current_edition.outline.all()] == [10]
    assert quiz.attached == [("q1", course.lessons.get().pk)]


def test_only_a_known_activity_of_a_known_kind_is_taken(quiz: Quiz) -> None:
    block = ActivityBlock()
    assert block.clean(block.to_python({"kind": "exam", "key": "q1"}))["key"] == "q1"
    for wrong in ({"kind": "exam", "key": "q2"}, {"kind": "unknown", "key": "q1"}):
        with pytest.raises(ValidationError):
            block.clean(block.to_python(wrong))
