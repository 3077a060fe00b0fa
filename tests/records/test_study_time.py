"""Study time is what the server's clock saw, whatever a browser sends."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from courses.models import Course, Lesson
from lms.people.models import Person
from lms.records.actions import BeatReply, answer_self_check, beat, enrol, standing, start_study
from lms.records.actions.complete import NotInEdition
from lms.records.models import ActiveStudy, Enrolment, LessonResult, StudyInterval
from tests.factories import LessonSpec, lessons_of, make_course

pytestmark = pytest.mark.django_db
MORNING = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
LONG = "先验电，后接地。" * 500  # 4,000 characters: ten minutes


@pytest.fixture
def course(db: None) -> Course:
    return make_course(lessons=[LessonSpec(text=LONG, self_checks=["a", "b"]), LessonSpec(title="第二课", text=LONG)])


@pytest.fixture
def enrolment(li_zhendong: Person, course: Course) -> Enrolment:
    return enrol(person=li_zhendong, course=course, by=li_zhendong, at=MORNING)


@pytest.fixture
def lesson(course: Course) -> Lesson:
    return lessons_of(course)[0]


class Phone:
    """A browser on the study page that beats when told."""

    def __init__(self, enrolment: Enrolment, lesson: Lesson, at: datetime = MORNING) -> None:
        self.person, self.at = enrolment.person, at
        self.token = start_study(enrolment=enrolment, lesson=lesson, at=at).token

    def beat(
        self,
        after: float = 15,
        touched: bool = True,
        end: bool = False,
        position: float = 0.5,
        visible: bool = True,
    ) -> BeatReply:
        self.at += timedelta(seconds=after)
        reply = beat(
            person=self.person,
            token=self.token,
            touched=touched,
            end_reached=end,
            position=position,
            visible=visible,
            at=self.at,
        )
        assert reply is not None
        return reply

    def study(self, seconds: int, **facts: Any) -> BeatReply:
        reply = self.beat(0, **facts)
        for _ in range(seconds // 15):
            reply = self.beat(15, **facts)
        return reply


def test_beats_add_up_to_the_time_between_them(enrolment: Enrolment, lesson: Lesson) -> None:
    assert Phone(enrolment, lesson).study(150).credited_seconds == 150
    interval = StudyInterval.objects.get()
    assert interval.seconds == LessonResult.objects.get().valid_seconds == 150


def test_ten_hours_of_beats_in_one_second_earn_at_most_that_second(enrolment: Enrolment, lesson: Lesson) -> None:
    phone = Phone(enrolment, lesson)
    for _ in range(200):
        reply = phone.beat(0.005)
    assert reply.credited_seconds <= 1


def test_a_second_device_takes_over_and_the_first_stops_counting(enrolment: Enrolment, lesson: Lesson) -> None:
    first = Phone(enrolment, lesson)
    first.study(30)
    second = Phone(enrolment, lesson, first.at)
    assert first.beat().state == "paused_elsewhere"
    assert second.beat(15).credited_seconds == 45


def test_another_lesson_on_another_device_stops_the_first(enrolment: Enrolment, course: Course) -> None:
    one, two = lessons_of(course)
    first = Phone(enrolment, one)
    Phone(enrolment, two)
    assert first.beat().state == "paused_elsewhere"


def test_reloading_the_page_continues_the_interval(enrolment: Enrolment, lesson: Lesson) -> None:
    phone = Phone(enrolment, lesson)
    phone.study(30)
    Phone(enrolment, lesson, phone.at + timedelta(seconds=5)).study(30)
    assert StudyInterval.objects.count() == 1


def test_coming_back_later_begins_a_new_interval_and_keeps_what_was_earned(
    enrolment: Enrolment, lesson: Lesson
) -> None:
    phone = Phone(enrolment, lesson)
    phone.study(30)
    reply = Phone(enrolment, lesson, phone.at + timedelta(hours=2)).study(30)
    assert StudyInterval.objects.count() == 2
    assert reply.credited_seconds == 60


def test_time_away_with_the_page_open_earns_nothing(enrolment: Enrolment, lesson: Lesson) -> None:
    phone = Phone(enrolment, lesson)
    phone.study(30)
    assert phone.beat(3600).credited_seconds == 30
    assert phone.beat(15).credited_seconds == 45


def test_time_while_the_page_is_hidden_earns_nothing(enrolment: Enrolment, lesson: Lesson) -> None:
    phone = Phone(enrolment, lesson)
    phone.study(30)
    assert phone.beat(10, visible=False).credited_seconds == 40
    assert phone.beat(25).credited_seconds == 40
    assert phone.beat(15).credited_seconds == 55
    assert StudyInterval.objects.count() == 2


def test_four_minutes_without_a_touch_stop_the_clock_until_the_next_touch(
    enrolment: Enrolment, lesson: Lesson
) -> None:
    phone = Phone(enrolment, lesson)
    phone.beat(0)
    reply = phone.study(600, touched=False)
    assert (reply.state, reply.credited_seconds) == ("idle", 240)
    phone.beat(0, touched=True)
    assert phone.beat(15).credited_seconds == 255


def test_whoever_answers_within_the_minute_loses_nothing(enrolment: Enrolment, lesson: Lesson) -> None:
    phone = Phone(enrolment, lesson)
    phone.beat(0)
    phone.study(225, touched=False)
    assert phone.beat(10, touched=True).state == "counting"
    assert LessonResult.objects.get().valid_seconds == 235


def test_a_day_earns_eight_hours_of_forty_five_minutes_at_most(
    enrolment: Enrolment, lesson: Lesson, settings: Any
) -> None:
    settings.DAILY_STUDY_HOURS, settings.MINUTES_PER_HOUR = 2, 1
    reply = Phone(enrolment, lesson).study(300)
    assert (reply.state, reply.credited_seconds) == ("capped", 120)


def test_the_next_local_day_counts_again(enrolment: Enrolment, lesson: Lesson, settings: Any) -> None:
    settings.DAILY_STUDY_HOURS, settings.MINUTES_PER_HOUR = 1, 1
    late = datetime.fromisoformat("2026-03-02T23:58:00+08:00")
    phone = Phone(enrolment, lesson, late)
    assert phone.study(105).state == "capped"
    assert phone.beat(30).state == "counting"  # a quarter past midnight
    assert phone.beat(15).credited_seconds == 75
    assert StudyInterval.objects.count() == 2


def test_the_resume_point_and_the_end_are_kept(enrolment: Enrolment, lesson: Lesson) -> None:
    phone = Phone(enrolment, lesson)
    phone.beat(position=0.4, end=True)
    phone.beat(position=7)
    result = LessonResult.objects.get()
    assert result.position == 1
    assert result.reached_end_at == MORNING + timedelta(seconds=15)


def test_a_lesson_is_completed_by_the_beat_that_brings_the_last_missing_thing(
    enrolment: Enrolment, lesson: Lesson
) -> None:
    phone = Phone(enrolment, lesson)
    for key in "ab":
        answer_self_check(enrolment=enrolment, lesson=lesson, key=key, choice=[0], at=MORNING)
    reply = phone.study(585, end=True)
    assert (reply.outstanding, reply.completed) == (["time"], False)
    reply = phone.beat(15)
    assert (reply.state, reply.completed, reply.outstanding) == ("completed", True, [])
    assert LessonResult.objects.get().completed_at == phone.at


def test_the_last_self_check_completes_a_lesson_that_was_read(enrolment: Enrolment, lesson: Lesson) -> None:
    Phone(enrolment, lesson).study(600, end=True)
    first = answer_self_check(enrolment=enrolment, lesson=lesson, key="a", choice=[1], at=MORNING)
    assert (first.checked.correct, first.answered, first.total, first.completed) == (True, 1, 2, False)
    second = answer_self_check(enrolment=enrolment, lesson=lesson, key="b", choice=[0], at=MORNING)
    assert (second.checked.correct, second.checked.right, second.completed) == (False, [1], True)


def test_a_completed_lesson_earns_no_more_time(enrolment: Enrolment, course: Course) -> None:
    phone = Phone(enrolment, lessons_of(course)[1])
    phone.study(600, end=True)
    assert phone.beat(15).state == "completed"
    assert LessonResult.objects.get().valid_seconds == 600


def test_an_unknown_self_check_is_refused(enrolment: Enrolment, lesson: Lesson) -> None:
    with pytest.raises(KeyError):
        answer_self_check(enrolment=enrolment, lesson=lesson, key="c", choice=[0], at=MORNING)


def test_a_lesson_of_another_course_cannot_be_studied_here(enrolment: Enrolment) -> None:
    [foreign] = lessons_of(make_course(lessons=["别的课"]))
    with pytest.raises(NotInEdition):
        start_study(enrolment=enrolment, lesson=foreign, at=MORNING)


def test_who_studies_nothing_has_nothing_to_beat_for(li_zhendong: Person) -> None:
    reply = beat(person=li_zhendong, token=uuid4(), touched=True, end_reached=True, position=0, at=MORNING)
    assert reply is None


def test_an_ordinary_beat_is_three_statements(
    enrolment: Enrolment, lesson: Lesson, at: datetime, statements: Callable[..., AbstractContextManager[object]]
) -> None:
    study = start_study(enrolment=enrolment, lesson=lesson, at=at)
    standing(study.interval.result)  # what the page was told: the text stands on the shelf
    with statements(at_most=3):
        beat(person=enrolment.person, token=study.token, touched=True, end_reached=False, position=0.1)


def test_a_beat_after_a_break_is_three_statements_too(
    enrolment: Enrolment, lesson: Lesson, statements: Callable[..., AbstractContextManager[object]]
) -> None:
    phone = Phone(enrolment, lesson)
    phone.beat()
    with statements(at_most=3):
        phone.beat(300)


def test_the_door_leaves_the_time_to_the_database(
    enrolment: Enrolment, lesson: Lesson, at: datetime, move_clock: Callable[[float], None]
) -> None:
    study = start_study(enrolment=enrolment, lesson=lesson, at=at)
    move_clock(15)
    reply = beat(person=enrolment.person, token=study.token, touched=True, end_reached=False, position=0.1)
    assert reply is not None
    assert 15 <= reply.credited_seconds <= 20


def test_required_time_follows_the_text(enrolment: Enrolment, lesson: Lesson) -> None:
    assert settings.READING_SPEED == 400
    assert Phone(enrolment, lesson).beat().required_seconds == 600


def test_starting_twice_leaves_one_active_lesson(enrolment: Enrolment, course: Course) -> None:
    for lesson in lessons_of(course):
        Phone(enrolment, lesson)
    assert ActiveStudy.objects.get().interval.result.lesson == lessons_of(course)[1]
