"""Cases of studying: pages, beats, the beat that completes a course."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

from django.utils import timezone

from benchmarks.cases import BARE, Case, Writer, page, post
from benchmarks.clients import Script
from benchmarks.population import Learner, Population
from courses.models import Course, EditionLesson
from lms.kernel import clock
from lms.notices.actions import send
from lms.records.models import ActiveStudy, LessonResult, StudyInterval

NOTICES = 3


def cases(population: Population) -> list[Case]:
    course, last = population.courses["S4"], population.courses["P2"]
    readings = _readings(course)
    lesson = readings[0].lesson.uuid
    studied = f"/learn/{course.uuid}/{lesson}/"
    first, final = (f"/learn/{last.uuid}/{_readings(last)[place].lesson.uuid}/" for place in (0, -1))
    return [
        Case("study page", 6, 12, page(studied), page(studied, BARE), prepare=partial(_studying, course)),
        Case(
            "beat", 3.5, 5, _beats(studied), _beats(BARE + studied), prepare=partial(_studying, course)
        ),
        Case(
            "complete a lesson (a beat)", 5, 10, _last_beats(first), people=30,
            prepare=partial(_almost_done, last, place=0),
        ),
        Case(
            "complete the last lesson (a beat)", None, None, _last_beats(final), _last_beats(BARE + final),
            people=30, prepare=partial(_almost_done, last, place=-1),
        ),
        Case("home", 8, 15, page("/"), page("/", BARE), prepare=_notices),
        Case(
            "course page", 8, 15, page(f"/courses/{course.uuid}/"), page(f"/courses/{course.uuid}/", BARE),
            prepare=partial(_studying, course),
        ),
    ]  # fmt: skip


def _readings(course: Course) -> list[EditionLesson]:
    lines = EditionLesson.objects.filter(edition=course.current_edition, lesson__kind="reading")
    return list(lines.select_related("lesson", "lesson_edition").order_by("position"))


def _beats(path: str) -> Writer:
    def follow(learners: Sequence[Learner], tokens: dict[int, str]) -> Script:
        for step in count():
            for learner in learners:
                yield post(learner, f"{path}beat/", _beat(tokens[learner.pk], step % 100 / 100, end_reached=False))

    return lambda learners: follow(learners, _tokens(learners))


def _last_beats(path: str) -> Writer:
    def follow(learners: Sequence[Learner], tokens: dict[int, str]) -> Script:
        for learner in learners:
            yield post(learner, f"{path}beat/", _beat(tokens[learner.pk], 1, end_reached=True))

    return lambda learners: follow(learners, _tokens(learners))


def _beat(token: str, position: float, *, end_reached: bool) -> dict[str, Any]:
    return {"token": token, "touched": True, "visible": True, "end_reached": end_reached, "position": position}


def _tokens(learners: Sequence[Learner]) -> dict[int, str]:
    found = ActiveStudy.objects.filter(person__in=[learner.pk for learner in learners])
    return {person: str(token) for person, token in found.values_list("person", "token")}


def _studying(course: Course, learners: Sequence[Learner]) -> None:
    """Two lessons read, the first of them open now and not yet complete."""
    readings = _readings(course)
    results = [_result(learner, line, course) for learner in learners for line in readings[:2]]
    LessonResult.objects.bulk_create(results)
    _open(learners, [result for result in results if result.lesson_id == readings[0].lesson_id])


def _almost_done(course: Course, learners: Sequence[Learner], *, place: int) -> None:
    """Everything is read but for the end of the last lesson, and of the one at `place`, which is open."""
    readings = _readings(course)
    now = clock.now()
    results = [_result(learner, line, course) for learner in learners for line in readings]
    for result, line in zip(results, readings * len(learners), strict=True):
        result.valid_seconds = 3600
        result.checked = {key: check["correct"] for key, check in line.lesson_edition.self_checks.items()}
        if line not in (readings[place], readings[-1]):
            result.reached_end_at = result.completed_at = now
            result.source, result.sources = "reading", ["reading"]
    LessonResult.objects.bulk_create(results, batch_size=500)
    _open(learners, [result for result in results if result.lesson_id == readings[place].lesson_id])


def _result(learner: Learner, line: EditionLesson, course: Course) -> LessonResult:
    return LessonResult(
        enrolment_id=learner.enrolments[course.code],
        lesson_id=line.lesson_id,
        lesson_edition_id=line.lesson_edition_id,
        started_at=clock.now() - timedelta(minutes=20),
    )


def _open(learners: Sequence[Learner], results: Sequence[LessonResult]) -> None:
    """An interval that runs now, for each."""
    now = clock.now()
    times = {"day": timezone.localdate(now), "started_at": now, "ended_at": now, "touched_at": now}
    intervals = StudyInterval.objects.bulk_create(
        [
            StudyInterval(person_id=learner.pk, result=result, **times)
            for learner, result in zip(learners, results, strict=True)
        ]
    )
    ActiveStudy.objects.bulk_create(
        [ActiveStudy(person_id=interval.person_id, interval=interval) for interval in intervals]
    )


def _notices(learners: Sequence[Learner]) -> None:
    at = clock.now()
    for learner in learners:
        for number in range(NOTICES):
            send(
                "assigned",
                to=learner.person,
                context={"course": "触电急救", "course_uuid": str(UUID(int=number)), "required": True},
                key=f"bench-{learner.pk}-{number}",
                at=at,
            )
