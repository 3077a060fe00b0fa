"""Plan an exam: what its papers are made of, and how it is sat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random

from django.db import transaction

from courses.actions import publish_plain_course
from exams import queries
from exams.actions.papers import make_papers
from exams.models import Blueprint, BlueprintRule, CompulsoryQuestion, Exam, Question, QuestionBank
from exams.rules import drawing
from lms.journal import actions as journal
from lms.people.models import OrgUnit, Person


@dataclass(frozen=True)
class PlannedRule:
    """Draw `count` questions of a bank, of one type, topic, tag and difficulty where given, worth `points` each."""

    bank: QuestionBank
    count: int
    points: Decimal
    type: str = ""
    topic: str = ""
    easiest: int = drawing.EASIEST
    hardest: int = drawing.HARDEST
    tag: str = ""

    @property
    def asked(self) -> drawing.Rule:
        return drawing.Rule(
            self.bank.pk, self.type, self.topic, self.count, self.points, None, self.easiest, self.hardest, self.tag
        )


@dataclass(frozen=True)
class ExamPlan:
    """Everything an examiner decides. `pass_score` in percent; times None: always open, released at once.

    `papers` is the number of fixed papers; 0: every sitting draws its own.
    """

    title: str
    unit: OrgUnit | None
    minutes: int
    rules: Sequence[PlannedRule]
    compulsory: Sequence[tuple[Question, Decimal]] = ()
    pass_score: int = 80
    max_attempts: int = 1
    multiple_scoring: str = Exam.Scoring.ALL_OR_NOTHING
    protection: int = Exam.Protection.ONLINE
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    release_at: datetime | None = None
    shuffle_questions: bool = True
    shuffle_options: bool = True
    papers: int = 0
    no_repeats: bool = True
    exposure_limit: int | None = None
    kind: str = Exam.Kind.FORMAL
    wait_hours: int = 0
    lessons_first: bool = False
    hours_first: Decimal = Decimal(0)
    second_marker: bool = False
    arbitrate_above: int = 20
    shows: str = Exam.Shows.ANSWERS
    appeal_days: int = 3
    practice_first: int = 0
    practice_answers: int = 20
    practice_banks: Sequence[QuestionBank] = ()

    @property
    def asked(self) -> list[drawing.Rule]:
        """What one paper is made of, compulsory questions first."""
        compulsory = [
            drawing.Rule(question.bank_id, "", "", 1, points, question.pk) for question, points in self.compulsory
        ]
        return [*compulsory, *(rule.asked for rule in self.rules)]


class NothingOpen(Exception):
    """The exam asks for practice, and no bank to practise in is open for it."""


@transaction.atomic
def create_exam(*, plan: ExamPlan, by: Person | None, at: datetime) -> Exam:
    """Store the exam with its blueprint. Raises `NothingOpen`, and `drawing.Infeasible` when the banks cannot
    fill one paper.
    """
    check_practice(plan)
    blueprint = drawn_blueprint(plan, at)
    exam = Exam.objects.create(
        title=plan.title,
        unit=plan.unit,
        blueprint=blueprint,
        minutes=plan.minutes,
        pass_score=plan.pass_score,
        max_attempts=plan.max_attempts,
        multiple_scoring=plan.multiple_scoring,
        protection=plan.protection,
        opens_at=plan.opens_at,
        closes_at=plan.closes_at,
        release_at=plan.release_at,
        kind=plan.kind,
        wait_hours=plan.wait_hours,
        lessons_first=plan.lessons_first,
        hours_first=plan.hours_first,
        second_marker=plan.second_marker,
        arbitrate_above=plan.arbitrate_above,
        shows=plan.shows,
        appeal_days=plan.appeal_days,
        practice_first=plan.practice_first,
        practice_answers=plan.practice_answers,
        created_at=at,
        created_by=by,
    )
    exam.practice_banks.set(plan.practice_banks)
    journal.write("exam-created", by=by, unit=plan.unit, at=at, payload={"exam": exam.pk})
    return exam


@transaction.atomic
def create_standalone(
    *, plan: ExamPlan, code: str, line: str, hours: Decimal, account: str, by: Person | None, at: datetime
) -> Exam:
    """An exam that is assigned by itself: a course with one lesson of kind exam."""
    exam = create_exam(plan=plan, by=by, at=at)
    publish_plain_course(
        code=code,
        title=plan.title,
        line=line,
        hours=hours,
        account=account,
        lessons=[(plan.title, "exam", str(exam.uuid))],
        by=by,
        at=at,
    )
    exam.refresh_from_db(fields=["lesson"])
    return exam


def check_practice(plan: ExamPlan) -> None:
    """Raises `NothingOpen` when nobody could ever practise what the exam asks for."""
    banks = plan.practice_banks or [rule.bank for rule in plan.rules]
    if plan.practice_first and not any(bank.open_for_practice for bank in banks):
        raise NothingOpen


def drawn_blueprint(plan: ExamPlan, at: datetime) -> Blueprint:
    """The blueprint of a plan, from which a paper can be drawn. Raises `drawing.Infeasible`."""
    blueprint = _blueprint(plan, at)
    if plan.papers:
        make_papers(blueprint=blueprint, count=plan.papers, at=at)
    else:
        asked = queries.asked(blueprint.pk)
        drawing.draw(asked.rules, asked.stock(), Random(0))
    return blueprint


def _blueprint(plan: ExamPlan, at: datetime) -> Blueprint:
    blueprint = Blueprint.objects.create(
        title=plan.title,
        kind=Blueprint.Kind.FIXED if plan.papers else Blueprint.Kind.RANDOM,
        no_repeats=plan.no_repeats,
        exposure_limit=plan.exposure_limit,
        shuffle_questions=plan.shuffle_questions,
        shuffle_options=plan.shuffle_options,
        created_at=at,
    )
    BlueprintRule.objects.bulk_create(
        BlueprintRule(
            blueprint=blueprint,
            bank=rule.bank,
            type=rule.type,
            topic=rule.topic,
            easiest=rule.easiest,
            hardest=rule.hardest,
            tag=rule.tag,
            count=rule.count,
            points=rule.points,
            position=position,
        )
        for position, rule in enumerate(plan.rules, 1)
    )
    CompulsoryQuestion.objects.bulk_create(
        CompulsoryQuestion(blueprint=blueprint, question=question, points=points)
        for question, points in plan.compulsory
    )
    return blueprint
