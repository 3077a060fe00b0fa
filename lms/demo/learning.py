"""How people learn what they are assigned: in time or late, on a few days, and then the exam."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from django.db.models import F
from django.utils.timezone import localdate

from courses.enums import LessonKind
from courses.models import Course, EditionLesson
from courses.queries import outline
from lms.demo import habits
from lms.demo.calendar import Calendar, Event
from lms.demo.lessons import Library
from lms.demo.sitting import Sittings
from lms.demo.sources import load
from lms.demo.waves import Wave
from lms.notices.actions import mark_read
from lms.people.models import Person
from lms.records import actions as records
from lms.records.models import AssignedPerson, Enrolment
from lms.records.rules import Result

LEARNS_BY_HIMSELF: Final = "00120039"  # 李振东: the visitor of the demo studies S4 in his name; prompt otherwise
IDLE: Final = "00120110"  # 彭小军: in time once, has begun nothing for three months
STATION_LATE: Final = ("00120103", "00120104")  # two of 城关 whom 罗建华 can remind
BY_NIGHT: Final = frozenset({"YL1001"})  # shift workers
IDLE_DAYS: Final = 90
SLOW_BELOW: Final = 80  # percent in time: a unit that begins late and stays late


@dataclass
class Learning:
    """Plans and plays who learns what and when; every result comes from a verb."""

    library: Library
    calendar: Calendar
    sittings: Sittings
    owed: dict[str, float] = field(default_factory=dict)
    planned: set[int] = field(default_factory=set)
    outlines: dict[int, Sequence[EditionLesson]] = field(default_factory=dict)
    rates: dict[str, int] = field(default_factory=lambda: load("company.yaml")["completion_rates"])

    @property
    def rng(self) -> Random:
        return self.calendar.rng

    def plan(self, assigned: Iterable[AssignedPerson], wave: Wave) -> None:
        """Decide for everybody of an assignment when they learn."""
        by_unit: dict[str, list[AssignedPerson]] = defaultdict(list)
        for one in assigned:
            by_unit[one.unit.code if one.unit else ""].append(one)
        for code, people in by_unit.items():
            self.rng.shuffle(people)
            for one in sorted(people, key=lambda one: not self._never(one.person, wave)):
                self._plan(one, code, wave)

    def plan_newcomer(self, person: Person, begins: date, first: Course) -> None:
        """`first` within days, then what stood over the unit when somebody joined, within weeks."""
        under = AssignedPerson.objects.filter(person=person, enrolment__state=Enrolment.State.OPEN)
        soonest = F("due_at").asc(nulls_last=True)
        for one in under.select_related("unit", "enrolment__course", "enrolment__edition").order_by(soonest, "pk"):
            until = localdate(one.due_at) if one.due_at else begins + timedelta(days=50)
            if one.enrolment.course_id == first.pk:
                until = begins + timedelta(days=12)
            if one.enrolment_id not in self.planned:
                day = habits.day_in_time(self.rng, begins + timedelta(days=3), max(until, begins + timedelta(days=6)))
                self._learn(one.enrolment, person, begins, day, ())

    def _plan(self, one: AssignedPerson, code: str, wave: Wave) -> None:
        if one.enrolment.state != Enrolment.State.OPEN or one.enrolment_id in self.planned:
            return
        if self._never(one.person, wave):
            self.owed[code] = self._owed(code) - 1
        elif not (one.person.staff_no == LEARNS_BY_HIMSELF and wave.latest and wave.course == "S4"):
            self._learn(one.enrolment, one.person, wave.assigned, self._day(one.person, code, wave), wave.sittings)

    def _never(self, person: Person, wave: Wave) -> bool:
        recent = wave.assigned > self.calendar.ago(IDLE_DAYS)
        late_here = wave.latest and wave.course != "P1" and person.staff_no in STATION_LATE
        return late_here or (recent and person.staff_no == IDLE)

    def _day(self, person: Person, code: str, wave: Wave) -> date:
        """The day on which this person has learned everything."""
        number, ready = person.staff_no, min(wave.sittings, default=wave.due)
        if number == LEARNS_BY_HIMSELF or (wave.latest and self.sittings.is_told(person, wave.course)):
            return wave.assigned + timedelta(days=self.rng.randint(2, 4))
        if number in self.sittings.leaving:
            last = min(wave.due, self.sittings.leaving[number] - timedelta(days=2))
            return habits.day_in_time(self.rng, wave.assigned, max(last, wave.assigned + timedelta(days=1)))
        slow = self._rate(code) < SLOW_BELOW
        if number != IDLE and self._is_late(code):
            return habits.day_too_late(self.rng, wave.due, delay=70 if slow else 12)
        ready -= timedelta(days=1 if wave.sittings else 0)
        return max(habits.day_in_time(self.rng, wave.assigned, ready) for _ in range(5 if slow else 1))

    def _is_late(self, code: str) -> bool:
        """Whether it is somebody's turn to be late, so often that the figure of the unit comes true."""
        owed = self._owed(code) + 1 - self._rate(code) / 100
        self.owed[code] = owed - (owed >= 1)
        return owed >= 1

    def _owed(self, code: str) -> float:
        return self.owed.setdefault(code, self.rng.random() * 0.9 if self._rate(code) < 100 else 0.0)

    def _rate(self, code: str) -> int:
        """The percentage of tasks that the unit completes in time."""
        return self.rates.get(code, self.rates["YL"])

    def _learn(
        self, enrolment: Enrolment, person: Person, first: date, last: date, sittings: tuple[date, ...]
    ) -> None:
        self.planned.add(enrolment.pk)
        lessons = self._lessons(enrolment)
        days = habits.days_of_study(self.rng, first + timedelta(days=1), last, len(lessons))
        by_night = bool(enrolment.unit and enrolment.unit.code in BY_NIGHT)
        for day, part in zip(days, habits.portions(len(lessons), len(days)), strict=True):
            at = self.calendar.at(day, habits.hour(self.rng, by_night=by_night))
            is_last = day == days[-1]
            self.calendar.add(at, self._reading(enrolment, person, [lessons[n] for n in part], is_last, sittings))

    def _lessons(self, enrolment: Enrolment) -> Sequence[EditionLesson]:
        edition = enrolment.edition_id
        if edition not in self.outlines:
            lines = outline(enrolment.edition)
            self.outlines[edition] = [line for line in lines if line.lesson.kind == LessonKind.READING]
        return self.outlines[edition]

    def _reading(
        self,
        enrolment: Enrolment,
        person: Person,
        lessons: Sequence[EditionLesson],
        is_last: bool,
        sittings: tuple[date, ...],
    ) -> Event:
        def happen(at: datetime) -> None:
            mark_read(person=person, at=at)
            for line in lessons:
                at += timedelta(minutes=line.minutes * self.rng.uniform(0.7, 1.2))
                if at >= self.calendar.today:
                    return
                self._read(enrolment, person, line, at)
            exam = self.library.exams.get(enrolment.course.code)
            if exam is not None and is_last:
                self.sittings.plan(exam, enrolment, person, at, sittings)

        return happen

    def _read(self, enrolment: Enrolment, person: Person, line: EditionLesson, at: datetime) -> None:
        records.complete_lesson(
            enrolment=enrolment,
            lesson=line.lesson,
            result=Result(),
            source=f"demo:{enrolment.pk}:{line.lesson_id}",
            by=person,
            at=at,
        )
