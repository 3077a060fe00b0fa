"""考试资格: what exams ask for before they may be sat, and how far somebody is with it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q

from courses import shelf
from exams import rules
from exams.models import BlueprintRule, CompulsoryQuestion, Entrant, Exam, PracticeCard, QuestionBank
from exams.queries.practice import banks_for
from lms.people.models import Person
from lms.records.models import Enrolment, LessonResult

HOUR = 45  # minutes of a credited hour
LOOKS_BACK: Final = timedelta(days=365)  # practice of longer ago opens no exam


def asks(exam: Exam) -> rules.Asks:
    """Cheap: everything is on the exam."""
    return rules.Asks(
        exam.lessons_first,
        int(exam.hours_first * HOUR),
        listing=exam.kind == Exam.Kind.MAKE_UP,
        accuracy=exam.practice_first,
        questions=exam.practice_answers if exam.practice_first else 0,
    )


def studied(exam: Exam, enrolment: Enrolment, *, at: datetime) -> rules.Studied:
    """Reads nothing for an exam that asks for nothing."""
    return studied_for([(exam, enrolment)], at=at).get((exam.pk, enrolment.pk), rules.Studied())


def studied_for(pairs: Iterable[tuple[Exam, Enrolment]], *, at: datetime) -> Mapping[tuple[int, int], rules.Studied]:
    """By exam and enrolment of one person, for the exams among these that ask for anything; six statements at most."""
    asking = [(exam, enrolment) for exam, enrolment in pairs if asks(exam) != rules.Asks()]
    results = _results({enrolment.pk for exam, enrolment in asking if exam.lessons_first or exam.hours_first})
    listed = _listed({exam.pk for exam, _enrolment in asking if exam.kind == Exam.Kind.MAKE_UP})
    practised = _practised([pair for pair in asking if pair[0].practice_first], at)
    return {
        (exam.pk, enrolment.pk): rules.Studied(
            _lessons_left(exam, enrolment, results[enrolment.pk]),
            sum(one.valid_seconds for one in results[enrolment.pk]) // 60,
            (exam.pk, enrolment.pk) in listed,
            *practised.get(exam.pk, (0, 0)),
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


def _practised(asking: list[tuple[Exam, Enrolment]], at: datetime) -> dict[int, tuple[int, int]]:
    """By exam: questions practised, and known, in the banks that it asks about."""
    if not asking:
        return {}
    banks = practice_banks([exam for exam, _enrolment in asking])
    cards = PracticeCard.objects.filter(
        person=asking[0][1].person_id, question__bank__in=set().union(*banks.values()), reviewed_at__gt=at - LOOKS_BACK
    )
    counted = cards.order_by().values_list("question__bank")
    rows = counted.annotate(n=Count("pk"), right=Count("pk", filter=Q(known=True)))
    made = {bank: (n, right) for bank, n, right in rows}
    return {exam: _sums([made[bank] for bank in of & set(made)]) for exam, of in banks.items()}


def _sums(pairs: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(one for one, _other in pairs), sum(other for _one, other in pairs)


def practice_banks(exams: Iterable[Exam]) -> dict[int, set[int]]:
    """By exam, the banks whose practice opens it: those chosen, or those its papers are drawn from."""
    asking = {exam.pk: exam.blueprint_id for exam in exams}
    found: dict[int, set[int]] = {exam: set() for exam in asking}
    for exam, bank in Exam.practice_banks.through.objects.filter(exam__in=asking).values_list("exam", "questionbank"):
        found[exam].add(bank)
    rest = {exam: blueprint for exam, blueprint in asking.items() if not found[exam]}
    drawn = drawn_from(set(rest.values())) if rest else {}
    return found | {exam: drawn[blueprint] for exam, blueprint in rest.items()}


def drawn_from(blueprints: set[int]) -> dict[int, set[int]]:
    """By blueprint, the banks that its papers are drawn from."""
    found: dict[int, set[int]] = {each: set() for each in blueprints}
    drawn = BlueprintRule.objects.filter(blueprint__in=blueprints).order_by().values_list("blueprint", "bank")
    compulsory = CompulsoryQuestion.objects.filter(blueprint__in=blueprints).order_by()
    for blueprint, bank in drawn.union(compulsory.values_list("blueprint", "question__bank")):
        found[blueprint].add(bank)
    return found


def to_practise(exam: Exam, person: Person) -> list[QuestionBank]:
    """Where the person can practise for the exam; none when no bank of it is open to them."""
    return list(banks_for(person).filter(pk__in=practice_banks([exam])[exam.pk]).order_by("name"))
