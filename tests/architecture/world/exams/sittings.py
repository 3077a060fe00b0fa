"""Exams that were sat, are being sat, and were corrected afterwards."""

from datetime import datetime, timedelta

from exams import actions as exams
from exams import media as question_media
from exams.imports import read, waiting
from exams.models import Attempt, Exam, QuestionBank, QuestionMedia, QuestionVersion
from tests.architecture.world.cast import Names, Who, World
from tests.architecture.world.exams.making import make_exam, question
from tests.exams.examples import PHOTO
from tests.exams.sitting import answer_all, hand_in, start
from tests.exams.workbooks import GOOD, workbook


def sit(world: World, names: Names) -> QuestionBank:
    """An exam, analysed, that the learner failed once and sits now, and another whose scores are not released yet."""
    at, learner = world.at, world.people[Who.LEARNER]
    bank = exams.open_bank(name=f"安规题库{names.text}"[:100], unit=world.units["YL"], by=None, at=at)
    exams.add_questions(bank=bank, drafts=[question(names, n) for n in range(6)], by=None, at=at)
    photo = _photo(bank, at)
    exam = make_exam(world, bank, f"安规考试{names.text}"[:150])
    finished = start(exam, learner, at)
    answer_all(finished, at, right=1)
    finished = hand_in(finished, at)
    exams.order_analysis(exam=exam, which="first", by=world.people[Who.EXAMINER], at=at)
    exams.analyse_waiting(at=at)
    running = start(exam, learner, at + timedelta(seconds=1))
    held = make_exam(world, bank, "未公布的考试", release_at=at + timedelta(days=3), max_attempts=1)
    unreleased = start(held, learner, at)
    answer_all(unreleased, at, right=3)
    unreleased = hand_in(unreleased, at)
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
        "paper_exam": make_exam(world, bank, "固定卷考试", papers=1).uuid, "paper_label": "A", "paper_position": 1,
        "photo": photo.sha256, "question": bank.questions.get(code="D0").uuid,
        "other_question": bank.questions.get(code="D1").uuid,
    }  # fmt: skip
    return bank


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
