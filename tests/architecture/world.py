"""One small company with one of everything, a learner of 城关 its owner: what access table and attacks knock on.

Built by verbs, inside one transaction per module that is rolled back at its end. `names` lets a hostile world call
its people and works by payloads instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from wagtail.documents import get_document_model

from certificates.actions import issue, place_template
from certificates.models import Certificate
from cms.actions import add_image
from cms.assets import keep
from cms.media.actions import keep_media
from cms.media.arrivals import Arrival
from cms.models import MediaFile
from courses import imports
from courses.actions import draft_course, draft_lesson, ensure_catalogue, publish_course
from courses.imports import uploads as course_uploads
from courses.models import Course, CoursePage
from exams import actions as exams
from exams import media as question_media
from exams.actions import ExamPlan, PlannedRule
from exams.actions.banks import Draft
from exams.imports import read, waiting
from exams.imports.normalise import identity
from exams.models import Attempt, Exam, QuestionBank, QuestionMedia, QuestionVersion
from lms.journal.actions import deliver
from lms.kernel import clock
from lms.news.actions import Origin, Signing, draft_article, publish_draft
from lms.news.enums import Kind, Part
from lms.news.models import Article
from lms.people.actions import grant_role, join, place_unit, read_roster
from lms.people.enums import Employment, PositionFamily, Role, UnitKind
from lms.people.models import OrgUnit, Person, Position
from lms.records.actions import assign, complete_lesson, enrol
from lms.records.models import Enrolment, TrainingRecord
from lms.records.rules import Result
from lms.reports.actions import save_filter
from tests.cms.pictures import encoded, png
from tests.cms.recordings import PATTERN
from tests.exams.examples import PHOTO
from tests.exams.practising import answer_all as answer_run
from tests.exams.practising import begin, opened
from tests.exams.sitting import answer_all, hand_in, save, start
from tests.exams.workbooks import GOOD, workbook
from tests.factories import lessons_of
from tests.people.conftest import row as roster_row
from tests.people.conftest import workbook as roster_workbook

PASSWORD = "Knock-Knock-2031"


class Who(StrEnum):
    """Who knocks. Managers and administrators hold their role over the unit named beside them."""

    ANONYMOUS = "anonymous"
    LEARNER = "learner"  # of 城关: the owner of everything
    OTHER_LEARNER = "other learner"  # of 河东
    MANAGER = "manager of the unit"  # 城关
    OTHER_MANAGER = "other manager"  # 河东
    TRAINER = "trainer"  # wrote the course and a draft
    SECOND_TRAINER = "second trainer"
    REVIEWER = "reviewer"  # of the subject
    COMPLIANCE = "compliance reviewer"
    EXAMINER = "examiner"
    TRAINING_ADMIN = "training_admin"
    OTHER_ADMIN = "other training_admin"  # over 河东 only
    SYSTEM_ADMIN = "system_admin"
    AUDITOR = "auditor"
    EXTERNAL = "external person"


@dataclass(frozen=True)
class Member:
    number: str
    name: str
    unit: str
    role: Role | None = None
    over: str = ""


CAST: Mapping[Who, Member] = {
    Who.LEARNER: Member("00120101", "谢玉兰", "CG"),
    Who.OTHER_LEARNER: Member("00120110", "彭小军", "HD"),
    Who.MANAGER: Member("00120097", "罗建华", "CG", Role.MANAGER, "CG"),
    Who.OTHER_MANAGER: Member("00120106", "曹斌", "HD", Role.MANAGER, "HD"),
    Who.TRAINER: Member("00120031", "唐志远", "AJ", Role.TRAINER, "YL"),
    Who.SECOND_TRAINER: Member("00120070", "邓敏", "AJ", Role.TRAINER, "YL"),
    Who.REVIEWER: Member("00120016", "孙国强", "AJ", Role.REVIEWER, "YL"),
    Who.COMPLIANCE: Member("00120021", "许婷", "AJ", Role.COMPLIANCE, "YL"),
    Who.EXAMINER: Member("00120017", "马跃", "AJ", Role.EXAMINER, "YL"),
    Who.TRAINING_ADMIN: Member("00120011", "林晓雯", "AJ", Role.TRAINING_ADMIN, "YL"),
    Who.OTHER_ADMIN: Member("00120107", "赵敏", "HD", Role.TRAINING_ADMIN, "HD"),
    Who.SYSTEM_ADMIN: Member("admin", "系统管理员", "AJ", Role.SYSTEM_ADMIN, "YL"),
    Who.AUDITOR: Member("00120028", "纪检专责", "AJ", Role.AUDITOR, "YL"),
    Who.EXTERNAL: Member("W0000001", "石磊", "WB"),
}
UNITS = [
    ("YL", "云岭县供电公司", UnitKind.COMPANY, None),
    ("AJ", "安全监察部", UnitKind.DEPARTMENT, "YL"),
    ("CG", "城关供电所", UnitKind.STATION, "YL"),
    ("HD", "河东供电所", UnitKind.STATION, "YL"),
    ("WB", "云岭恒安电力工程队", UnitKind.EXTERNAL, "YL"),
]


@dataclass(frozen=True)
class Names:
    """What free texts say; a hostile world says something else."""

    learner: str = "谢玉兰"
    course: str = "触电急救（理论）"
    text: str = "先验电，后接地。"
    unit: str = "城关供电所"
    option: str = "合格的验电器"


@dataclass
class World:
    """Persons, things, and a logged-in browser for each person. `things` are the arguments of addresses."""

    at: datetime
    people: dict[Who, Person] = field(default_factory=dict)
    units: dict[str, OrgUnit] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    sessions: dict[Who, str] = field(default_factory=dict)

    def browser(self, who: Who, **options: Any) -> Client:
        """A fresh browser that is already logged in; its cookies are its own."""
        client = Client(**options)
        if who in self.sessions:
            client.cookies["sessionid"] = self.sessions[who]
        return client

    def fresh(self, who: Who) -> Person:
        """The person as the database has them now; the ones in `people` remember what was undone."""
        person: Person = Person.objects.get(pk=self.people[who].pk)
        return person

    @property
    def facts(self) -> SimpleNamespace:
        return SimpleNamespace(**self.things)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def standing(names: Names = Names()) -> Iterator[World]:
    """A world for as long as the block lasts."""
    with undone():
        yield build(names)


def build(names: Names) -> World:
    world = World(clock.now())
    _people(world, names)
    _content(world, names)
    _learning(world)
    _exam(world, names)
    _practice(world, names)
    _session(world, names)
    _desk(world)
    for who, person in world.people.items():
        client = Client()
        client.force_login(person, backend="lms.people.login.StaffNumberBackend")
        world.sessions[who] = client.cookies["sessionid"].value
    return world


def _people(world: World, names: Names) -> None:
    for code, name, kind, above in UNITS:
        name = names.unit if code == "CG" else name
        world.units[code] = place_unit(
            code=code, name=name, kind=kind, parent=world.units[above] if above else None, by=None, at=world.at
        )
    post = Position.objects.create(code="P00", name="值班员", family=PositionFamily.SKILLED)
    ensure_catalogue()
    for who, member in CAST.items():
        person = join(
            staff_no=member.number, name=names.learner if who is Who.LEARNER else member.name,
            unit=world.units[member.unit], position=post, starts_on=date(2024, 1, 1), by=None, at=world.at,
            employment=Employment.CONTRACTOR if who is Who.EXTERNAL else Employment.OWN, must_change_password=False,
        )  # fmt: skip
        if member.role:
            grant = grant_role(person=person, role=member.role, unit=world.units[member.over], by=None, at=world.at)
            world.things["grant"] = grant.pk if who is Who.MANAGER else world.things.get("grant")
        world.people[who] = person


def _content(world: World, names: Names) -> None:
    """A published course of the trainer with one lesson and a self-check, and a draft of the trainer's."""
    trainer, things = world.people[Who.TRAINER], world.things
    image = add_image(title="图", file_name="a.png", content=png(), by=trainer)
    document = get_document_model().objects.create(
        title="规程", file=ContentFile(b"text", "rules.txt"), uploaded_by_user=trainer
    )
    film = kept_media("video", trainer, world.at)
    booklet = kept_media("document", trainer, world.at)
    page = _course_page(names.course, names, trainer, world.at, film, booklet)
    publish_course(page=page, by=trainer, at=world.at)
    course = Course.objects.get(page=page)
    draft = _course_page(f"{names.course}草稿", names, trainer, world.at, film, booklet)
    lesson = lessons_of(course)[0]
    things |= {
        "page": draft.pk, "page_lesson": draft.lesson_pages()[0].pk, "live_page": page.pk,
        "catalogue": draft.get_parent().pk, "revision": draft.latest_revision.pk,
        "image": image.pk, "image_file": image.get_rendition("max-165x165").file.name, "asset": keep(encoded("WEBP")),
        "film": film.uuid, "booklet": booklet.uuid, "one": 1, "media_file": film.pk,
        "document": document.pk, "document_name": document.filename, "language": "zh-hans",
        "course": course.uuid, "lesson": lesson.uuid, "course_object": course, "lesson_object": lesson,
        "self_check": next(iter(lesson.editions.get().self_checks)),
        "article": _article(names, trainer, world.at).uuid,
        "course_import": _sent(names, trainer, world.at),
    }  # fmt: skip


