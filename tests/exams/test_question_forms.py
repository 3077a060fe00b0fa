"""Forms for questions that no row can say: a case, places in a picture, a practical score sheet."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from exams.actions.pictures import add_picture
from exams.forms.questions.areas import area_of, numbers_of
from exams.models import Question, QuestionBank, QuestionMedia
from exams.types import Refused, areas
from lms.journal.models import Entry
from lms.people.models import Person
from tests.exams.pictures import PNG

PARTS = st.integers(0, 10_000).map(lambda n: n / 10_000)
FACTS = {"difficulty": "3", "code": "N1", "basis_document": "《安规》", "tags": "变电"}


@pytest.fixture
def desk(ma_yue: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(ma_yue)


@pytest.fixture
def picture(bank: QuestionBank, ma_yue: Person, at: datetime) -> QuestionMedia:
    return add_picture(bank=bank, data=PNG, mime="image/png", by=ma_yue, at=at)


def table(prefix: str, *rows: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    sent = {f"{prefix}-TOTAL_FORMS": len(rows) + 2, f"{prefix}-INITIAL_FORMS": initial}
    return sent | {f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


@pytest.mark.once
@given(st.lists(PARTS, min_size=6, max_size=6, unique=True))
def test_an_area_comes_back_from_its_numbers(parts: list[float]) -> None:
    (left, right), (top, bottom) = sorted(parts[:2]), sorted(parts[2:4])
    for area in (
        {"shape": "rect", "box": [left, top, right, bottom]},
        {"shape": "circle", "at": parts[:2], "radius": max(parts[4], 0.0001)},
        {"shape": "polygon", "points": [parts[:2], parts[2:4], parts[4:]]},
    ):
        known = areas.checked(area, worded=False)
        assert area_of(known["shape"], numbers_of(known), "", worded=False) == known


@pytest.mark.once
@pytest.mark.parametrize(
    ("shape", "numbers"),
    [("rect", "1 2 3"), ("circle", "1 2"), ("polygon", "1 2 3 4 5"), ("rect", "9 9 9 9"), ("circle", "")],
)
def test_numbers_that_make_no_area_are_refused(shape: str, numbers: str) -> None:
    with pytest.raises(Refused):
        area_of(shape, numbers, "", worded=False)


@pytest.mark.django_db
def test_a_score_sheet_is_written_and_changed(desk: Client, bank: QuestionBank) -> None:
    new = f"{reverse('exams:question_new', args=[bank.uuid])}?kind=score_sheet"
    assert "items-0-text" in desk.get(new).content.decode()
    rows = [{"text": "验电", "points": "4", "key": "on"}, {"text": "挂接地线", "points": "6"}]
    assert desk.post(new, {**FACTS, "stem": "装设接地线", **table("items", *rows)}).status_code == 302
    made = bank.questions.select_related("current").get(code="N1")
    assert made.current and made.current.content["items"] == [
        {"text": "验电", "points": "4", "key": True}, {"text": "挂接地线", "points": "6", "key": False},
    ]  # fmt: skip
    edit = reverse("exams:question_edit", args=[made.uuid])
    assert "挂接地线" in desk.get(edit).content.decode()
    rows[0]["DELETE"] = "on"
    assert desk.post(edit, {**FACTS, "stem": "装设接地线", **table("items", *rows, initial=2)}).status_code == 302
    made.refresh_from_db()
    assert made.current and [item["text"] for item in made.current.content["items"]] == ["挂接地线"]
    assert made.state == Question.State.DRAFT


@pytest.mark.django_db
def test_a_case_is_written_part_by_part_and_says_what_is_wrong_in_which(desk: Client, bank: QuestionBank) -> None:
    new = f"{reverse('exams:question_new', args=[bank.uuid])}?kind=case"
    one = {"type": "single", "stem": "先做什么", "options": "验电\n接地", "answer": "A", "weight": "1"}
    two = {"type": "numerical", "stem": "距离", "options": "", "answer": "0.7±0.05 m", "weight": "2"}
    sent = {**FACTS, "stem": "某日停电检修……", **table("parts", one, {**two, "answer": "很远"})}
    assert "id_parts-1-answer_error1" in desk.post(new, sent).content.decode()
    assert "请" in desk.post(new, {**FACTS, "stem": "材料", **table("parts")}).content.decode()
    assert not bank.questions.filter(type="case").exists()
    assert desk.post(new, {**sent, **table("parts", one, two)}).status_code == 302
    made = bank.questions.select_related("current").get(type="case")
    assert made.current and [part["weight"] for part in made.current.content["parts"]] == ["1", "2"]
    edit = reverse("exams:question_edit", args=[made.uuid])
    page = desk.get(edit).content.decode()
    assert "0.7±0.05 m" in page
    again = {**FACTS, "stem": "某日停电检修……", **table("parts", {**one, "answer": "B"}, two, initial=2)}
    assert desk.post(edit, again).status_code == 302
    made.refresh_from_db()
    assert made.current and made.current.key["parts"][0] == {"correct": [1]}


@pytest.mark.django_db
def test_more_rows_are_added_without_checking_what_is_there(desk: Client, bank: QuestionBank) -> None:
    new = f"{reverse('exams:question_new', args=[bank.uuid])}?kind=case"
    page = desk.post(new, {**table("parts", {"type": "single", "stem": "半道题"}), "more": "parts"}).content.decode()
    assert "半道题" in page and "parts-6-stem" in page and "_error1" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["hotspot", "find_fault"])
def test_a_picture_comes_first_and_areas_are_marked_in_it(desk: Client, bank: QuestionBank, kind: str) -> None:
    new = f"{reverse('exams:question_new', args=[bank.uuid])}?kind={kind}"
    assert 'type="file"' in desk.get(new).content.decode()
    broken = SimpleUploadedFile("a.png", b"no picture", content_type="image/png")
    assert "id_picture_error1" in desk.post(new, {"picture": broken}).content.decode()
    chosen = desk.post(new, {"picture": SimpleUploadedFile("a.png", PNG, content_type="image/png")})
    where = chosen.headers["Location"]
    assert Entry.objects.filter(kind="question-picture-added").count() == 1
    assert "data-areas" in desk.get(where).content.decode()
    rows = [{"shape": "rect", "numbers": "10 20 30 40", "text": "日期漏填"}, {"shape": "circle", "numbers": "50 50 5"}]
    answer = desk.post(where, {**FACTS, "stem": "找出错误", "alt": "工作票", **table("areas", *rows)})
    if kind == "find_fault":
        assert "id_areas-1-text_error1" in answer.content.decode(), "each fault says what is wrong"
        rows[1]["text"] = "没有签名"
        answer = desk.post(where, {**FACTS, "stem": "找出错误", "alt": "工作票", **table("areas", *rows)})
    assert answer.status_code == 302
    made = bank.questions.select_related("current").get(type=kind)
    assert made.current and made.current.key["areas"][0] == {
        "shape": "rect", "box": [0.1, 0.2, 0.3, 0.4], "text": "日期漏填",
    }  # fmt: skip
    assert made.current.content["most"] == 2 and made.current.media.count() == 1
    page = desk.get(reverse("exams:question_edit", args=[made.uuid])).content.decode()
    assert "10 20 30 40" in page and "50 50 5" in page


@pytest.mark.django_db
def test_a_picture_of_another_bank_is_none(desk: Client, bank: QuestionBank, picture: QuestionMedia) -> None:
    new = f"{reverse('exams:question_new', args=[bank.uuid])}?kind=hotspot&picture="
    assert desk.get(new + picture.sha256).status_code == 200
    assert desk.get(new + "0" * 64).status_code == 404
    assert desk.get(f"{reverse('exams:question_new', args=[bank.uuid])}?kind=single").status_code == 404
