"""A file of questions between reading and confirming: what is shown, what is decided, what is stored."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exams.imports import waiting
from exams.models import ImportRow, Question, QuestionBank, QuestionImport, QuestionVersion
from lms.journal.models import Entry
from lms.people.enums import Role
from lms.people.models import OrgUnit, Person
from tests.exams.workbooks import GOOD, workbook

pytestmark = pytest.mark.django_db

ALL_RIGHT = ["多选题", "哪些是安全工器具", "绝缘手套", "绝缘靴", "验电器", "", "ABC", *GOOD[7:]]
TWO_ANSWERS = ["单选题", "哪些可以验电", "验电器", "手", "验电笔", "", "AC", *GOOD[7:]]
SILENT = ["判断题", "先验电后接地", "", "", "", "", "对", "易", "安全", "验电", "", ""]
WRONG = ["单选题", "", *GOOD[2:]]


@pytest.fixture
def desk(ma_yue: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(ma_yue)


def send(desk: Client, *rows: Sequence[object], data: bytes | None = None, **facts: Any) -> Any:
    """Upload a file of these rows into a new bank; the answer is the preview."""
    unit = OrgUnit.objects.get(code="YL")
    file = SimpleUploadedFile("题.xlsx", workbook(*rows) if data is None else data)
    own = {"file": file, "bank": "", "name": "新题库", "unit": unit.pk}
    return desk.post(reverse("exams:import"), {**own, **facts}, follow=True)


def door(name: str) -> str:
    return reverse(f"exams:{name}", args=[QuestionImport.objects.latest("pk").uuid])


def rows_of(page: Any) -> list[tuple[int, str, bool]]:
    """Row, kind and choice of everything a preview lists."""
    return [(one.row.cells["row"], one.row.kind, one.row.taken) for one in page.context["rows"]]


def choice(row: int, value: str) -> dict[str, str]:
    found = next(one for one in QuestionImport.objects.latest("pk").rows.all() if one.cells["row"] == row)
    return {f"row-{found.pk}": value}


def stems(bank: str = "新题库") -> list[str]:
    return list(Question.objects.filter(bank__name=bank).order_by("pk").values_list("current__stem", flat=True))


def test_a_preview_stores_nothing_and_its_confirmation_once(desk: Client, unit: Any) -> None:
    unit("YL")
    page = send(desk, GOOD, WRONG)
    shown = page.content.decode()
    assert "单元格为空" in shown and "B 题干" in shown and "验电应当使用什么" in shown
    assert not QuestionBank.objects.exists()
    confirm = door("import_confirm")
    answer: Any = desk.post(confirm)
    made = QuestionBank.objects.get(name="新题库")
    assert answer.url == reverse("exams:bank", args=[made.uuid])
    assert stems() == ["验电应当使用什么"]
    again = desk.post(confirm, follow=True)
    assert "已经导入过" in again.content.decode()
    assert "已经导入过" in desk.get(door("import_preview"), follow=True).content.decode()
    assert made.questions.count() == 1 and not ImportRow.objects.exists()
    assert Entry.objects.filter(kind="questions-added").count() == 1


def test_every_row_says_what_it_will_become(desk: Client, unit: Any) -> None:
    unit("YL")
    page = send(desk, GOOD, GOOD, ALL_RIGHT, TWO_ANSWERS, SILENT, WRONG)
    assert rows_of(page) == [
        (2, "new", True), (3, "duplicate", False), (4, "new", True), (5, "suspicious", False), (6, "new", True),
        (7, "wrong", False),
    ]  # fmt: skip
    shown = page.content.decode()
    for sentence in ("所有选项都正确", "如选择导入，将作为多选题", "没有解析", "与本文件第 2 行重复"):
        assert sentence in shown
    counts = page.context["counts"]
    assert [count for _kind, _label, count in counts.by_kind] == [3, 1, 3, 1]
    assert page.context["to_store"] == {"add": 3, "revise": 0}


def test_a_filter_shows_its_rows(desk: Client, unit: Any) -> None:
    unit("YL")
    send(desk, GOOD, GOOD, ALL_RIGHT, TWO_ANSWERS, SILENT, WRONG)
    lists = {"kind=new": [2, 4, 6], "kind=duplicate": [3], "kind=suspicious": [4, 5, 6], "kind=wrong": [7]}
    lists |= {"kind=suspicious&doubt=explanation": [6], "kind=nonsense&doubt=x&page=x": [2, 3, 4, 5, 6, 7]}
    for query, rows in lists.items():
        page = desk.get(f"{door('import_preview')}?{query}")
        assert [row for row, _kind, _taken in rows_of(page)] == rows


def test_a_suspicious_row_is_taken_when_somebody_says_so(desk: Client, unit: Any) -> None:
    unit("YL")
    beyond = ["多选题", "哪些要接地", "线路", "开关", "", "", "ABD", *GOOD[7:]]
    send(desk, GOOD, TWO_ANSWERS, beyond)
    desk.post(door("import_confirm"), {**choice(2, "leave"), **choice(3, "take"), **choice(4, "take")})
    kept = {q.current.stem: (q.type, q.current.key) for q in Question.objects.all() if q.current}
    assert kept == {"哪些可以验电": ("multiple", {"correct": [0, 2]}), "哪些要接地": ("multiple", {"correct": [0, 1]})}


def test_a_duplicate_keeps_ours_unless_a_new_version_is_asked_for(desk: Client, unit: Any) -> None:
    unit("YL")
    send(desk, GOOD)
    desk.post(door("import_confirm"))
    bank = QuestionBank.objects.get()
    changed = [*GOOD[:6], "C", "难", *GOOD[8:10], "", GOOD[11]]
    page = send(desk, changed, bank=bank.pk, name="")
    shown = page.content.decode()
    assert "合格的验电器" in shown and "<ins>试电笔</ins>" in shown and "答案与库中不同" in shown
    desk.post(door("import_confirm"))
    assert QuestionVersion.objects.count() == 1, "nobody asked for a new version"
    send(desk, changed, bank=bank.pk, name="")
    answer = desk.post(door("import_confirm"), choice(2, "take"), follow=True)
    assert "1 道题更新为新版本" in answer.content.decode()
    question = Question.objects.select_related("current").get()
    first, second = question.versions.order_by("number")
    assert (first.number, first.key, second.number, second.key) == (1, {"correct": [0]}, 2, {"correct": [2]})
    assert (question.current, question.difficulty, second.explanation) == (second, 5, "见规程"), (
        "an empty cell erases nothing"
    )
    page = send(desk, changed, bank=bank.pk, name="")
    assert not page.context["rows"][0].row.may_be_taken, "now they are the same"


def test_what_came_into_the_bank_meanwhile_is_not_changed(desk: Client, unit: Any) -> None:
    unit("YL")
    other = [*GOOD[:6], "B", *GOOD[7:]]
    send(desk, GOOD)
    first = door("import_confirm")
    send(desk, other, name="新题库")
    desk.post(door("import_confirm"))
    desk.post(first)
    version = QuestionVersion.objects.get()
    assert version.key == {"correct": [1]}


def test_a_later_row_may_replace_the_earlier_one(desk: Client, unit: Any) -> None:
    unit("YL")
    later = [*GOOD[:6], "B", *GOOD[7:]]
    page = send(desk, GOOD, later)
    assert "替换第 2 行" in page.content.decode() and "答案与前面的行不同" in page.content.decode()
    page = desk.post(door("import_decide"), choice(3, "take"), follow=True)
    assert page.context["to_store"] == {"add": 1, "revise": 0}
    desk.post(door("import_confirm"))
    assert QuestionVersion.objects.get().key == {"correct": [1]}


def many(count: int) -> list[list[str]]:
    return [["判断题", f"第 {n} 题", "", "", "", "", "对", *GOOD[7:]] for n in range(count)]


def test_a_choice_survives_turning_pages_and_filters(desk: Client, unit: Any) -> None:
    unit("YL")
    send(desk, *many(60))
    turned = desk.post(door("import_decide"), {**choice(2, "leave"), "to": "page=2"}, follow=True)
    assert [row for row, _kind, _taken in rows_of(turned)][0] == 52
    filtered = desk.post(door("import_decide"), {**choice(52, "leave"), "page": "2", "to": "kind=new"}, follow=True)
    assert filtered.context["to_store"]["add"] == 58
    assert not filtered.context["rows"][0].row.taken
    desk.post(door("import_confirm"))
    assert Question.objects.count() == 58


def test_one_press_decides_for_a_whole_filter_on_all_pages(desk: Client, unit: Any) -> None:
    unit("YL")
    send(desk, *many(60), SILENT, WRONG)
    page = desk.post(door("import_decide"), {"every": "leave", "page": "2"}, follow=True)
    assert page.context["to_store"]["add"] == 0 and page.context["page"].number == 2
    page = desk.post(
        door("import_decide"), {"every": "take", "kind": "suspicious", "doubt": "explanation"}, follow=True
    )
    assert page.context["to_store"]["add"] == 1
    assert not ImportRow.objects.filter(kind="wrong", taken=True).exists()


def test_taking_all_takes_neither_duplicates_nor_what_is_unclear(desk: Client, unit: Any) -> None:
    unit("YL")
    send(desk, GOOD)
    desk.post(door("import_confirm"))
    bank = QuestionBank.objects.get()
    send(desk, [*GOOD[:6], "B", *GOOD[7:]], SILENT, TWO_ANSWERS, bank=bank.pk, name="")
    page = desk.post(door("import_decide"), {"every": "take"}, follow=True)
    assert page.context["to_store"] == {"add": 1, "revise": 0}
    page = desk.post(door("import_decide"), {"every": "take", "kind": "duplicate"}, follow=True)
    assert page.context["to_store"] == {"add": 1, "revise": 1}


def test_many_rows_are_shown_fifty_at_a_time_by_a_handful_of_statements(
    desk: Client, unit: Any, statements: Any
) -> None:
    unit("YL")
    page = send(desk, *many(620))
    assert page.context["to_store"]["add"] == 620
    with statements(at_most=14):
        last = desk.get(f"{door('import_preview')}?page=13")
    assert len(rows_of(last)) == 20


def test_a_question_out_of_use_is_named_as_such(desk: Client, unit: Any) -> None:
    unit("YL")
    send(desk, GOOD)
    desk.post(door("import_confirm"))
    Question.objects.update(state=Question.State.RETIRED)
    page = send(desk, GOOD, bank=QuestionBank.objects.get().pk, name="")
    assert "与题库中已有的题（已停用）重复" in page.content.decode()


def test_a_file_that_waits_is_found_again(desk: Client, unit: Any) -> None:
    unit("YL")
    send(desk, GOOD)
    link = f'href="{door("import_preview")}"'
    assert link in desk.get(reverse("exams:import")).content.decode()
    desk.post(door("import_confirm"))
    assert link not in desk.get(reverse("exams:import")).content.decode()


def test_the_file_of_another_does_not_exist(desk: Client, unit: Any, make_person: Any, client_of: Any) -> None:
    unit("YL")
    send(desk, GOOD)
    other = client_of(make_person("00120057", "另一考官", "YL05", Role.EXAMINER, over="YL"))
    assert other.get(door("import_preview")).status_code == 404
    for name in ("import_decide", "import_confirm"):
        assert other.post(door(name), choice(2, "leave")).status_code == 404
    assert QuestionImport.objects.get().rows.get().taken


def test_a_choice_about_the_row_of_another_file_counts_for_nothing(desk: Client, unit: Any) -> None:
    unit("YL")
    send(desk, GOOD)
    foreign = choice(2, "leave")
    send(desk, GOOD)
    desk.post(door("import_decide"), {**foreign, "row-999999999999999": "take", "row-x": "take", "page": "9" * 30})
    assert not ImportRow.objects.filter(taken=False).exists()


def test_who_no_longer_keeps_the_unit_stores_nothing(desk: Client, ma_yue: Person, unit: Any) -> None:
    unit("YL")
    send(desk, GOOD)
    ma_yue.grants.update(unit=unit("YL1302"))
    assert desk.post(door("import_confirm")).status_code == 404
    assert not QuestionBank.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [("题型,题干".encode("gbk"), "无法识别文件格式"), (workbook(GOOD, header=["一"]), "没有找到表头")],
)
def test_a_file_that_cannot_be_read_is_refused_beside_its_field(
    desk: Client, unit: Any, data: bytes, sentence: str
) -> None:
    unit("YL")
    assert sentence in send(desk, data=data).content.decode()
    assert not QuestionImport.objects.exists()


def test_a_bank_of_another_unit_is_not_filled(
    desk: Client, bank: QuestionBank, make_person: Any, client_of: Any
) -> None:
    other = client_of(make_person("00120058", "河东考官", "YL1302", Role.EXAMINER))
    own = OrgUnit.objects.get(code="YL1302")
    assert "已有同名题库" in send(other, GOOD, name=bank.name, unit=own.pk).content.decode()
    send(other, GOOD, bank=bank.pk, unit=own.pk)
    assert not QuestionImport.objects.exists()


def test_a_file_nobody_confirms_is_thrown_away(desk: Client, unit: Any, at: datetime) -> None:
    unit("YL")
    send(desk, GOOD)
    QuestionImport.objects.update(read_at=at)
    waiting.forget_old(at=at + timedelta(hours=11))
    assert ImportRow.objects.exists()
    waiting.forget_old(at=at + timedelta(hours=13))
    assert not QuestionImport.objects.exists() and not ImportRow.objects.exists()


def test_script_in_a_question_is_shown_as_text(desk: Client, unit: Any) -> None:
    """A22."""
    unit("YL")
    row = [*GOOD]
    row[1] = "<script>alert(1)</script>验电"
    preview = send(desk, row).content.decode()
    made: Any = desk.post(door("import_confirm"), follow=True)
    for shown in (preview, made.content.decode()):
        assert "<script>alert" not in shown and "&lt;script&gt;alert" in shown
