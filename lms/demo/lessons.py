"""The courses of `content/`, and the exam and certificate that end S4."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from certificates.actions import place_template
from courses.actions import Activity, draft_course, draft_lesson, publish_course
from courses.enums import HourAccount, LessonKind
from courses.models import Course, CoursePage
from exams import types
from exams.actions import ExamPlan, PlannedRule, add_questions, create_exam, open_bank
from exams.actions.banks import Draft
from exams.models import Exam, Question, QuestionBank
from exams.rules import normalise
from exams.types.question_type import Written
from lms.demo.sources import CONTENT, load, written_courses
from lms.people.models import OrgUnit, Person, PositionTag


@dataclass(frozen=True)
class Library:
    """What was built: courses and exams by course code."""

    courses: dict[str, Course]
    exams: dict[str, Exam]


def build_library(people: dict[str, Person], *, at: datetime) -> Library:
    """Publish every course; the folders of `content/` say which have lessons."""
    library = Library({}, {})
    company = OrgUnit.objects.get(code="YL")
    for folder in written_courses():
        _written(folder, people, company, library, at)
    return library


def _written(folder: str, people: dict[str, Person], company: OrgUnit, library: Library, at: datetime) -> None:
    facts = load(f"{folder}/course.yaml")
    owner, examiner = people[facts["owner"]], people["00120017"]
    bank = _bank(folder, company, examiner, at)
    if facts.get("exam"):
        library.exams[facts["code"]] = _exam(facts["exam"], bank, company, examiner, at)
    page = _course(facts, owner, at)
    for module in facts["modules"]:
        for slug in module["lessons"]:
            _lesson(folder, slug, page, module["title"], library.exams.get(facts["code"]), owner, at)
    edition = publish_course(page=page, by=owner, at=at)
    assert edition is not None
    library.courses[facts["code"]] = edition.course
    if facts.get("certificate"):
        _certificate(facts, edition.course, at)


def _course(facts: dict[str, Any], owner: Person, at: datetime) -> CoursePage:
    return draft_course(
        code=facts["code"],
        title=facts["title"],
        line=facts["line"],
        hours=str(facts["hours"]),
        account=facts.get("account", HourAccount.COMPANY),
        summary=facts["summary"],
        objectives="\n".join(facts.get("objectives", [])),
        audience=facts["audience"],
        position_tags=list(PositionTag.objects.filter(key__in=facts.get("posts", []))),
        modules=[*(module["title"] for module in facts["modules"]), *facts.get("coming_modules", [])],
        owner=owner,
        by=owner,
        at=at,
    )


def _lesson(
    folder: str, slug: str, page: CoursePage, module: str, exam: Exam | None, owner: Person, at: datetime
) -> None:
    activity: Activity | None = None
    facts: dict[str, Any]
    if exam is not None and slug == "exam":
        activity = Activity("exam", str(exam.uuid))
        facts = {"title": exam.title, "minutes": exam.minutes, "blocks": [], "kind": LessonKind.EXAM}
    else:
        facts = {"kind": LessonKind.READING, **load(f"{folder}/{slug}.yaml")}
    draft_lesson(
        course_page=page,
        title=facts["title"],
        module=module,
        minutes=facts["minutes"],
        blocks=facts["blocks"],
        kind=facts["kind"],
        activity=activity,
        images=CONTENT / folder / "images",
        by=owner,
        at=at,
    )


def _bank(folder: str, company: OrgUnit, examiner: Person, at: datetime) -> QuestionBank:
    facts = load(f"{folder}/questions.yaml")
    bank = open_bank(name=facts["title"], unit=company, by=examiner, at=at)
    add_questions(bank=bank, drafts=[_draft(question) for question in facts["questions"]], by=examiner, at=at)
    return bank


def _draft(facts: dict[str, Any]) -> Draft:
    kind = types.named(facts["type"])
    assert kind is not None, facts["type"]
    options = dict(zip("ABCDEFGH", map(str, facts.get("options") or []), strict=False))
    content, key = kind.written(Written(facts["stem"], options, _answer(facts["answer"])))
    return Draft(
        type=kind.key,
        stem=facts["stem"],
        content=content,
        key=key,
        hash=normalise.identity(kind.key, facts["stem"], kind.texts(content)),
        code=facts["code"],
        topic=facts["topic"],
        difficulty=facts["difficulty"],
        explanation=facts["explanation"],
        basis_document=facts["basis"]["document"],
        basis_clause=facts["basis"]["clause"],
        basis_edition=facts["edition"],
    )


def _answer(answer: str | bool) -> str:
    return {True: "正确", False: "错误"}[answer] if isinstance(answer, bool) else answer


def _exam(facts: dict[str, Any], bank: QuestionBank, company: OrgUnit, examiner: Person, at: datetime) -> Exam:
    questions = {question.code: question for question in Question.objects.filter(bank=bank)}
    plan = ExamPlan(
        title=facts["title"],
        unit=company,
        minutes=facts["minutes"],
        pass_score=facts["pass_score"],
        max_attempts=facts["max_attempts"],
        rules=[_rule(rule, bank) for rule in facts["rules"]],
        compulsory=[(questions[each["code"]], Decimal(each["points"])) for each in facts["compulsory"]],
        shuffle_questions=facts["shuffle_questions"],
        shuffle_options=facts["shuffle_options"],
    )
    return create_exam(plan=plan, by=examiner, at=at)


def _rule(rule: dict[str, Any], bank: QuestionBank) -> PlannedRule:
    kind = types.named(rule["type"])
    assert kind is not None, rule["type"]
    points = Decimal(rule["points"])
    return PlannedRule(bank, rule["count"], points, type=kind.key, topic=rule["topic"] or "")


def _certificate(facts: dict[str, Any], course: Course, at: datetime) -> None:
    certificate = facts["certificate"]
    place_template(
        key=facts["code"].lower(),
        name=certificate["name"],
        wording=certificate["wording"].strip(),
        signer="云岭县供电公司",
        signer_title="人力资源部",
        seal_text="云岭县供电公司 演示专用",
        prefix=certificate["prefix"],
        validity_months=certificate["validity_months"],
        courses=[course],
        by=None,
        at=at,
    )