def _article(names: Names, owner: Person, at: datetime) -> Article:
    """News that everybody has to sign."""
    page = draft_article(
        kind=Kind.ANNOUNCEMENT, title=names.course[:80], owner=owner, by=owner, at=at,
        parts={Part.TEXT: [{"type": "rich_text", "value": "<p>正文。</p>"}]},
        origin=Origin(summary=names.text[:300], document_number=names.text[:100], issuer=names.unit[:100]),
        signing=Signing(date(2099, 1, 1)),
    )  # fmt: skip
    return publish_draft(page=page, by=owner, at=at).article


def _sent(names: Names, trainer: Person, at: datetime) -> UUID:
    """A file the trainer sent and has not confirmed."""
    text = f"# {names.course}\n\n{names.text}\n\n## {names.course}\n\n{names.text}\n\n![{names.text}](a.png)\n"
    draft = imports.read([imports.Sent("a.md", text.encode()), imports.Sent("a.png", png())])
    return course_uploads.keep(draft, file_name=names.course, person=trainer, at=at)


def kept_media(kind: str, owner: Person, at: datetime) -> MediaFile:
    """A file as it is after it was looked into; a document with one page."""
    page = [PATTERN] if kind == "document" else []
    arrival = Arrival(PATTERN, "application/pdf" if page else "video/mp4", seconds=0 if page else 6, drawn=page)
    return keep_media(kind=kind, title="示范", arrival=arrival, by=owner, at=at)


