"""What counts as seen of a video is what our clock allows, from the beginning without a gap."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from courses.models import Course
from lms.people.models import Person
from lms.records import rules, watching
from lms.records.actions import BeatReply, beat, enrol, start_study
from lms.records.models import Enrolment, LessonResult
from lms.records.watching import Sight, advanced
from tests.factories import LessonSpec, lessons_of, make_course, medium

pytestmark = pytest.mark.django_db
MORNING = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
HOURS = 36_000.0
NAN = float("nan")


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(100, 115)], 115),
        ([(90, 120)], 120),
        ([(100.8, 110)], 110),  # a player may lose a moment between two reports
        ([(100, 105), (105, 112)], 112),
        ([(105, 112), (100, 105)], 112),
        ([(100, 130)], 122.5),  # no more than the clock allows
        ([(0, HOURS)], 122.5),
        ([(100, 110), (100, 110), (95, 110)], 110),  # twice is once
        ([(110, 125)], 100),  # a leap ahead
        ([(0, 50)], 100),  # seen before
        ([(115, 100)], 100),
        ([(-5, 110)], 100),
        ([(NAN, 110)], 100),
        ([(100, NAN)], 100),
        ([], 100),
    ],
)
def test_only_what_continues_where_one_was_counts(spans: list[tuple[float, float]], expected: float) -> None:
    assert advanced(100, spans, length=300, most=22.5) == expected


def test_nothing_counts_beyond_the_end() -> None:
    assert advanced(295, [(295, 900)], length=300, most=1000) == 300


@pytest.mark.parametrize(("reached", "left"), [(0, 95), (94.9, pytest.approx(0.1)), (95, 0), (100, 0)])
def test_ninety_five_per_cent_of_a_film_are_all_of_it(reached: float, left: float) -> None:
    assert rules.unseen(rules.MediumFacts(100, reached)) == left


def test_every_page_of_a_document_is_wanted() -> None:
    assert rules.unseen(rules.MediumFacts(12, 11, paged=True)) == 1


def test_media_share_the_time_of_a_beat() -> None:
    films = [_Length("a", 300), _Length("b", 300)]
    sights = {name: Sight([(0, HOURS)], HOURS) for name in "ab"}
    assert watching.after({}, films, sights, seconds=10) == {"a": [15.0, 15.0], "b": [0.0, 0.0]}


class _Length:
    pages = 0

    def __init__(self, file: str, length: int) -> None:
        self.file, self.length = file, length


@pytest.fixture
def film() -> dict[str, Any]:
    return medium(300)


@pytest.fixture
def course(db: None, film: dict[str, Any]) -> Course:
    return make_course(lessons=[LessonSpec(text="先看示范。" * 8, media=[film])])  # 40 characters: six seconds


@pytest.fixture
def enrolment(li_zhendong: Person, course: Course) -> Enrolment:
    return enrol(person=li_zhendong, course=course, by=li_zhendong, at=MORNING)


class Viewer:
    """Watches the film of the lesson, and says of it whatever it likes."""

    def __init__(self, enrolment: Enrolment, film: dict[str, Any], at: datetime = MORNING) -> None:
        self.person, self.file, self.at = enrolment.person, film["file"], at
        lesson = lessons_of(enrolment.course)[0]
        self.token = start_study(enrolment=enrolment, lesson=lesson, at=at).token

    def beat(self, after: float, *span: float, **facts: Any) -> BeatReply:
        self.at += timedelta(seconds=after)
        sights = {facts.pop("file", self.file): Sight([(span[0], span[1])] if span else [], facts.pop("stands", 0))}
        reply = beat(
            person=self.person, token=self.token, touched=True, end_reached=True, position=1, sights=sights,
            at=self.at, **facts,
        )  # fmt: skip
        assert reply is not None
        return reply

    def watch(self, seconds: int, speed: float = 1) -> BeatReply:
        """From where it stands, a beat every 15 seconds."""
        reply = self.beat(0)
        for _ in range(seconds // 15):
            start = reply.media[0].reached
            reply = self.beat(15, start, start + 15 * speed, stands=start + 15 * speed)
        return reply


def test_a_film_is_watched_to_the_end_at_ordinary_speed(enrolment: Enrolment, film: dict[str, Any]) -> None:
    viewer = Viewer(enrolment, film)
    reply = viewer.watch(270)
    assert (reply.completed, reply.outstanding) == (False, ["media"])
    assert (reply.media[0].reached, reply.media[0].left, reply.media[0].done) == (270, 15, False)
    reply = viewer.beat(15, 270, 285)
    assert (reply.completed, reply.media[0].done) == (True, True)
    assert LessonResult.objects.get().watched == {film["file"]: [285, 0]}


def test_one_and_a_half_times_is_the_fastest_that_counts(enrolment: Enrolment, film: dict[str, Any]) -> None:
    viewer = Viewer(enrolment, film)
    assert viewer.watch(60, speed=1.5).media[0].reached == 90
    assert viewer.watch(60, speed=16).media[0].reached == 180


def test_ten_hours_of_film_in_one_second_earn_at_most_that_second(enrolment: Enrolment, film: dict[str, Any]) -> None:
    viewer = Viewer(enrolment, film)
    for _ in range(200):
        reply = viewer.beat(0.005, 0, HOURS, stands=HOURS)
    assert reply.media[0].reached <= 1.5
    assert reply.media[0].at <= 1.5


def test_what_a_second_tab_saw_meanwhile_earns_nothing(enrolment: Enrolment, film: dict[str, Any]) -> None:
    first = Viewer(enrolment, film)
    first.watch(30)
    second = Viewer(enrolment, film, first.at)
    assert first.beat(15, 30, 45).state == "paused_elsewhere"
    assert second.beat(15, 30, 45).media[0].reached == 45


def test_what_was_seen_while_away_is_made_up_by_study_only(enrolment: Enrolment, film: dict[str, Any]) -> None:
    viewer = Viewer(enrolment, film)
    viewer.watch(30)
    assert viewer.beat(600, 30, 300).media[0].reached == 30
    assert viewer.beat(15, 30, 300).media[0].reached == 52.5


def test_a_film_of_another_lesson_is_not_kept(enrolment: Enrolment, film: dict[str, Any]) -> None:
    Viewer(enrolment, film).beat(15, 0, 15, file="0b1f4b5e-0000-4000-8000-000000000000")
    assert LessonResult.objects.get().watched == {}


def test_seen_without_the_time_it_takes_is_not_enough(enrolment: Enrolment, film: dict[str, Any]) -> None:
    LessonResult.objects.all().delete()
    viewer = Viewer(enrolment, film)
    LessonResult.objects.update(watched={film["file"]: [300, 300]})
    reply = viewer.beat(15)
    assert reply.required_seconds == 6 + 160  # the text, and 80 % of 300 seconds at 1.5 times the speed
    assert reply.outstanding == ["time"]


def test_a_document_takes_its_last_page_and_its_time(li_zhendong: Person, settings: Any) -> None:
    settings.PAGE_SECONDS = 10
    booklet = medium(pages=3)
    course = make_course(lessons=[LessonSpec(text="", media=[booklet])])
    viewer = Viewer(enrol(person=li_zhendong, course=course, by=None, at=MORNING), booklet)
    reply = viewer.beat(15, 0, 2, stands=2)
    assert (reply.media[0].reached, reply.media[0].at, reply.outstanding) == (2, 2, ["time", "media"])
    assert viewer.beat(15, 2, 3).completed


def test_a_lesson_without_media_says_nothing_of_them(li_zhendong: Person) -> None:
    course = make_course(lessons=["第一课"])
    viewer = Viewer(enrol(person=li_zhendong, course=course, by=None, at=MORNING), medium(300))
    assert viewer.beat(15, 0, 15).media == []
    assert LessonResult.objects.get().watched == {}
