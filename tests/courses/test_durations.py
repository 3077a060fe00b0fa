"""How many minutes a lesson says it takes."""

from collections.abc import Callable
from datetime import datetime

import pytest

from courses.actions import Activity, draft_course, draft_lesson, publish_course
from courses.durations import estimated_minutes
from lms.people.models import Person
from tests.courses.conftest import TEXT
from tests.courses.test_activities import Quiz, quiz

assert quiz  # a fixture

CHARACTERS = {0: 1, 1: 1, 400: 1, 401: 2, 800: 2, 4_000: 10}


@pytest.mark.parametrize(("characters", "minutes"), CHARACTERS.items())
def test_four_hundred_characters_are_read_in_a_minute_and_a_begun_minute_counts(characters: int, minutes: int) -> None:
    assert estimated_minutes(characters) == minutes


def test_films_count_with_their_length_and_documents_with_their_pages() -> None:
    assert estimated_minutes(200, [{"seconds": 90, "pages": 0}]) == 2
    assert estimated_minutes(0, [{"seconds": 0, "pages": 9}]) == 3


def test_what_the_author_says_comes_first_then_the_activity_then_the_text(
    catalogue: object, quiz: Callable[..., Quiz], tang_zhiyuan: Person, at: datetime
) -> None:
    page = draft_course(title="验电", line="safety", hours=1, by=tang_zhiyuan, at=at)
    long = {**TEXT, "html": f"<p>{'先验电' * 300}</p>"}
    for title, minutes in (("说了", 12), ("没有说", 0)):
        draft_lesson(course_page=page, title=title, minutes=minutes, blocks=[long], by=tang_zhiyuan, at=at)
    draft_lesson(
        course_page=page, title="测", blocks=[], kind="exam", activity=Activity("exam", "q1"), by=tang_zhiyuan, at=at
    )
    edition = publish_course(page=page, by=tang_zhiyuan, at=at)
    assert edition is not None
    assert [line.minutes for line in edition.outline.all()] == [12, 3, 10]