def _course_page(title: str, names: Names, owner: Person, at: datetime, *media: MediaFile) -> CoursePage:
    page = draft_course(
        title=title, line="safety", hours=1, owner=owner, by=owner, at=at, summary=names.text, objectives=names.text,
        audience=names.text, modules=[names.text[:100]],
    )  # fmt: skip
    check = {
        "question": names.text,
        "options": [{"text": names.option, "correct": True}, {"text": f"{names.option}二", "correct": False}],
        "explanation": "<p>先验电。</p>",
    }
    blocks: Sequence[dict[str, Any]] = [
        {"type": "rich_text", "value": "<p>正文。</p>", "id": str(uuid4())},
        {"type": "self_check", "value": check, "id": str(uuid4())},
        *({"type": file.kind, "value": {"file": file.pk}, "id": str(uuid4())} for file in media),
    ]
    draft_lesson(course_page=page, title=names.course[:80], blocks=blocks, module=names.text[:100], by=owner, at=at)
    return CoursePage.objects.get(pk=page.pk)


def _learning(world: World) -> None:
    """The learner has completed the course, was assigned it, holds its certificate and has notices of all that."""
    learner, course, at = world.people[Who.LEARNER], world.things["course_object"], world.at
    template = place_template(
        key="safety", name="培训合格证书", signer="云岭县供电公司", signer_title="", prefix="YL-AQ",
        seal_text="演示专用", validity_months=36, courses=[course], by=None, at=at,
    )  # fmt: skip
    world.things["template"] = template
    world.things["template_key"] = template.key
    assignment = assign(course=course, unit=world.units["CG"], due_at=at + timedelta(days=9), by=None, at=at)
    other = assign(course=course, person=world.people[Who.OTHER_LEARNER], by=None, at=at)
    enrolment = enrol(person=learner, course=course, by=None, at=at)
    complete_lesson(
        enrolment=enrolment, lesson=world.things["lesson_object"], source="world", by=None, at=at,
        result=Result(Decimal(92), Decimal(100), True),
    )  # fmt: skip
    enrolment.refresh_from_db()
    deliver(at=at, limit=500)
    certificate = issue(enrolment=enrolment, at=at)
    assert certificate is not None
    deliver(at=at, limit=500)
    _printed(certificate, at)
    notice = learner.notices.first()
    assert notice is not None
    world.things |= {
        "assignment": assignment.uuid, "other_assignment": other.uuid, "enrolment": enrolment.uuid,
        "certificate": certificate.uuid, "code": certificate.code, "notice": notice.uuid,
        "record": TrainingRecord.objects.get(enrolment=enrolment).uuid, "person": learner.uuid,
        "saved_filter": save_filter(
            name="逾期", view="people", query="state=overdue", by=world.people[Who.TRAINING_ADMIN], at=at
        ).uuid,
        "number": learner.staff_no, "manager": world.people[Who.MANAGER].uuid,
    }  # fmt: skip


