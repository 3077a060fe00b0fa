"""Three months of learning: assignments, lessons read, exams sat, certificates earned, some of it late.

Every event is a verb called with the time it happened at, in the order of time; announcements arrive day by day.
"""

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localtime

from courses.enums import LessonKind
from courses.models import Lesson
from courses.queries import outline
from exams import actions as exams
from exams import queries, types
from exams.facts import AnswerOp
from exams.models import AttemptItem, Exam
from lms.demo.lessons import Library
from lms.demo.sources import load
from lms.journal.actions import deliver
from lms.people.models import OrgUnit, Person
from lms.records import actions as records
from lms.records.models import AssignedPerson, Enrolment
from lms.records.rules import Result

Event = Callable[[datetime], None]
LEARNS_BY_HIMSELF = "00120039"  # 李振东: the visitor of the demo studies S4 in his name
NEVER_LEARNS = {"00120110"}  # 彭小军: overdue with everything
EXAM_SCORES = {"00120047": [14, 17], "00120048": [12, 15]}  # of 20: 王凯 passes the second time, 刘洋 neither
STATION_LATE = {"00120103", "00120104"}  # two of 城关 whom 罗建华 can remind


@dataclass(frozen=True)
class Wave:
    """One course assigned to some units: days before today of the assignment and of the due date (negative: ahead)."""

    course: str
    units: tuple[str, ...]
    assigned: int
    due: int
    share: float
    reason: str


PRODUCTION = ("YL09", "YL10", "YL11", "YL12", "YL1301", "YL1303")
WAVES = (
    Wave("P1", ("YL01", "YL02", "YL03", "YL04", "YL05", "YL06", "YL07", "YL08", *PRODUCTION, "YL1302"), 84, 24, 0.94,
         "全员年度政策课"),
    Wave("V3", ("YL11", "YL12", "YL1301", "YL1302", "YL1303"), 62, 6, 0.86, "抢修服务年度培训"),
    Wave("S4", PRODUCTION, 38, -16, 0.58, "触电急救年度培训"),
    Wave("S4", ("YL1302",), 38, 2, 0.4, "触电急救年度培训"),
)  # fmt: skip


@dataclass
class Calendar:
    """Events still to come, earliest first; what an event adds is played in its turn."""

    start: datetime
    today: datetime
    rng: random.Random
    events: list[tuple[datetime, int, Event]] = field(default_factory=list)
    order: "count[int]" = field(default_factory=count)

    def add(self, at: datetime, event: Event) -> None:
        if at < self.today:
            heapq.heappush(self.events, (at, next(self.order), event))

    def day(self, days_ago: float, hour: float = 9.0) -> datetime:
        """A local hour of a day before today."""
        day = localtime(self.today).date() - timedelta(days=int(days_ago))
        return datetime.combine(day, time(), localtime(self.today).tzinfo) + timedelta(hours=hour)

    def play(self) -> None:
        reached = self.start
        while self.events:
            at, _, event = heapq.heappop(self.events)
            if at.date() > reached.date():
                deliver(at=reached, limit=2000)
            reached = at
            with transaction.atomic():
                event(at)
        deliver(at=self.today, limit=5000)


def build_activity(people: dict[str, Person], library: Library, *, seed: int, today: datetime) -> None:
    """Play the three months before `today`."""
    calendar = Calendar(today - timedelta(days=92), today, random.Random(seed))
    for wave in WAVES:
        calendar.add(calendar.day(wave.assigned), _assignment(wave, people, library, calendar))
    calendar.play()


def _assignment(wave: Wave, people: dict[str, Person], library: Library, calendar: Calendar) -> Event:
    course = library.courses[wave.course]
    due = calendar.day(wave.due, 23) + timedelta(minutes=59, seconds=59)

    def happen(at: datetime) -> None:
        for unit in OrgUnit.objects.filter(code__in=wave.units):
            assignment = records.assign(
                course=course, unit=unit, required=True, due_at=due, reason=wave.reason, by=people["00120011"], at=at
            )
            for assigned in assignment.people.select_related("person", "unit", "enrolment"):
                _plan(assigned, wave, library, calendar, at)

    return happen


