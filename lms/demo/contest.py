"""安全知识竞赛: a first round that is over and a second one that is open, three people of each group a team."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Final
from uuid import UUID

from courses.enums import HourAccount, Line
from exams import actions as exams
from exams import queries, types
from exams.facts import AnswerOp
from exams.models import AttemptItem, Exam, QuestionBank
from lms.demo import habits
from lms.demo.calendar import Calendar, Event
from lms.demo.company import Company
from lms.demo.sources import load
from lms.people.models import Person
from lms.records.actions import enrol
from lms.records.models import Enrolment

EXAMINER: Final = "00120017"
GROUPS: Final = ("YL0901", "YL0902", "YL0903", "YL1001", "YL1101", "YL1102", "YL1103", "YL1301", "YL1302", "YL1303")
BANKS: Final = (
    "安全生产法与全员责任制题库",
    "电力安全工作规程（变电部分）题库",
    "电力安全工作规程（配电部分）题库",
    "触电急救（理论）题库",
)
A_TEAM: Final = 3  # people
MINUTES: Final = 20
WAITS: Final = "00120036"  # 郭海涛 has still to sit the second round


def plan_contests(company: Company, calendar: Calendar, *, seed: int) -> None:
    """The first round two weeks ago, everybody took part; the second opened the day before yesterday, half have."""
    random = Random(seed)
    first, second = habits.workday(calendar.ago(14)), calendar.ago(2)
    rounds = (
        ("安全知识竞赛初赛", calendar.at(first, 8), calendar.at(first, 18), 1.0),
        ("安全知识竞赛复赛", calendar.at(second, 8), calendar.at(second, 8) + timedelta(days=7), 0.5),
    )
    for title, opens, closes, share in rounds:
        calendar.add(opens - timedelta(days=3), _round(title, opens, closes, share, company, calendar, random))


def _round(
    title: str, opens: datetime, closes: datetime, share: float, company: Company, calendar: Calendar, random: Random
) -> Event:
    def happen(at: datetime) -> None:
        exam = _exam(title, opens, closes, company.people[EXAMINER], at)
        teams = [(company.units[code].name.partition("（")[0] + "代表队", _members(code)) for code in GROUPS]
        plan = exams.ContestPlan("named", A_TEAM, teams)
        exams.plan_contest(exam=exam, plan=plan, by=company.people[EXAMINER], at=at)
        assert exam.lesson is not None
        for _name, members in teams:
            for person in members:
                enrolment = enrol(person=person, course=exam.lesson.course, by=company.people[EXAMINER], at=at)
                if random.random() < share and (share == 1 or person.staff_no != WAITS):
                    begins = opens + timedelta(minutes=random.uniform(10, 8.5 * 60))
                    event = _sitting(exam, person, enrolment, random)
                    calendar.add(begins, event, lasts=timedelta(minutes=MINUTES))

    return happen


def _members(code: str) -> list[Person]:
    """Nobody whose story the demo tells elsewhere, except the one who has still to sit the second round."""
    told = {one["staff_no"] for one in load("company.yaml")["cast"]} - {WAITS}
    there = Person.objects.active().filter(posts__ends_on=None, posts__unit__code=code).exclude(staff_no__in=told)
    return list(there.order_by("staff_no")[:A_TEAM])


def _exam(title: str, opens: datetime, closes: datetime, by: Person, at: datetime) -> Exam:
    banks = QuestionBank.objects.filter(name__in=BANKS).order_by("name")
    plan = exams.ExamPlan(
        title=title,
        unit=banks[0].unit,
        minutes=MINUTES,
        rules=[exams.PlannedRule(bank, 5, Decimal(5)) for bank in banks],
        kind=Exam.Kind.CONTEST,
        opens_at=opens,
        closes_at=closes,
    )
    return exams.create_standalone(
        plan=plan, code="", line=Line.SAFETY, hours=Decimal(0), account=HourAccount.SAFETY, by=by, at=at
    )


def _sitting(exam: Exam, person: Person, enrolment: Enrolment, random: Random) -> Event:
    def happen(at: datetime) -> None:
        attempt, _new = exams.start_attempt(exam=exam, person=person, enrolment=enrolment, at=at, random=random)
        able, pace = random.gauss(0.8, 0.1), random.uniform(20, 45)
        for item in attempt.items.select_related("version", "attempt__exam").order_by("position"):
            at += timedelta(seconds=pace * random.uniform(0.5, 1.5))
            _answer(item, random.random() < able, at, random)
        exams.submit_attempt(attempt=queries.locked_attempt(pk=attempt.pk), by=person, at=at + timedelta(seconds=9))

    return happen


def _answer(item: AttemptItem, right: bool, at: datetime, random: Random) -> None:
    version = item.version
    good = types.get(version.type).right(version.content, version.key, item.order)
    op = AnswerOp(
        op_id=UUID(int=random.getrandbits(128), version=4),
        seq=item.position,
        item=item.position,
        base_version=0,
        holder=item.attempt.holder,
        payload=good if right else good[1:] or [min({0, 1} - set(good))],
    )
    exams.save_answer(item=item, op=op, at=at)
