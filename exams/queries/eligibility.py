"""考试资格: what exams ask for before they may be sat, and how far somebody is with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from courses import shelf
from exams import rules
from exams.models import Entrant, Exam
from lms.records.models import Enrolment, LessonResult

HOUR = 45  # minutes of a credited hour


def asks(exam: Exam) -> rules.Asks:
    """Cheap: everything is on the exam."""
    return rules.Asks(exam.lessons_first, int(exam.hours_first * HOUR), listing=exam.kind == Exam.Kind.MAKE_UP)


def studied(exam: Exam, enrolment: Enrolment) -> rules.Studied:
    """Reads nothing for an exam that asks for nothing."""
    return studied_for([(exam, enrolment)]).get((exam.pk, enrolment.pk), rules.Studied())


def studied_for(pairs: Iterable[tuple[Exam, Enrolment]]) -> Mapping[tuple[int, int], rules.Studied]:
    """By exam and enrolment, for the exams among these that ask for anything; two statements at most."""
    asking = [(exam, enrolment) for exam, enrolment in pairs if asks(exam) != rules.Asks()]
    results = _results({enrolment.pk for exam, enrolment in asking if exam.lessons_first or exam.hours_first})
    listed = _listed({exam.pk for exam, _enrolment in asking if exam.kind == Exam.Kind.MAKE_UP})
    return {
        (exam.pk, enrolment.pk): rules.Studied(
            _lessons_left(exam, enrolment, results[enrolment.pk]),
            sum(one.valid_seconds for one in results[enrolment.pk]) // 60,
            (exam.pk, enrolment.pk) in listed,
        )
        for exam, enrolment in asking
    }


def _results(enrolments: set[int]) -> dict[int, list[LessonResult]]:
    found: dict[int, list[LessonResult]] = defaultdict(list)
    if enrolments:
        for result in LessonResult.objects.filter(enrolment__in=enrolments):
            found[result.enrolment_id].append(result)
    return found


def _listed(exams: set[int]) -> set[tuple[int, int]]:
    if not exams:
        return set()
    return set(Entrant.objects.filter(exam__in=exams).values_list("exam", "enrolment"))


def _lessons_left(exam: Exam, enrolment: Enrolment, results: Iterable[LessonResult]) -> int:
    """Required lessons of the course, other than the exam's own, that are not completed."""
    if not exam.lessons_first:
        return 0
    done = {result.lesson_id for result in results if result.completed_at}
    lines = shelf.editions.one(enrolment.edition_id).lines
    return sum(line.required and line.lesson not in done and line.lesson != exam.lesson_id for line in lines)