def _printed(certificate: Certificate, at: datetime) -> None:
    certificate.pdf = ContentFile(b"%PDF-1.7", f"{certificate.uuid}.pdf")
    certificate.png = ContentFile(b"\x89PNG", f"{certificate.uuid}.png")
    certificate.rendered_at = at
    certificate.save()


def _exam(world: World, names: Names) -> None:
    """An exam, analysed, that the learner failed once and sits now, and another whose scores are not released yet."""
    at, learner = world.at, world.people[Who.LEARNER]
    bank = exams.open_bank(name=f"安规题库{names.text}"[:100], unit=world.units["YL"], by=None, at=at)
    exams.add_questions(bank=bank, drafts=[_question(names, n) for n in range(6)], by=None, at=at)
    photo = _photo(bank, at)
    exam = _make_exam(world, bank, f"安规考试{names.text}"[:150])
    finished = start(exam, learner, at)
    answer_all(finished, at, right=1)
    finished = hand_in(finished, at)
    exams.order_analysis(exam=exam, which="first", by=world.people[Who.EXAMINER], at=at)
    exams.analyse_waiting(at=at)
    running = start(exam, learner, at + timedelta(seconds=1))
    held = _make_exam(world, bank, "未公布的考试", release_at=at + timedelta(days=3), max_attempts=1)
    unreleased = start(held, learner, at)
    answer_all(unreleased, at, right=3)
    unreleased = hand_in(unreleased, at)
    _essay(world, bank, names)
    _practical(world, bank, names)
    _corrected(world, exam, finished)
    world.things["appeal"] = exams.appeal(attempt=finished, position=1, reason=names.text, at=at).uuid
    assert exam.lesson is not None
    upload = waiting.keep(
        read(workbook(GOOD)), file_name="题.xlsx", bank_name="新题库", unit=world.units["YL"],
        by=world.people[Who.EXAMINER], at=at,
    )  # fmt: skip
    world.things |= {
        "bank": bank.uuid, "exam": exam.uuid, "attempt": running.uuid, "finished": finished.uuid,
        "unreleased": unreleased.uuid, "holder": running.holder, "exam_course": exam.lesson.course.uuid,
        "exam_lesson": exam.lesson.uuid, "exam_enrolment": running.enrolment.uuid, "upload": upload.uuid,
        "paper_exam": _make_exam(world, bank, "固定卷考试", papers=1).uuid, "paper_label": "A", "paper_position": 1,
        "photo": photo.sha256, "question": bank.questions.get(code="D0").uuid,
    }  # fmt: skip


def _practice(world: World, names: Names) -> None:
    """A bank open for practice, of which the learner has answered all of one run and nothing of another."""
    at, learner = world.at, world.people[Who.LEARNER]
    bank = exams.open_bank(name=f"练习题库{names.text}"[:100], unit=world.units["YL"], by=None, at=at)
    exams.add_questions(bank=bank, drafts=[_question(names, n) for n in range(6)], by=None, at=at)
    opened(bank, at)
    practised = begin(learner, at, "topic", bank, topic=names.text[:100])
    answer_run(practised, at, right=5)
    run = begin(learner, at, "type", bank, type="single")
    world.things |= {"practice_bank": bank.uuid, "practised": practised.uuid, "practice_run": run.uuid}


def _session(world: World, names: Names) -> None:
    """A session tomorrow with a seat for the learner; the other unit's manager invigilates."""
    at, bank = world.at, QuestionBank.objects.get(uuid=world.things["bank"])
    exam = _make_exam(world, bank, f"普考{names.text}"[:150])
    plan = exams.SessionPlan(
        name=names.text[:60], room=names.unit, capacity=9, begins_at=at + timedelta(days=1),
        ends_at=at + timedelta(days=1, hours=1),
    )  # fmt: skip
    invigilators = [world.people[Who.OTHER_MANAGER]]
    session = exams.plan_session(exam=exam, plan=plan, invigilators=invigilators, by=None, at=at)
    enrolment = Enrolment.objects.get(person=world.people[Who.LEARNER], course=exam.lesson.course)  # type: ignore[union-attr]
    [seat] = exams.seat_people(session=session, enrolments=[enrolment], by=None, at=at)
    asked = exams.ask_deferral(seat=seat, reason="other", note=names.text[:255], by=world.people[Who.LEARNER], at=at)
    make_up = exams.plan_make_up(
        original=exam, plan=exams.MakeUpPlan(f"补考{names.text}"[:150]), failed=[], absent=[enrolment], by=None, at=at
    )
    world.things |= {
        "exam_session": session.uuid, "seat": seat.uuid, "session_exam": exam.uuid, "deferral": asked.uuid,
        "make_up": make_up.uuid, "entrant": enrolment.uuid,
    }  # fmt: skip


