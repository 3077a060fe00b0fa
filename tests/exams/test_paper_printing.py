"""Fixed papers as files: every type of question, with and without the key."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from exams import printing
from exams.exchange.question import Exchange
from exams.exchange.store import store
from exams.models import Exam, Paper, PaperItem, QuestionBank
from lms.journal.models import Entry
from lms.people.models import Person
from tests.exams.examples import EXAMPLES, PHOTOS, SECRET

pytestmark = pytest.mark.django_db


def text_of_pdf(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_range() for page in document)


def text_of_word(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)


FORMATS = [(printing.pdf, text_of_pdf), (printing.word, text_of_word)]


@pytest.fixture
def paper(make_exam: Callable[..., Exam], at: datetime) -> tuple[Exam, Paper]:
    """One question of every type, instead of those drawn."""
    exam = make_exam(papers=1)
    paper = exam.blueprint.papers.get()
    paper.items.all().delete()
    bank = QuestionBank.objects.create(name="各种题型", created_at=at)
    questions = [example.exchanged(str(n), media=PHOTOS) for n, example in enumerate(EXAMPLES)]
    store(Exchange("test", questions), bank=bank, by=None, at=at)
    PaperItem.objects.bulk_create(
        PaperItem(paper=paper, position=n, version=question.current, points=Decimal("2.5"))
        for n, question in enumerate(bank.questions.select_related("current").order_by("pk"), 1)
    )
    return exam, paper


@pytest.mark.parametrize(("make", "read"), FORMATS, ids=["pdf", "word"])
def test_a_paper_for_takers_has_every_question_and_no_key(paper: Any, make: Any, read: Any) -> None:
    exam, sheet = paper
    text = read(make(printing.sheet(exam, sheet, with_key=False)))
    assert SECRET not in text
    assert "安规考试（A 卷）" in text and "姓名" in text
    for number in range(1, sheet.items.count() + 1):
        assert f"{number}." in text


@pytest.mark.parametrize(("make", "read"), FORMATS, ids=["pdf", "word"])
def test_the_key_is_said_to_be_one(paper: Any, make: Any, read: Any) -> None:
    exam, sheet = paper
    text = read(make(printing.sheet(exam, sheet, with_key=True)))
    assert "含答案，不得发给考生" in text
    assert text.count("正确答案：") >= sheet.items.count() - 1  # a description has none


def test_taking_a_paper_out_is_written_down(paper: Any, ma_yue: Person, client_of: Callable[..., Client]) -> None:
    exam, _sheet = paper
    door = reverse("exams:take_out", args=[exam.uuid, "A"])
    answer = client_of(ma_yue).post(door, {"format": "docx", "key": "1"})
    assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert "attachment" in answer.headers["Content-Disposition"]
    entry = Entry.objects.get(kind="paper-taken-out")
    assert (entry.payload["format"], entry.payload["with_key"], entry.by_person) == ("docx", True, ma_yue.pk)
    assert client_of(ma_yue).post(door, {"format": "exe"}).status_code == 404
