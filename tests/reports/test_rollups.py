"""Roll-ups say what the facts say: folded or not, whatever happened, in whatever order it is heard."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q
from django.utils.timezone import localdate

from courses.models import Course
from lms.journal.actions import deliver, write
from lms.journal.models import Delivery, Entry
from lms.people import actions as people
from lms.people.enums import Role, UnitKind
from lms.people.models import OrgUnit, Person, Position
from lms.records.actions import assign, assign_to_newcomer, complete_lesson, withdraw
from lms.records.models import AssignedPerson, Assignment, Enrolment
from lms.records.rules import Result
from lms.reports import queries
from lms.reports.counting import DONE, tasks
from lms.reports.figures import Asked, Board, Figures, choose
from lms.reports.models import Rollup
from lms.reports.rollups import fold, verify, waiting
from tests.factories import lessons_of

Put = Callable[..., Assignment]
Finish = Callable[..., None]
Units = Callable[[str], OrgUnit]


def told(viewer: Person, code: str, at: datetime, *, required: bool = False) -> list[Any]:
    """What the page of a unit shows: the total and the bars, from whatever it reads."""
    units, folded = queries.around(viewer, code)
    asked = Asked(choose(units, code), required=required)
    board = Board(units, queries.cells(units, asked, at, folded=folded), asked.unit, None)
    bars = [(bar.key, bar.figures, bar.opens, bar.direct) for bar in (*board.by_unit, *board.by_course)]
    return [board.total, board.idle, sorted(bars, key=str)]


def facts(path: str, at: datetime, *, required: bool = False) -> Figures:
    """Everything under a path, counted one by one."""
    found = tasks(required=required).filter(unit__path__startswith=path)
    late = Q(due_at__lt=at)
    on_time = sum(
        one.due_at is not None and one.due_at < at and one.enrolment.completed_at is not None
        and one.enrolment.completed_at <= one.due_at
        for one in found.select_related("enrolment")
    )  # fmt: skip
    return Figures(
        found.count(), found.filter(DONE).count(), found.filter(late).exclude(DONE).count(),
        found.filter(late).count(), on_time,
    )  # fmt: skip


class World:
    """Something that changes a figure, or might, at random."""

    def __init__(self, people: list[Person], courses: list[Course], unit: Units, put: Put, at: datetime) -> None:
        self.people, self.courses, self.unit, self.put, self.at = people, courses, unit, put, at
        self.given: list[Assignment] = []

    def assigned(self, dice: Random) -> None:
        to = dice.choice(["YL", "YL1301", "YL1302", dice.choice(self.people)])
        due, required = dice.choice([None, -9, -2, 4]), dice.random() < 0.6
        self.given.append(self.put(dice.choice(self.courses), to, due=due, required=required))

    def withdrawn(self, dice: Random) -> None:
        if self.given:
            withdraw(assignment=dice.choice(self.given), by=None, at=self.at)

    def completed(self, dice: Random) -> None:
        for one in Enrolment.objects.open().order_by("pk")[: dice.randrange(4)]:
            complete(one, self.at - timedelta(days=dice.choice([1, 5, 20])))

    def moved(self, dice: Random) -> None:
        person, to = dice.choice(self.people), self.unit(dice.choice(["YL1301", "YL1302", "YL0901"]))
        day, position = localdate(self.at), Position.objects.get()
        people.move(person=person, unit=to, position=position, starts_on=day, by=None, at=self.at)
        assign_to_newcomer(person=person, at=self.at)

    def rehung(self, dice: Random) -> None:
        one, over = self.unit(dice.choice(["YL1302", "YL0901"])), self.unit(dice.choice(["YL", "YL11", "YL09"]))
        people.place_unit(code=one.code, name=one.name, kind=UnitKind(one.kind), parent=over, by=None, at=self.at)

    def heard(self, dice: Random) -> None:
        deliver(at=self.at + timedelta(days=2))

    def step(self, dice: Random) -> None:
        happen = [self.assigned, self.assigned, self.withdrawn, self.completed, self.completed, self.moved]
        dice.choice([*happen, self.rehung, self.heard])(dice)


def complete(enrolment: Enrolment, at: datetime) -> None:
    for lesson in lessons_of(enrolment.course):
        result = Result(Decimal(90), Decimal(100), passed=True)
        complete_lesson(enrolment=enrolment, lesson=lesson, result=result, source="test", by=None, at=at)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_page_says_what_the_facts_say(
    seed: int, chengguan: list[Person], hedong: list[Person], course: Course, other_course: Course, unit: Units,
    put_under: Put, shen_hui: Person, at: datetime,
) -> None:  # fmt: skip
    dice, codes = Random(seed), ("YL", "YL09", "YL11", "YL1302")
    for code in codes:
        unit(code)
    world = World([*chengguan, *hedong], [course, other_course], unit, put_under, at)
    for _ in range(14):
        world.step(dice)
        required = dice.random() < 0.5
        for code in codes:
            path = OrgUnit.objects.get(code=code).path
            assert told(shen_hui, code, at, required=required)[0] == facts(path, at, required=required)
    before = [told(shen_hui, code, at) for code in codes]
    deliver(at=at + timedelta(days=3))
    assert queries.around(shen_hui, "YL")[1]  # nothing waits
    assert [told(shen_hui, code, at) for code in codes] == before
    assert not [one for course in verify.courses() for one in verify.differences(course)]


def test_overdue_follows_from_the_clock_alone(
    chengguan: list[Person], course: Course, put_under: Put, finish: Finish, luo_jianhua: Person, at: datetime
) -> None:
    put_under(course, "YL1301", due=3)
    finish(chengguan[0], course)
    deliver(at=at)
    now, then = (told(luo_jianhua, "YL1301", at + timedelta(days=days))[0] for days in (3, 3.01))
    assert (now.overdue, then.overdue) == (0, 4)
    assert (now.on_time_percent, then.on_time_percent) == (None, 20)


def test_hearing_an_entry_again_changes_nothing(
    chengguan: list[Person], course: Course, put_under: Put, finish: Finish, at: datetime
) -> None:
    put_under(course, "YL1301")
    finish(chengguan[0], course)
    deliver(at=at)
    before = list(Rollup.objects.order_by("pk").values_list())
    assert before
    for _ in range(2):
        Delivery.objects.filter(handler=waiting.HANDLER).update(state=Delivery.State.PENDING)
        deliver(at=at)
    assert list(Rollup.objects.order_by("pk").values_list()) == before


def test_one_delivery_takes_the_others_along(
    chengguan: list[Person], course: Course, put_under: Put, finish: Finish, at: datetime, statements: Any
) -> None:
    put_under(course, "YL1301")
    for person in chengguan:
        finish(person, course)
    entries = Entry.objects.filter(kind="enrolment-completed").order_by("pk")
    Delivery.objects.filter(entry=entries[0], handler=waiting.HANDLER).update(state=Delivery.State.DONE)
    with statements(at_most=25):
        fold.fold(entries[0], at=at)
    assert not Delivery.objects.filter(handler=waiting.HANDLER, state=Delivery.State.PENDING).exists()
    assert not list(verify.differences(course.pk))


def test_what_is_completed_or_withdrawn_is_settled_and_the_rest_is_not(
    chengguan: list[Person], course: Course, other_course: Course, put_under: Put, finish: Finish, at: datetime
) -> None:
    put_under(course, "YL1301", due=-1)
    withdraw(assignment=put_under(other_course, chengguan[1]), by=None, at=at)
    finish(chengguan[0], course)
    deliver(at=at)
    settled = AssignedPerson.objects.filter(settled=True).values_list("person", "assignment__course")
    assert set(settled) == {(chengguan[0].pk, course.pk), (chengguan[1].pk, other_course.pk)}


def test_an_installation_from_before_counts_from_the_facts_and_then_fills_by_itself(
    chengguan: list[Person], course: Course, put_under: Put, finish: Finish, luo_jianhua: Person, at: datetime
) -> None:
    put_under(course, "YL1301", due=-1)
    finish(chengguan[0], course)
    before = told(luo_jianhua, "YL1301", at)
    Delivery.objects.update(state=Delivery.State.DONE)
    write(waiting.UNKNOWN, by=None, at=at, payload={})
    assert told(luo_jianhua, "YL1301", at) == before
    assert not Rollup.objects.exists()
    deliver(at=at)
    assert Rollup.objects.exists()
    assert told(luo_jianhua, "YL1301", at) == before


def test_the_verifier_reports_each_difference_and_repairs_on_request(
    chengguan: list[Person], course: Course, put_under: Put, finish: Finish, luo_jianhua: Person, at: datetime,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    put_under(course, "YL1301", due=-1)
    deliver(at=at)
    right = told(luo_jianhua, "YL1301", at)
    call_command("verify_rollups")
    assert "Every figure" in capsys.readouterr().out
    Rollup.objects.filter(unit__code="YL1301").update(own_completed=3, assigned=1)
    with pytest.raises(CommandError, match="4 of the figures"):
        call_command("verify_rollups")
    assert "stored ((5, 3, 0), (1, 0, 0)), facts ((5, 0, 0), (5, 0, 0))" in capsys.readouterr().out
    call_command("verify_rollups", "--repair")
    call_command("verify_rollups")
    assert told(luo_jianhua, "YL1301", at) == right


def test_what_nobody_announced_is_found_and_repaired(
    chengguan: list[Person], course: Course, put_under: Put, at: datetime
) -> None:
    put_under(course, "YL1301", due=-1)
    deliver(at=at)
    Enrolment.objects.filter(person=chengguan[0]).update(state=Enrolment.State.COMPLETED, completed_at=at)
    with pytest.raises(CommandError):
        call_command("verify_rollups")
    call_command("verify_rollups", "--repair")
    assert Rollup.objects.get(unit__code="YL", measure="due", only_required=False).completed == 1


def test_a_unit_of_another_manager_is_no_part_of_what_is_read(
    chengguan: list[Person], hedong: list[Person], course: Course, put_under: Put, luo_jianhua: Person, at: datetime
) -> None:
    put_under(course, "YL")
    deliver(at=at)
    for code in ("YL1302", "YL", ""):
        assert {unit.code for unit in queries.around(luo_jianhua, code)[0]} <= {"YL1301"}


def test_a_grant_inside_another_one_counts_nothing_twice(
    chengguan: list[Person], course: Course, put_under: Put, shen_hui: Person, unit: Units, at: datetime
) -> None:
    put_under(course, "YL0901")
    put_under(course, "YL1301")
    deliver(at=at)
    once = told(shen_hui, "", at)
    for code in ("YL0901", "YL1301"):
        people.grant_role(person=shen_hui, role=Role.MANAGER, unit=unit(code), by=None, at=at)
    assert told(shen_hui, "", at) == once


def test_assigning_a_second_time_in_another_unit_moves_the_task(
    chengguan: list[Person], course: Course, put_under: Put, unit: Units, luo_jianhua: Person, cao_bin: Person,
    at: datetime,
) -> None:  # fmt: skip
    put_under(course, chengguan[0], due=9)
    deliver(at=at)
    people.move(
        person=chengguan[0], unit=unit("YL1302"), position=Position.objects.get(), starts_on=localdate(at),
        by=None, at=at,
    )  # fmt: skip
    assign(course=course, person=chengguan[0], due_at=at + timedelta(days=1), by=None, at=at)
    for _ in range(2):
        assert told(luo_jianhua, "", at)[0].assigned == 0
        assert told(cao_bin, "", at)[0].assigned == 1
        deliver(at=at)