def _essay(world: World, bank: QuestionBank, names: Names) -> None:
    """Handed in by the learner, and to be marked."""
    stem = f"论述：{names.text}"
    draft = Draft("essay", stem, {}, {"rubric": [], "reference": names.text}, identity("essay", stem, []))
    exams.add_questions(bank=bank, drafts=[draft], by=None, at=world.at)
    exam = _make_exam(world, bank, "论述考试", rules=[PlannedRule(bank, 1, Decimal(5), "essay")])
    attempt = start(exam, world.people[Who.LEARNER], world.at)
    save(attempt, 1, names.text, world.at)
    hand_in(attempt, world.at)
    item = attempt.items.get()
    world.things |= {"essay_exam": exam.uuid, "essay_question": item.version.question.uuid, "essay": item.pk}


def _practical(world: World, bank: QuestionBank, names: Names) -> None:
    """The learner works in front of an assessor; the other learner has not yet."""
    content = {"items": [{"text": names.text, "points": "5", "key": True}]}
    stem = f"实操：{names.text}"
    draft = Draft("score_sheet", stem, content, {}, identity("score_sheet", stem, [names.text]))
    exams.add_questions(bank=bank, drafts=[draft], by=None, at=world.at)
    exam = _make_exam(world, bank, "实操考核", rules=[PlannedRule(bank, 1, Decimal(5), "score_sheet")])
    attempt = start(exam, world.people[Who.LEARNER], world.at)
    assert exam.lesson is not None
    other = Enrolment.objects.get(person=world.people[Who.OTHER_LEARNER], course=exam.lesson.course)
    world.things |= {"practical_exam": exam.uuid, "practical": attempt.uuid, "practical_enrolment": other.uuid}


def _corrected(world: World, exam: Exam, finished: Attempt) -> None:
    """Everybody got the points of one question."""
    wrong = finished.items.filter(score=0).select_related("version")[0]
    correction = exams.correct(
        exam=exam, version=wrong.version, kind="full", reason="答案有误", by=world.people[Who.EXAMINER], at=world.at
    )
    exams.go_on(correction=correction, at=world.at)
    world.things |= {
        "asked_version": wrong.version_id,
        "correction": correction.uuid,
        "score_change": finished.score_changes.get().uuid,
    }


def _photo(bank: QuestionBank, at: datetime) -> QuestionMedia:
    """A picture that every question of the bank shows."""
    question_media.keep(PHOTO)
    photo = QuestionMedia.objects.create(
        bank=bank, sha256=PHOTO.name, mime=PHOTO.mime, size=len(PHOTO.data), created_at=at
    )
    photo.versions.set(QuestionVersion.objects.filter(question__bank=bank))
    return photo


def _question(names: Names, number: int) -> Draft:
    stem = f"第 {number} 题：{names.text}（　）。"
    options = [f"{names.option}{number}", f"错误甲{number}", f"错误乙{number}"]
    return Draft(
        "single", stem, {"options": options}, {"correct": [0]}, identity("single", stem, options), code=f"D{number}",
        topic=names.text[:100], explanation=f"解析{number}{names.text}", basis_document="《安规》",
    )  # fmt: skip


def _make_exam(world: World, bank: QuestionBank, title: str, **facts: Any) -> Exam:
    plan = ExamPlan(
        title=title, unit=world.units["YL"], minutes=30,
        **{"max_attempts": 5, "rules": [PlannedRule(bank, 5, Decimal(2), "single")], **facts},
    )  # fmt: skip
    exam = exams.create_standalone(
        plan=plan, code="", line="safety", hours=Decimal(1), account="safety", by=None, at=world.at
    )
    assert exam.lesson is not None
    for who in (Who.LEARNER, Who.OTHER_LEARNER):
        enrol(person=world.people[who], course=exam.lesson.course, by=None, at=world.at)
    return exam


def _desk(world: World) -> None:
    """The training administrator has read a roster and not applied it yet."""
    roster = read_roster(
        roster_workbook([roster_row("00129999", world.people[Who.LEARNER].name, unit="CG")]), file_name="r.xlsx",
        within=OrgUnit.objects.filter(path__startswith=world.units["CG"].path), at=world.at,
        by=world.people[Who.TRAINING_ADMIN],
    )  # fmt: skip
    world.things["roster"] = roster.uuid
