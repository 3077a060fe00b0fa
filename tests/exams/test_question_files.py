"""Files of every format at the desk and on the command line: previewed, stored, and taken away again."""

import io
import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from exams.exchange import gift, json_file, moodle_xml
from exams.exchange.load import load
from exams.models import ImportRow, Question, QuestionBank, QuestionImport, QuestionMedia
from lms.journal.models import Entry
from lms.people.enums import Role
from lms.people.models import OrgUnit, Person
from tests.exams.pictures import PNG
from tests.exams.sources import GIFT, MOODLE

pytestmark = pytest.mark.django_db


ENDINGS = [
    *[("json", "json"), ("moodle-xml", "xml"), ("gift", "gift"), ("excel", "xlsx")],
    *[("qti22", "zip"), ("qti30", "zip")],
]


@pytest.fixture
def desk(ma_yue: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(ma_yue)


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def send(desk: Client, name: str, data: bytes) -> Any:
    unit = OrgUnit.objects.get(code="YL")
    form = {"file": SimpleUploadedFile(name, data), "bank": "", "name": "新题库", "unit": unit.pk}
    return desk.post(reverse("exams:import"), form, follow=True)


def confirm(desk: Client) -> Any:
    file = QuestionImport.objects.latest("pk")
    return desk.post(reverse("exams:import_confirm", args=[file.uuid]), follow=True)


def command(name: str, *args: object, **options: Any) -> Any:
    out = io.StringIO()
    call_command(name, *map(str, args), stdout=out, json=True, **options)
    return json.loads(out.getvalue())


def test_a_gift_file_is_previewed_and_stored(desk: Client, unit: Any) -> None:
    unit("YL")
    page = send(desk, "题.gift", GIFT.encode())
    shown = page.content.decode()
    assert "第 3 行" in shown and "验电" in shown and "GIFT" in shown
    assert [(one.place, one.row.kind) for one in page.context["rows"]][-1] == ("第 20 行", "wrong")
    assert not QuestionBank.objects.exists()
    confirm(desk)
    assert sorted(Question.objects.values_list("type", flat=True)) == [
        "essay", "fill_in", "matching", "multiple", "numerical", "single", "true_false",
    ]  # fmt: skip
    assert not ImportRow.objects.exists()


def test_pictures_of_a_file_come_into_the_bank_with_it(desk: Client, unit: Any) -> None:
    unit("YL")
    page = send(desk, "moodle.xml", MOODLE.encode())
    shown = page.content.decode()
    assert "含 1 个图片或音频" in shown and "calculated" not in shown.lower() or "公式" in shown
    assert not QuestionMedia.objects.exists()
    confirm(desk)
    assert QuestionMedia.objects.get().size == len(PNG)
    question = Question.objects.select_related("current").get(type="multiple")
    assert question.current is not None and question.current.markup == "html"
    assert list(question.tags.values_list("name", flat=True)) == ["春检"]
    assert (question.topic, question.difficulty, question.points) == ("安全/验电", 4, Decimal(2))


def line_of(type: str) -> int:
    lines = MOODLE.splitlines()
    return next(number for number, line in enumerate(lines, 1) if f'type="{type}"' in line)


def test_the_same_file_twice_adds_nothing(unit: Any, tmp_path: Path) -> None:
    path = tmp_path / "题.xml"
    path.write_text(MOODLE, encoding="utf-8")
    first = command("import_questions", path, bank="新题库")
    again = command("import_questions", path, bank="新题库")
    assert first["imported"] == first["new"] == 4
    assert (again["imported"], len(again["duplicate"])) == (0, first["imported"])
    assert [line["place"] for line in first["unsupported"]] == [
        f"第 {number} 题（第 {line_of(type)} 行）" for number, type in [(5, "calculated"), (6, "random")]
    ]
    assert all(line["reason"] for line in first["unsupported"] + first["remarks"])


def test_a_dry_run_stores_nothing(tmp_path: Path) -> None:
    path = tmp_path / "题.gift"
    path.write_text(GIFT, encoding="gbk")
    report = command("import_questions", path, bank="新题库", dry_run=True)
    assert (report["format"], report["imported"], report["new"]) == ("gift", 0, 7)
    assert [line["reason"] for line in report["refused"]] == ["花括号不成对，或者中间有空行"]
    assert not QuestionBank.objects.exists()


def test_a_bank_goes_out_and_comes_back_the_same(bank: QuestionBank, tmp_path: Path) -> None:
    for format, ending in ENDINGS:
        path = tmp_path / f"题库.{ending}"
        report = command("export_questions", path, bank=bank.name, format=format)
        assert (report["written"], report["unsupported"]) == (18, [])
        report = command("import_questions", path, bank=format)
        assert report["imported"] == 18, report
        there = {each.stem: each for each in load(Question.objects.filter(bank=bank))}
        back = {each.stem: each for each in load(Question.objects.filter(bank__name=format))}
        assert back == there, format


def test_a_bank_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有名为"):
        command("export_questions", tmp_path / "x.json", bank="没有", format="json")


@pytest.mark.parametrize(
    ("format", "read"), [("gift", gift.read), ("moodle-xml", moodle_xml.read), ("json", json_file.read)]
)
def test_an_examiner_takes_a_bank_away(desk: Client, bank: QuestionBank, format: str, read: Any) -> None:
    door = reverse("exams:export", args=[bank.uuid])
    page = desk.get(door, {"format": format})
    assert page.status_code == 200 and "18 题" in page.content.decode()
    assert f'href="{door}"' in desk.get(reverse("exams:bank", args=[bank.uuid])).content.decode()
    answer: Any = desk.post(door, {"format": format})
    assert len(read(b"".join(answer.streaming_content)).questions) == 18
    assert "attachment" in answer["Content-Disposition"]
    assert Entry.objects.filter(kind="questions-exported").count() == 1


def test_another_unit_cannot_take_it(bank: QuestionBank, make_person: Any, client_of: Any) -> None:
    other = client_of(make_person("00120058", "河东考官", "YL1302", Role.EXAMINER))
    door = reverse("exams:export", args=[bank.uuid])
    assert other.get(door).status_code == other.post(door).status_code == 404
    assert not Entry.objects.filter(kind="questions-exported").exists()


def test_an_unknown_format_is_not_found(desk: Client, bank: QuestionBank) -> None:
    door = reverse("exams:export", args=[bank.uuid])
    assert desk.get(door, {"format": "aiken"}).status_code == desk.post(door, {"format": "x\0"}).status_code == 404


def test_what_stays_behind_is_named(desk: Client, unit: Any, at: datetime) -> None:
    unit("YL")
    shape = {"content": {"items": ["甲", "乙"]}, "key": {"sequence": [0, 1], "grading": "exact"}}
    data = json.dumps([{"type": "ordering", "content": "排序", "code": "P1", "shape": shape}]).encode()
    send(desk, "题.json", data)
    confirm(desk)
    door = reverse("exams:export", args=[QuestionBank.objects.get().uuid])
    assert "GIFT 没有这种题型" in desk.get(door, {"format": "gift"}).content.decode()
