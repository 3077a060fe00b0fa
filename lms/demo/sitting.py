"""Sitting exams: papers answered as well as the person can, tried again when failed."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from django.utils.timezone import localdate, localtime

from exams import actions as exams
from exams import queries, types
from exams.facts import AnswerOp
from exams.models import AttemptItem, Exam
from lms.demo import habits
from lms.demo.calendar import Calendar, Event
from lms.people.models import Person
from lms.records.models import Enrolment

TOLD: Final = {"00120047": (14, 17), "00120048": (12, 15)}  # of 20: 王凯 passes the second time, 刘洋 neither
TOLD_COURSE: Final = "S4"
ALWAYS_RIGHT: Final = "00120080"  # 钱芳
LATEST_START: Final = 21.5  # an hour


@dataclass
class Sittings:
    """Who sits when, and how many answers are right. `examiner` grants a further attempt to who has none left.

    `leaving`: who leaves within the time, by staff number, and when.
    """

    calendar: Calendar
    examiner: Person
    leaving: dict[str, date]
    able: dict[int, float] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)

    @property
    def rng(self) -> Random:
        return self.calendar.rng

    def is_told(self, person: Person, course: str) -> bool:
        """Whether the demo tells of this person's results in the course that runs now."""
        return course == TOLD_COURSE and person.staff_no in TOLD

    def plan(self, exam: Exam, enrolment: Enrolment, person: Person, ready: datetime, days: tuple[date, ...]) -> None:
        """The first sitting: on one of the first of `days`, on the last when they are over, or soon."""
        at = ready + timedelta(minutes=self.rng.uniform(4, 40))
        ahead = [day for day in days if day > localdate(ready)]
        if ahead:
            day = self.rng.choice(ahead[:-1] or ahead)
            at = self.calendar.at(day, self.rng.choice((9, 10.5, 14.5)) + self.rng.uniform(0, 0.15))
        elif localtime(at).hour + localtime(at).minute / 60 > LATEST_START:
            at = self._soon(at, 1, 2)
        self._add(at, exam, enrolment, person, days[-1:])

    def _add(self, at: datetime, exam: Exam, enrolment: Enrolment, person: Person, makeup: tuple[date, ...]) -> None:
        if localdate(at) < self.leaving.get(person.staff_no, date.max):
            event = self._sitting(exam, enrolment, person, makeup)
            self.calendar.add(at, event, lasts=timedelta(minutes=exam.minutes))

    def _soon(self, at: datetime, least: int, most: int) -> datetime:
        day = localdate(at) + timedelta(days=self.rng.randint(least, most))
        return self.calendar.at(habits.workday(day), habits.hour(self.rng))

    def _sitting(self, exam: Exam, enrolment: Enrolment, person: Person, makeup: tuple[date, ...]) -> Event:
        def happen(at: datetime) -> None:
            number = self.numbers[enrolment.pk] = self.numbers.get(enrolment.pk, 0) + 1
            attempt, _ = exams.start_attempt(exam=exam, person=person, enrolment=enrolment, at=at, random=self.rng)
            items = list(attempt.items.select_related("version", "attempt__exam").order_by("position"))
            wrong = set(
                self.rng.sample(range(len(items)), len(items) - self._right(person, enrolment, number, len(items)))
            )
            pace = exam.minutes * 60 * self.rng.uniform(0.35, 0.75) / len(items)
            for place, item in enumerate(items):
                self.answer(item, place not in wrong, at + timedelta(seconds=pace * (place + 1)))
            handed_in = at + timedelta(seconds=pace * (len(items) + 1))
            done = exams.submit_attempt(attempt=queries.locked_attempt(pk=attempt.pk), by=person, at=handed_in)
            if not done.passed:
                self._try_again(exam, enrolment, person, handed_in, number, makeup)

        return happen

    def _try_again(
        self, exam: Exam, enrolment: Enrolment, person: Person, at: datetime, number: int, makeup: tuple[date, ...]
    ) -> None:
        """Some days later, or on the day for making up; who has no attempt left is granted one after more training."""
        if self._is_told_now(person, enrolment) and number >= len(TOLD[person.staff_no]):
            return
        if number >= exam.max_attempts:
            self.calendar.add(self._soon(at, 8, 14), self._granting(exam, enrolment, person))
            return
        later = [self.calendar.at(day, 9 + self.rng.uniform(0, 0.2)) for day in makeup if day > localdate(at)]
        self._add(later[0] if later else self._soon(at, 2, 5), exam, enrolment, person, ())

    def _granting(self, exam: Exam, enrolment: Enrolment, person: Person) -> Event:
        def happen(at: datetime) -> None:
            reason = "已参加专题辅导，同意再考一次"
            exams.reopen(exam=exam, enrolment=enrolment, reason=reason, by=self.examiner, at=at)
            self._add(self._soon(at, 1, 4), exam, enrolment, person, ())

        return happen

    def _is_told_now(self, person: Person, enrolment: Enrolment) -> bool:
        recent = localdate(enrolment.enrolled_at) > self.calendar.ago(60)
        return recent and self.is_told(person, enrolment.course.code)

    def _right(self, person: Person, enrolment: Enrolment, number: int, questions: int) -> int:
        """How many answers are right: by what the person can do, and more with every attempt."""
        if self._is_told_now(person, enrolment):
            return TOLD[person.staff_no][number - 1]
        if person.staff_no == ALWAYS_RIGHT:
            return questions
        able = self.able.setdefault(person.pk, min(0.98, self.rng.gauss(0.885, 0.05)))
        share = able + self.rng.gauss(0, 0.055) + 0.06 * (number - 1)
        return round(questions * min(1.0, max(0.4, share)))

    def answer(self, item: AttemptItem, correct: bool, at: datetime) -> None:
        version = item.version
        shown = types.get(version.type).reviewed(version.content, version.key, item.order, None)
        right = [index for index, option in enumerate(shown) if option.right]
        wrong = right[1:] or [index for index, option in enumerate(shown) if not option.right][:1]
        op = AnswerOp(
            op_id=UUID(int=self.rng.getrandbits(128), version=4),
            seq=item.position,
            item=item.position,
            base_version=0,
            holder=item.attempt.holder,
            payload=right if correct else wrong,
        )
        exams.save_answer(item=item, op=op, at=at)
