"""The examiner's desk: setting up exams, who has sat, one more attempt, banks and imports."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exams.actions.banks import changed
from exams.kinds import ExamKind
from exams.models import Exam, Question, QuestionBank, Reopening
from lms.people.enums import Role
from lms.people.models import Person
from tests.exams.conftest import Taker, enrolled
from tests.exams.sitting import answer_all, hand_in, start
from tests.factories import LessonSpec, lessons_of, make_course

pytestmark = pytest.mark.django_db
LISTS = ["desk", "create", "banks", "import", "template"]
ANOTHER_RULE = {"rules-1-bank": "BANK", "rules-1-type": "single", "rules-1-count": 3, "rules-1-points": 1}


@pytest.fixture
def desk(ma_yue: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(ma_yue)


def text(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"exams:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def exam_form(bank: QuestionBank, **changes: Any) -> dict[str, Any]:
    """What the browser sends for an exam of four single-choice questions."""
    facts = {
        "title": "季度测评", "unit": bank.unit_id, "minutes": 30, "pass_score": 80, "max_attempts": 2,
        "multiple_scoring": "partial", "protection": "2", "papers": "0", "shuffle_questions": "on",
        "shuffle_options": "on",
        "standalone": "on",
        "line": "safety", "hours": "0.5", "account": "safety", "compulsory": "", "compulsory_points": "2",
        "rules-TOTAL_FORMS": 2, "rules-INITIAL_FORMS": 0, "rules-0-bank": bank.pk, "rules-0-type": "single",
        "rules-0-topic": "验电", "rules-0-count": 4, "rules-0-points": "2.5",
    }  # fmt: skip
    return {**facts, **changes}


def test_only_examiners_have_the_desk(exam: Exam, bank: QuestionBank, li_zhendong: Person, client_of: Any) -> None:
    pages = [reverse(f"exams:{name}") for name in LISTS]
    pages += [reverse("exams:exam", args=[exam.uuid]), reverse("exams:bank", args=[bank.uuid])]
    for page in [*pages, reverse("exams:not_sat", args=[exam.uuid])]:
        assert client_of(li_zhendong).get(page).status_code == 404
        assert Client().get(page).status_code == 302
    assert client_of(li_zhendong).post(reverse("exams:reopen", args=[exam.uuid])).status_code == 404


def test_an_examiner_of_another_unit_sees_nothing_of_it(
    exam: Exam, taker: Taker, bank: QuestionBank, make_person: Any, client_of: Any, at: datetime
) -> None:
    other = client_of(make_person("00120055", "别处考官", "YL1302", Role.EXAMINER))
    hand_in(start(exam, taker.person, at), at)
    assert "安规考试" not in text(other, "desk") and "安规题库" not in text(other, "banks")
    assert other.get(reverse("exams:exam", args=[exam.uuid])).status_code == 404
    assert other.get(reverse("exams:bank", args=[bank.uuid])).status_code == 404
    wanted = {"enrolment": str(taker.enrolment.uuid), "reason": "x"}
    assert other.post(reverse("exams:reopen", args=[exam.uuid]), wanted).status_code == 404
    assert other.post(reverse("exams:create"), exam_form(bank)).status_code == 200
    assert Exam.objects.count() == 1


def test_an_examiner_sees_only_people_of_the_units_examined(
    exam: Exam, make_person: Any, unit: Any, client_of: Any, at: datetime
) -> None:
    exam.unit = unit("YL1301")
    exam.save()
    examiner = make_person("00120056", "城关考官", "YL1301", Role.EXAMINER)
    for staff_no, name, where in (("001", "城关甲", "YL1301"), ("002", "河东乙", "YL1302")):
        enrolled(exam, make_person(staff_no, name, where), at)
    shown = text(client_of(examiner), "not_sat", exam.uuid)
    assert "城关甲" in shown and "河东乙" not in shown


def test_an_exam_set_up_at_the_desk_can_be_assigned_and_sat(
    desk: Client, bank: QuestionBank, li_zhendong: Person, at: datetime
) -> None:
    answer: Any = desk.post(reverse("exams:create"), exam_form(bank, compulsory="T1，T3"))
    exam = Exam.objects.select_related("lesson__course__current_edition").get()
    assert answer.url == reverse("exams:exam", args=[exam.uuid])
    assert exam.lesson and exam.lesson.course.current_edition
    assert (exam.lesson.course.current_edition.title, exam.lesson.activity_key) == ("季度测评", str(exam.uuid))
    enrolled(exam, li_zhendong, at)
    attempt = start(exam, li_zhendong, at)
    assert attempt.max_score == 14
    assert "6 题，共 14 分" in text(desk, "exam", exam.uuid)
    assert exam.protection == Exam.Protection.ON_SITE


def test_an_exam_without_a_course_waits_for_a_trainer(desk: Client, bank: QuestionBank, tang_zhiyuan: Person) -> None:
    facts = exam_form(bank)
    facts.pop("standalone")
    desk.post(reverse("exams:create"), facts)
    exam = Exam.objects.get()
    assert exam.lesson is None
    assert "学员还看不到这场考试" in text(desk, "exam", exam.uuid)
    kind = ExamKind()
    assert kind.choices(tang_zhiyuan) == [(str(exam.uuid), "季度测评")]
    assert kind.why_not(str(exam.uuid)) is None
    assert kind.minutes(str(exam.uuid)) == 30


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"rules-0-count": 20}, "题库“安规题库”“验电”的单选题只有 6 道，需要 20 道。"),
        (
            {"rules-1-bank": "BANK", "rules-1-type": "single", "rules-1-count": 3, "rules-1-points": 1},
            "其他规则用掉后只剩",
        ),
        ({"rules-0-count": "", "rules-0-topic": "", "rules-0-bank": ""}, "请填写试卷由哪些题目组成。"),
        ({"rules-0-points": ""}, "请填写。"),
        ({"compulsory": "Z9"}, "没有编号为 Z9 的题目。"),
        ({"opens_at": "2026-12-02T09:00", "closes_at": "2026-12-01T09:00"}, "截止时间要晚于开放时间。"),
    ],
)
def test_what_cannot_be_is_said_in_words(desk: Client, bank: QuestionBank, changes: dict, sentence: str) -> None:
    facts = {name: bank.pk if value == "BANK" else value for name, value in changes.items()}
    answer = desk.post(reverse("exams:create"), exam_form(bank, **facts))
    assert sentence in answer.content.decode()
    assert not Exam.objects.exists()


def test_whether_papers_can_be_drawn_is_seen_before_the_exam_is_set_up(desk: Client, bank: QuestionBank) -> None:
    page = desk.post(reverse("exams:create"), exam_form(bank, check="1")).content.decode()
    assert "可以组卷：4 题，共 10 分，预计难度 3.0（满分 5）。" in page
    assert "题库题量不足以组成第二套不重复的试卷" in page  # of six questions
    page = desk.post(
        reverse("exams:create"), exam_form(bank, check="1", **{"rules-0-difficulty": "hard"})
    ).content.decode()
    assert "难度 4 至 5 的单选题只有 0 道，需要 4 道。" in page
    assert not Exam.objects.exists()


def test_questions_that_left_the_bank_keep_an_exam_out_of_lessons(exam: Exam, bank: QuestionBank) -> None:
    bank.questions.filter(type="single").update(state=Question.State.RETIRED)
    changed(bank)
    assert ExamKind().why_not(str(exam.uuid)) == "题库“安规题库”的单选题只有 0 道，需要 2 道。"
    assert ExamKind().why_not("no-uuid") == "没有这场考试。"


def test_who_has_not_sat_and_who_has(exam: Exam, taker: Taker, xie_yulan: Person, desk: Client, at: datetime) -> None:
    enrolled(exam, xie_yulan, at)
    attempt = start(exam, taker.person, at)
    answer_all(attempt, at)
    hand_in(attempt, at)
    waiting, page = text(desk, "not_sat", exam.uuid), text(desk, "exam", exam.uuid)
    assert "谢玉兰" in waiting and "城关供电所" in waiting and "李振东" not in waiting
    assert "李振东" in page and "1 人未考" in page and "已通过" in page


def test_one_more_attempt_needs_a_reason(exam: Exam, taker: Taker, desk: Client, at: datetime) -> None:
    hand_in(start(exam, taker.person, at), at)
    door = reverse("exams:reopen", args=[exam.uuid])
    desk.post(door, {"enrolment": str(taker.enrolment.uuid), "reason": " "})
    assert not Reopening.objects.exists()
    assert "增加 1 次" in text(desk, "exam", exam.uuid)
    desk.post(door, {"enrolment": str(taker.enrolment.uuid), "reason": "考试中断电"})
    assert Reopening.objects.get().reason == "考试中断电"
    assert start(exam, taker.person, at).number == 2


def test_the_page_of_an_exam_does_not_grow_with_its_attempts(
    exam: Exam, make_person: Any, desk: Client, at: datetime, statements: Any
) -> None:
    for number in range(12):
        person = make_person(f"0055{number}", f"考生{number}", "YL0901")
        enrolled(exam, person, at)
        hand_in(start(exam, person, at), at)
    text(desk, "desk")
    with statements(at_most=15):
        text(desk, "exam", exam.uuid)
    with statements(at_most=12):
        text(desk, "desk")


def test_a_bank_can_be_searched(desk: Client, bank: QuestionBank) -> None:
    page = desk.get(reverse("exams:bank", args=[bank.uuid]), {"type": "true_false", "q": "第 3 题"}).content.decode()
    assert "判断第 3 题" in page and "判断第 2 题" not in page and "单选第 3 题" not in page


def test_the_template_comes_as_a_workbook(desk: Client) -> None:
    answer = desk.get(reverse("exams:template"))
    assert answer.content.startswith(b"PK")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_copied_lesson_does_not_take_an_exam_that_people_have_sat(exam: Exam, taker: Taker, at: datetime) -> None:
    kind, key, own = ExamKind(), str(exam.uuid), exam.lesson
    [copy] = lessons_of(make_course(lessons=[LessonSpec(kind="exam", activity_key=key)]))
    kind.attach(key, copy)
    exam.refresh_from_db()
    assert exam.lesson == copy
    assert own is not None
    kind.attach(key, own)
    exam.refresh_from_db()
    start(exam, taker.person, at)
    kind.attach(key, copy)
    exam.refresh_from_db()
    assert exam.lesson == own
