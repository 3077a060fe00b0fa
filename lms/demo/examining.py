"""Exams in rooms, by hand and on the spot: sessions past, running and coming, essays to mark, people to assess."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from exams import actions as exams
from exams import queries
from exams.actions import ExamPlan, PlannedRule, SessionPlan
from exams.actions.banks import Draft
from exams.facts import AnswerOp, Leave
from exams.models import Attempt, Deferral, Exam, ExamSession, QuestionBank, Seat
from exams.queries import marking
from exams.rules import normalise
from lms.demo.calendar import Calendar, Event
from lms.demo.company import Company
from lms.demo.habits import workday
from lms.demo.sitting import Sittings
from lms.demo.sources import load
from lms.people.models import Person
from lms.records import actions as records
from lms.records.models import Enrolment

EXAMINER, INVIGILATOR, VISITOR = "00120017", "00120036", "00120039"
TEAMS: Final = ("YL0902", "YL0903", "YL1001", "YL1102", "YL1103")
MINUTE: Final = timedelta(minutes=1)


def plan_examining(company: Company, calendar: Calendar, leaving: dict[str, date], *, seed: int) -> None:
    """Everything is set up twelve days ago; what people do follows by itself. `leaving`: who leaves, and when."""
    facts = load("assessments.yaml")
    calendar = replace(calendar, rng=Random(seed))  # the same days with dice of its own
    room = Examining(company, calendar, Sittings(calendar, company.people[EXAMINER], leaving), calendar.rng)
    start = workday(calendar.ago(12))
    calendar.add(calendar.at(start, 9.2), room.sessions(facts["sessions"]))
    calendar.add(calendar.at(start, 10.2), room.essays(facts["essays"]))
    calendar.add(calendar.at(start, 11.2), room.practical(facts["practical"]))


@dataclass
class Examining:
    """Who examines whom; nobody the demo tells of by name is examined, but the visitor has a seat."""

    company: Company
    calendar: Calendar
    sittings: Sittings
    rng: Random

    @property
    def examiner(self) -> Person:
        return self.company.people[EXAMINER]

    def sessions(self, facts: dict[str, Any]) -> Event:
        def happen(at: datetime) -> None:
            bank = QuestionBank.objects.get(name=facts["bank"])
            rules = [
                PlannedRule(bank, each["count"], Decimal(each["points"]), each["type"]) for each in facts["rules"]
            ]
            exam = self._exam(facts, rules, at, protection=Exam.Protection.ON_SITE)
            enrolled = self._enrolled(exam, 24, at)
            visitor = self._enrol(exam, self.company.people[VISITOR], at)
            today = localdate(self.calendar.today)
            past = self.calendar.at(workday(self.calendar.ago(3)), 9)
            now = self.calendar.today - 20 * MINUTE
            later = self.calendar.at(workday(today + timedelta(days=7)), 9)
            first = self._session(exam, "第一场", past, 1, at)
            second = self._session(exam, "第二场", now, 4, at, late=180)
            third = self._session(exam, "第三场", later, 1, at)
            seats = self._seat(first, enrolled[:10], at)
            self._past(seats, past, third)
            self._present(self._seat(second, enrolled[10:16], at), now)
            [his, *others] = self._seat(third, [visitor, *enrolled[16:]], at)
            asked = "当天安排了夜班，希望改到其他场次"
            self.calendar.add(self.calendar.today - 300 * MINUTE, self._asking(others[2], asked))

        return happen

    def essays(self, facts: dict[str, Any]) -> Event:
        def happen(at: datetime) -> None:
            bank = exams.open_bank(name=facts["bank"], unit=self.company.units["YL"], by=self.examiner, at=at)
            exams.add_questions(
                bank=bank, drafts=[_essay(each) for each in facts["questions"]], by=self.examiner, at=at
            )
            exam = self._exam(facts, [PlannedRule(bank, 2, Decimal(50), "essay")], at)
            texts = facts["answers"]
            for number, enrolment in enumerate(self._enrolled(exam, 6, at)):
                event = self._writing(exam, enrolment, texts[number % 3], texts[3 + number % 3])
                self.calendar.add(self.calendar.at(self.calendar.ago(4), 14 + number / 4), event)
            self.calendar.add(self.calendar.at(self.calendar.ago(1), 10), self._marking(exam, 3))

        return happen

    def practical(self, facts: dict[str, Any]) -> Event:
        def happen(at: datetime) -> None:
            bank = exams.open_bank(name=facts["bank"], unit=self.company.units["YL"], by=self.examiner, at=at)
            exams.add_questions(bank=bank, drafts=[_score_sheet(facts)], by=self.examiner, at=at)
            exam = self._exam(facts, [PlannedRule(bank, 1, Decimal(100), "score_sheet")], at)
            points = [Decimal(each["points"]) for each in facts["items"]]
            for number, enrolment in enumerate(self._enrolled(exam, 10, at)[:4]):
                given = [Decimal(0), *points[1:]] if number == 2 else [*points[:-2], points[-2] - number, points[-1]]
                day = self.calendar.at(workday(self.calendar.ago(9)), 15 + number / 3)
                self.calendar.add(day, self._assessing(exam, enrolment, given))

        return happen

    def _exam(self, facts: dict[str, Any], rules: Sequence[PlannedRule], at: datetime, **more: Any) -> Exam:
        plan = ExamPlan(
            title=facts["title"], unit=self.company.units["YL"], minutes=facts["minutes"],
            pass_score=facts["pass_score"], rules=rules, shuffle_questions=False, **more,
        )  # fmt: skip
        return exams.create_standalone(
            plan=plan, code="", line="safety", hours=Decimal(0), account="company", by=self.examiner, at=at
        )

    def _enrolled(self, exam: Exam, count: int, at: datetime) -> list[Enrolment]:
        """So many people of the teams, none of them told of by name."""
        named = [one["staff_no"] for one in load("company.yaml")["cast"]]
        people = Person.objects.active().filter(posts__ends_on=None, posts__unit__code__in=TEAMS)
        chosen = people.exclude(staff_no__in=[*named, *self.sittings.leaving]).order_by("staff_no")[:count]
        return [self._enrol(exam, person, at) for person in chosen]

    def _enrol(self, exam: Exam, person: Person, at: datetime) -> Enrolment:
        assert exam.lesson is not None
        return records.enrol(person=person, course=exam.lesson.course, by=self.examiner, at=at)

    def _session(
        self, exam: Exam, name: str, begins: datetime, hours: int, at: datetime, late: int = 15
    ) -> ExamSession:
        plan = SessionPlan(name, "培训中心 301 机房", 20, begins, begins + timedelta(hours=hours), late_minutes=late)
        people = [self.examiner, self.company.people[INVIGILATOR]]
        return exams.plan_session(exam=exam, plan=plan, invigilators=people, by=self.examiner, at=at)

    def _seat(self, session: ExamSession, enrolments: Sequence[Enrolment], at: datetime) -> list[Seat]:
        return exams.seat_people(session=session, enrolments=enrolments, by=self.examiner, at=at)

    def _past(self, seats: list[Seat], begins: datetime, later: ExamSession) -> None:
        """One is let to sit later, one never comes, one comes late; the others sit, and one asks for a review."""
        deferred, _absent, late, *others = seats
        self.calendar.add(begins - 40 * 60 * MINUTE, self._asking(deferred, "当天在外执行抢修任务", let=later))
        self.calendar.add(begins + 18 * MINUTE, self._admitting(late))
        share = [0.95, 0.9, 1.0, 0.7, 0.85, 0.55, 0.9]
        for number, seat in enumerate([late, *others]):
            at = begins + MINUTE * (20 if seat is late else self.rng.uniform(0, 3))
            self.calendar.add(at, self._sitting(seat, share[number % 7], leaves=2 if number == 4 else 0))
        asked = max(begins + 300 * MINUTE, self.calendar.today - 26 * 60 * MINUTE)
        self.calendar.add(asked, self._appealing(others[2]))

    def _present(self, seats: list[Seat], begins: datetime) -> None:
        """Three sit at this moment, one is in the room, the others are expected."""
        for number, seat in enumerate(seats[:3]):
            event = self._sitting(seat, 0.9, leaves=number, until=self.calendar.today - MINUTE)
            self.calendar.add(begins + MINUTE * (2 + number), event)
        self.calendar.add(begins + 12 * MINUTE, self._admitting(seats[3]))

    def _sitting(self, seat: Seat, share: float, *, leaves: int = 0, until: datetime | None = None) -> Event:
        """Enters and answers; with `until` only so far, else to the end."""

        def happen(at: datetime) -> None:
            Seat.objects.filter(pk=seat.pk).update(entered_at=at - MINUTE)
            here = Seat.objects.select_related("session", "exam__blueprint", "person").get(pk=seat.pk)
            attempt, _ = exams.start_attempt(
                exam=here.exam, person=here.person, enrolment=here.enrolment, at=at, random=self.rng, seat=here
            )
            moment = at
            for item in attempt.items.select_related("version", "attempt__exam").order_by("position"):
                moment += MINUTE * self.rng.uniform(1, 2.2)
                if until and moment > until:
                    return
                self.sittings.answer(item, self.rng.random() < share, moment)
                if item.position <= leaves:
                    self._left(attempt, moment)
            self._submit(attempt, moment + MINUTE)

        return happen

    def _left(self, attempt: Attempt, at: datetime) -> None:
        back = at + timedelta(seconds=self.rng.randint(4, 40))
        leave = Leave(UUID(int=self.rng.getrandbits(128), version=4), at, back, closed=False)
        exams.note_leaves(attempt=attempt, leaves=[leave], by=attempt.person, at=back)

    def _submit(self, attempt: Attempt, at: datetime) -> None:
        exams.submit_attempt(attempt=queries.locked_attempt(pk=attempt.pk), by=attempt.person, at=at)

    def _writing(self, exam: Exam, enrolment: Enrolment, *texts: str) -> Event:
        def happen(at: datetime) -> None:
            attempt, _ = exams.start_attempt(
                exam=exam, person=enrolment.person, enrolment=enrolment, at=at, random=self.rng
            )
            for item, text in zip(attempt.items.select_related("version", "attempt__exam"), texts, strict=False):
                op = UUID(int=self.rng.getrandbits(128), version=4)
                seq = item.position
                sent = AnswerOp(op, seq, seq, 0, attempt.holder, text)
                exams.save_answer(item=item, op=sent, at=at + 12 * seq * MINUTE)
            self._submit(attempt, at + 40 * MINUTE)

        return happen

    def _marking(self, exam: Exam, count: int) -> Event:
        """The first few answers; the others wait."""

        def happen(at: datetime) -> None:
            for item in marking.to_mark(self.examiner, at=at).filter(attempt__exam=exam)[:count]:
                exams.take(item=item, by=self.examiner, at=at)
                with transaction.atomic():
                    held = marking.locked(item.pk)
                    given = [Decimal(round(float(each.most) * 0.8)) for each in marking.criteria(held)]
                    comment = "要点基本写到，措施可以再具体"
                    exams.mark(item=held, given=given, comment=comment, by=self.examiner, at=at)

        return happen

    def _assessing(self, exam: Exam, enrolment: Enrolment, given: list[Decimal]) -> Event:
        def happen(at: datetime) -> None:
            attempt = exams.begin_assessment(exam=exam, enrolment=enrolment, at=at)
            sheet = attempt.items.get()
            exams.assess(
                attempt=attempt, given={sheet.pk: given}, note="考评时双方在场，已签名", by=self.examiner,
                at=at + 12 * MINUTE,
            )  # fmt: skip

        return happen

    def _asking(self, seat: Seat, note: str, *, let: ExamSession | None = None) -> Event:
        """Asks to sit later; is let to sit in the session `let`."""

        def happen(at: datetime) -> None:
            here = Seat.objects.select_related("session", "person").get(pk=seat.pk)
            asked = exams.ask_deferral(seat=here, reason=Deferral.Reason.ON_DUTY, note=note, by=here.person, at=at)
            if let:
                decided = at + 90 * MINUTE
                answer = f"同意，编排到{let.name}"
                exams.decide_deferral(deferral=asked, approve=True, answer=answer, by=self.examiner, at=decided)
                self._seat(let, [here.enrolment], decided)

        return happen

    def _admitting(self, seat: Seat) -> Event:
        def happen(at: datetime) -> None:
            here = Seat.objects.select_related("person").get(pk=seat.pk)
            exams.admit(seat=here, reason="路上车辆故障，已核对工作证", by=self.company.people[INVIGILATOR], at=at)

        return happen

    def _appealing(self, seat: Seat) -> Event:
        def happen(at: datetime) -> None:
            attempt = Attempt.objects.filter(seat=seat).first()
            if attempt is not None and attempt.released_at:
                reason = "这一题与新版规程的说法不一致，请复核"
                position = attempt.items.exclude(score__gt=0).values_list("position", flat=True).first()
                exams.appeal(attempt=attempt, position=position, reason=reason, at=at)

        return happen


def _essay(facts: dict[str, Any]) -> Draft:
    stem = facts["stem"]
    key = {"rubric": facts["rubric"], "reference": facts["reference"]}
    return Draft(
        "essay", stem, {}, key, normalise.identity("essay", stem, []), code=facts["code"], topic=facts["topic"]
    )


def _score_sheet(facts: dict[str, Any]) -> Draft:
    items = [
        {"text": each["text"], "points": each["points"], "key": each.get("key", False)} for each in facts["items"]
    ]
    texts = [each["text"] for each in items]
    stem = facts["stem"]
    return Draft("score_sheet", stem, {"items": items}, {}, normalise.identity("score_sheet", stem, texts))