def _plan(assigned: AssignedPerson, wave: Wave, library: Library, calendar: Calendar, at: datetime) -> None:
    """Decide when this person learns: most in time, some late, some not at all."""
    number = assigned.person.staff_no
    rates = load("company.yaml")["completion_rates"]
    code = assigned.unit.code if assigned.unit else ""
    weight = rates.get(code, rates["YL"]) / rates["YL"]
    idle = number in NEVER_LEARNS or (number in STATION_LATE and wave.course != "P1")
    if idle or (number == LEARNS_BY_HIMSELF and wave.course == "S4"):
        return
    if number not in EXAM_SCORES and calendar.rng.random() > wave.share * weight:
        return
    span = (min(calendar.day(wave.due), calendar.today) - at).days + 4
    latest = 5 if number in EXAM_SCORES else max(span, 2)
    begins = at + timedelta(days=calendar.rng.uniform(0.2, latest), hours=calendar.rng.uniform(0, 10))
    exam = library.exams.get(wave.course)
    calendar.add(begins, _reading(assigned.enrolment, exam, calendar))


def _reading(enrolment: Enrolment, exam: Exam | None, calendar: Calendar) -> Event:
    def happen(at: datetime) -> None:
        for place, line in enumerate(outline(enrolment.edition)):
            if line.lesson.kind == LessonKind.READING:
                then = at + timedelta(minutes=9 * (place + 1))
                calendar.add(then, _lesson_read(enrolment, line.lesson))
        if exam is not None:
            calendar.add(at + timedelta(minutes=90), _sitting(enrolment, exam, 0, calendar))

    return happen


def _lesson_read(enrolment: Enrolment, lesson: Lesson) -> Event:
    def happen(at: datetime) -> None:
        records.complete_lesson(
            enrolment=enrolment,
            lesson=lesson,
            result=Result(),
            source=f"demo:{enrolment.pk}:{lesson.pk}",
            by=enrolment.person,
            at=at,
        )

    return happen


def _sitting(enrolment: Enrolment, exam: Exam, number: int, calendar: Calendar) -> Event:
    """Sit the exam; who fails tries again some days later."""
    chosen = EXAM_SCORES.get(enrolment.person.staff_no, [])
    right = chosen[number] if number < len(chosen) else min(20, int(calendar.rng.gauss(17.4, 1.8)) + number)

    def happen(at: datetime) -> None:
        attempt, _ = exams.start_attempt(
            exam=exam, person=enrolment.person, enrolment=enrolment, at=at, random=calendar.rng
        )
        items = list(attempt.items.select_related("version", "attempt__exam").order_by("position"))
        wrong = set(calendar.rng.sample(range(len(items)), len(items) - min(right, len(items))))
        for place, item in enumerate(items):
            _answer(item, place not in wrong, at + timedelta(seconds=20 * (place + 1)))
        handed_in = at + timedelta(seconds=20 * (len(items) + 2))
        done = exams.submit_attempt(attempt=queries.locked_attempt(pk=attempt.pk), by=enrolment.person, at=handed_in)
        last_try = number + 1 >= (len(chosen) or exam.max_attempts)
        if not done.passed and not last_try:
            calendar.add(at + timedelta(days=4), _sitting(enrolment, exam, number + 1, calendar))

    return happen


def _answer(item: AttemptItem, correct: bool, at: datetime) -> None:
    version = item.version
    shown = types.get(version.type).reviewed(version.content, version.key, item.order, None)
    right = [index for index, option in enumerate(shown) if option.right]
    wrong = right[1:] or [index for index, option in enumerate(shown) if not option.right][:1]
    payload = right if correct else wrong
    op = AnswerOp(
        op_id=uuid4(),
        seq=item.position,
        item=item.position,
        base_version=0,
        holder=item.attempt.holder,
        payload=payload,
    )
    exams.save_answer(item=item, op=op, at=at)
