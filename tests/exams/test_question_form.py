"""Writing questions at the desk."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from exams import types
from exams.models import Question, QuestionBank
from exams.types import Written
from lms.people.models import Person

pytestmark = pytest.mark.django_db
FILLED = {
    "type": "multiple", "stem": "新题", "options": "甲\n乙\n丙", "answer": "AC", "difficulty": "4", "skill": "3",
    "tags": "变电，抢修", "topic": "验电",
}  # fmt: skip


@pytest.fixture
def desk(ma_yue: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(ma_yue)


def test_a_new_question_is_a_draft(desk: Client, bank: QuestionBank) -> None:
    assert desk.post(reverse("exams:question_new", args=[bank.uuid]), FILLED).status_code == 302
    made = bank.questions.get(current__stem="新题")
    assert (made.state, made.skill, [tag.name for tag in made.tags.all()]) == ("draft", 3, ["变电", "抢修"])
    assert made.current and made.current.key == {"correct": [0, 2]}


def test_what_is_wrong_is_said_at_its_field(desk: Client, bank: QuestionBank) -> None:
    page = desk.post(reverse("exams:question_new", args=[bank.uuid]), FILLED | {"answer": "AX"})
    assert "id_answer_error1" in page.content.decode()
    desk.post(reverse("exams:question_new", args=[bank.uuid]), FILLED)
    again = desk.post(reverse("exams:question_new", args=[bank.uuid]), FILLED)
    assert "本题库已有相同的题目" in again.content.decode()


def test_a_new_version_has_to_be_reviewed_and_the_old_one_stays(desk: Client, bank: QuestionBank) -> None:
    question = bank.questions.get(code="D0")
    edit = reverse("exams:question_edit", args=[question.uuid])
    assert "正确0" in desk.get(edit).content.decode()
    sent = {"type": "single", "stem": "改过的题", "options": "甲\n乙", "answer": "B", "difficulty": "3", "code": "D0"}
    assert desk.post(edit, sent).status_code == 302
    question.refresh_from_db()
    assert (question.state, question.versions.count()) == (Question.State.DRAFT, 2)
    assert question.current and question.current.stem == "改过的题"


@pytest.mark.parametrize(
    ("kind", "stem", "options", "answer"),
    [
        ("single", "题", {"A": "甲", "B": "乙"}, "B"),
        ("true_false", "题", {}, "×"),
        ("fill_in", "先____，再____。", {}, "停电;断电|验电"),
        ("fill_in", "电压{{1}}", {}, "220±5 V"),
        ("numerical", "题", {}, "-0.5±0.01 kV"),
        ("ordering", "题", {"A": "一", "B": "二", "C": "三"}, "CAB"),
        ("matching", "题", {"A": "一", "B": "二"}, "壹|贰|叁"),
        ("essay", "题", {}, "参考"),
    ],
)
def test_what_a_row_made_a_row_can_say_again(kind: str, stem: str, options: dict[str, str], answer: str) -> None:
    made = types.get(kind)
    written = Written(stem, options, answer)
    content, key = made.written(written)
    row = made.row(made.stem(written), content, key)
    assert row and made.written(row) == (content, key)
