"""What examiners see of an analysis: paper, questions, answers, misread clauses, the workbook."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from exams.actions import PlannedRule, analyse_waiting
from exams.models import AnalysedItem, AnalysisOrder, Exam, ExamAnalysis, QuestionBank, QuestionVersion
from lms.people.enums import Role
from lms.people.models import Person
from tests.exams.test_analysis import analysed, sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def common(make_exam: Callable[..., Exam], bank: QuestionBank) -> Exam:
    return make_exam(title="同卷考试", rules=[PlannedRule(bank, 6, Decimal(2), "single")])


@pytest.fixture
def people(make_person: Callable[..., Person]) -> list[Person]:
    units = ["YL1301", "YL1301", "YL1302"]
    return [make_person(f"0022{number:04}", f"考生{number}", units[number % 3]) for number in range(6)]


@pytest.fixture
def desk(ma_yue: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(ma_yue)


@pytest.fixture
def analysis(common: Exam, people: list[Person], at: datetime) -> ExamAnalysis:
    sit(common, people, at)
    return analysed(common, at)


def page(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(f"exams:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_is_ordered_made_and_shown(desk: Client, common: Exam, people: list[Person], at: datetime) -> None:
    sit(common, people, at)
    assert "还没有分析过" in page(desk, "analysis", common.uuid)
    assert desk.post(reverse("exams:analysis", args=[common.uuid]), {"which": "all"}).status_code == 302
    shown = page(desk, "analysis", common.uuid)
    assert "data-waiting" in shown and "开始分析" not in shown
    order = AnalysisOrder.objects.get()
    assert order.which == "all"
    assert analyse_waiting(at=order.asked_at) == 1
    shown = page(desk, "analysis", common.uuid)
    assert "data-waiting" not in shown
    assert "6 人次（全部作答）" in shown and "内部一致性系数" in shown and "histogram-bar" in shown


def test_a_failed_order_says_so_and_can_be_made_again(desk: Client, common: Exam, at: datetime) -> None:
    AnalysisOrder.objects.create(exam=common, which="first", asked_at=at, due_at=at, state="failed")
    shown = page(desk, "analysis", common.uuid)
    assert "上一次分析没有完成" in shown and "开始分析" in shown


def test_who_has_sat_since_is_said(desk: Client, analysis: ExamAnalysis, make_person: Any, at: datetime) -> None:
    sit(analysis.exam, [make_person("00229999", "迟到", "YL1301")], at)
    assert "此后又有 1 人次交卷" in page(desk, "analysis", analysis.exam.uuid)


def test_questions_are_sorted_by_any_figure(desk: Client, analysis: ExamAnalysis) -> None:
    def numbers(sort: str) -> list[int]:
        lines = desk.get(reverse("exams:analysis", args=[analysis.exam.uuid]), {"sort": sort}).context["page"]
        return [line.item.number for line in lines]

    facility = dict(analysis.items.values_list("number", "facility"))
    upwards = [facility[number] or 0 for number in numbers("facility")]
    assert upwards == sorted(upwards)
    assert numbers("-number") == [6, 5, 4, 3, 2, 1]
    assert sorted(numbers("nonsense")) == [1, 2, 3, 4, 5, 6]


def test_a_doubtful_question_stands_first_with_the_figures_that_say_so(desk: Client, analysis: ExamAnalysis) -> None:
    AnalysedItem.objects.filter(number=4).update(attempts=30, facility=40, discrimination=-35, thirds=[60, 40, 20])
    AnalysedItem.objects.filter(number=2).update(attempts=30, facility=10, discrimination=40, thirds=[0, 10, 20])
    shown = page(desk, "analysis", analysis.exam.uuid)
    assert "可能答案有误：高分组错误更多" in shown and "高分组得分率 20 %，低分组 60 %" in shown
    assert "太难" in shown and "得分率 10 %" in shown
    assert "有 2 道题需要关注" in shown
    lines = desk.get(reverse("exams:analysis", args=[analysis.exam.uuid])).context["page"]
    assert [line.item.number for line in lines][:2] == [4, 2]


def test_one_question_shows_who_chose_what(desk: Client, analysis: ExamAnalysis) -> None:
    shown = page(desk, "analysed_item", analysis.exam.uuid, 1)
    item = analysis.items.get(number=1)
    assert item.version.stem in shown and "正确答案" in shown and "高分组" in shown
    assert all(text in shown for text in item.version.content["options"])
    assert "上一题" not in shown and "下一题" in shown
    assert desk.get(reverse("exams:analysed_item", args=[analysis.exam.uuid, 7])).status_code == 404


def test_one_question_shows_its_pictures(desk: Client, analysis: ExamAnalysis) -> None:
    item = analysis.items.select_related("version").order_by("number")[0]
    name = "ab" * 32
    changed = {"markup": "html", "stem": f'<p>图中<img src="media:{name}" alt="工作票"></p>'}
    QuestionVersion.objects.filter(pk=item.version_id).update(**changed)
    page = desk.get(reverse("exams:analysed_item", args=[analysis.exam.uuid, item.number])).content.decode()
    assert f'src="{reverse("exams:media", args=[name])}"' in page


def test_without_an_analysis_there_is_nothing_below_its_page(desk: Client, common: Exam) -> None:
    for name, *args in (("analysed_item", 1), ("misread",), ("analysis_export",)):
        assert desk.get(reverse(f"exams:{name}", args=[common.uuid, *args])).status_code == 404


def test_misread_clauses_by_unit_and_by_topic(desk: Client, analysis: ExamAnalysis) -> None:
    answer = desk.get(reverse("exams:misread", args=[analysis.exam.uuid]))
    [(row, fields)] = answer.context["page"]
    assert row.label == "《安规》 4.4.7" and list(row.numbers) == [1, 2, 3, 4, 5, 6]
    assert (row.total.asked, row.total.wrong) == (36, 21)
    assert sum(field.asked for field in fields) == 36
    assert "验电" in page(desk, "misread", analysis.exam.uuid, query="?by=topic")


def test_a_unit_is_opened_and_a_foreign_one_is_not(
    desk: Client, analysis: ExamAnalysis, client_of: Any, make_person: Any
) -> None:
    shown = desk.get(reverse("exams:misread", args=[analysis.exam.uuid]), {"unit": "YL1301"}).context
    assert [row.total.asked for row, _fields in shown["page"]] == [24]
    assert desk.get(reverse("exams:misread", args=[analysis.exam.uuid]), {"unit": "0\0"}).status_code == 404


def test_an_examiner_of_one_station_sees_only_its_wrong_answers(
    analysis: ExamAnalysis, client_of: Any, make_person: Any
) -> None:
    Exam.objects.update(unit=None)
    own = client_of(make_person("00120055", "河东考官", "YL1302", Role.EXAMINER))
    shown = own.get(reverse("exams:misread", args=[analysis.exam.uuid]))
    assert [row.total.asked for row, _fields in shown.context["page"]] == [12]
    assert "YL1301" not in shown.content.decode()
    sheet = _sheet(own, analysis.exam, 3)
    assert sheet[1][1] == 12


def test_the_workbook_holds_paper_questions_answers_and_clauses(desk: Client, analysis: ExamAnalysis) -> None:
    stem = analysis.items.get(number=1).version
    type(stem).objects.filter(pk=stem.pk).update(stem="=1+1")
    paper = dict(row[:2] for row in _sheet(desk, analysis.exam, 0)[1:])
    assert paper["考试"] == "同卷考试" and paper["平均分"] == pytest.approx(5)
    questions = _sheet(desk, analysis.exam, 1)
    assert questions[1][1] == "=1+1" and len(questions) == 7
    assert len(_sheet(desk, analysis.exam, 2)) == 1 + 18
    assert _sheet(desk, analysis.exam, 4)[1][0] == "验电"


def _sheet(client: Client, exam: Exam, number: int) -> list[tuple[Any, ...]]:
    answer = client.get(reverse("exams:analysis_export", args=[exam.uuid]))
    book = load_workbook(BytesIO(b"".join(answer)), data_only=False)
    sheet = book.worksheets[number]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_the_bank_shows_what_was_measured(desk: Client, bank: QuestionBank, analysis: ExamAnalysis) -> None:
    shown = page(desk, "bank", bank.uuid)
    assert "实测失分率" in shown and "（6 人次）" in shown


def test_the_page_does_not_ask_more_for_more_questions(desk: Client, analysis: ExamAnalysis) -> None:
    address = reverse("exams:analysis", args=[analysis.exam.uuid])
    desk.get(address)
    with CaptureQueriesContext(connection) as all_of_them:
        desk.get(address)
    AnalysedItem.objects.filter(number__gt=2).delete()
    with CaptureQueriesContext(connection) as two:
        desk.get(address)
    assert len(all_of_them) == len(two) <= 11
