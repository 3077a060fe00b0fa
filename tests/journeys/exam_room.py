"""An exam and the people who sit it, for journeys of many."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.hashers import make_password
from django.db import connection

from exams import actions
from exams.actions import ExamPlan, PlannedRule
from exams.models import Attempt, AttemptItem, Exam
from lms.people.enums import PositionFamily
from lms.people.models import OrgUnit, Person, Position, PostAssignment
from lms.records.actions import enrol
from tests.exams.conftest import multiple, single, true_false
from tests.exams.sitting import items, right_answer
from tests.takers import Taker

PASSWORD = "Correct-Horse-7"


def open_exam(unit: OrgUnit, at: datetime, *, questions: int, attempts: int = 1, shuffled: bool = True) -> Exam:
    """A random paper from a bank of one and a half times as many questions: half single, the rest mixed.

    Not shuffled, the first half of the paper is single choice.
    """
    bank = actions.open_bank(name="演练题库", unit=unit, by=None, at=at)
    parts = {"single": questions - questions // 4 * 2, "multiple": questions // 4, "true_false": questions // 4}
    makers = {"single": single, "multiple": multiple, "true_false": true_false}
    drafts = [makers[kind](number) for kind, count in parts.items() for number in range(count * 3 // 2)]
    actions.add_questions(bank=bank, drafts=drafts, by=None, at=at)
    plan = ExamPlan(
        title="演练考试", unit=unit, minutes=60, max_attempts=attempts, shuffle_questions=shuffled,
        rules=[PlannedRule(bank, count, Decimal(1), kind) for kind, count in parts.items()],
    )  # fmt: skip
    return actions.create_standalone(
        plan=plan, code="", line="safety", hours=Decimal(1), account="safety", by=None, at=at
    )


def make_takers(exam: Exam, unit: OrgUnit, url: str, at: datetime, *, count: int) -> list[Taker]:
    """People of one unit who are enrolled and can log in."""
    position = Position.objects.get_or_create(
        code="P00", defaults={"name": "值班员", "family": PositionFamily.SKILLED}
    )[0]
    password = make_password(PASSWORD)
    assert exam.lesson is not None
    for number in range(count):
        person = Person.objects.create(staff_no=f"0088{number:04}", name=f"考生{number}", password=password)
        PostAssignment.objects.create(person=person, unit=unit, position=position, starts_on=date(2024, 1, 1))
        enrol(person=person, course=exam.lesson.course, by=None, at=at)
    return [Taker(url, f"0088{number:04}", PASSWORD) for number in range(count)]


def in_parallel(takers: list[Taker], job: Callable[[Taker], object]) -> None:
    """Each taker in a thread of their own; the first failure fails all."""

    def run(taker: Taker) -> None:
        try:
            job(taker)
        finally:
            taker.close()
            connection.close()

    with ThreadPoolExecutor(len(takers)) as pool:
        list(pool.map(run, takers))


def attempt_of(taker: Taker) -> Attempt:
    return Attempt.objects.select_related("person", "exam").get(person__staff_no=taker.staff_no)


def right_answers(taker: Taker) -> dict[int, list[int]]:
    """By question, in the numbers this taker sees."""
    return {item.position: right_answer(item) for item in items(attempt_of(taker))}


def wrong(right: list[int], options: int) -> list[int]:
    """One wrong option."""
    return [next(number for number in range(options) if number not in right)]


def current_answers(taker: Taker) -> dict[int, list[int] | None]:
    found = AttemptItem.objects.filter(attempt__person__staff_no=taker.staff_no)
    return dict(found.values_list("position", "answer"))
