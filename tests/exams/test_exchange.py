"""Questions as data into a bank and out again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.storage import default_storage

from exams import actions, media
from exams.exchange.load import load
from exams.exchange.question import Exchange, Exchanged, Markup, Media, NotCarried, Why
from exams.exchange.store import examine, store
from exams.models import Question, QuestionBank, QuestionMedia, QuestionTag, QuestionVersion
from lms.people.models import OrgUnit
from tests.exams.examples import EXAMPLES, PHOTO, PHOTOS, SINGLE

pytestmark = pytest.mark.django_db
FORMATTED = replace(
    SINGLE.exchanged("第 3 题"),
    stem=f'<p onclick="x()">看图 <img src="media:{PHOTO.name}" alt="仪表"> 其中 \\(U < 5\\)<script>1</script>',
    markup=Markup.HTML,
    content={"options": ["<p>正常</p>", "<b>高</b>"]},
    key={"correct": [1]},
    media=PHOTOS,
)


@pytest.fixture
def empty(at: datetime, unit: Callable[[str], OrgUnit]) -> QuestionBank:
    return actions.open_bank(name="空题库", unit=unit("YL"), by=None, at=at)


def all_types() -> list[Exchanged]:
    return [
        example.exchanged(f"第 {n} 题", media=PHOTOS if example.content.get("image") else {}, code=f"Q{n}")
        for n, example in enumerate(EXAMPLES, 1)
    ]


def test_every_type_comes_out_as_it_went_in(empty: QuestionBank, at: datetime) -> None:
    given = [replace(each, stem=f"{each.stem}（{each.code}）") for each in all_types()]
    outcome = store(Exchange("test", given), bank=empty, by=None, at=at)
    assert (len(outcome.new), outcome.duplicates, outcome.not_carried) == (len(given), [], [])
    found = {each.code: each for each in load(Question.objects.filter(bank=empty).order_by("pk"))}
    for each in given:
        made = found[each.code]
        content, key = SINGLE.kind.checked({"options": ["a", "b"]}, {"correct": [0]})
        assert (made.type, made.stem, made.media) == (each.type, each.stem, each.media)
        assert _checked(made) == (made.content, made.key) == _checked(each)


def _checked(question: Exchanged) -> Any:
    from exams import types

    return types.get(question.type).checked(question.content, question.key)


def test_facts_around_a_question_are_kept(empty: QuestionBank, at: datetime) -> None:
    facts: dict[str, Any] = {
        "title": "验电",
        "code": "D1",
        "topic": "安全/验电",
        "tags": ("变电", "生产现场"),
        "difficulty": 4,
        "points": "2.5",
        "explanation": "先验电",
        "basis_document": "《安规》",
        "basis_clause": "4.4",
        "basis_edition": "2024",
        "valid_until": date(2027, 12, 31),
        "skill": 4,
    }
    given = SINGLE.exchanged("1", **facts)
    store(Exchange("test", [given]), bank=empty, by=None, at=at)
    (found,) = load(empty.questions.all())
    assert found == replace(given, place="D1", tags=("变电", "生产现场"))
    assert QuestionTag.objects.count() == 2 and empty.questions.get().points == Decimal("2.50")


def test_a_formatted_question_is_cleaned_and_keeps_its_picture(empty: QuestionBank, at: datetime) -> None:
    store(Exchange("test", [FORMATTED]), bank=empty, by=None, at=at)
    version = QuestionVersion.objects.get(question__bank=empty)
    assert "onclick" not in version.stem and "script" not in version.stem
    assert version.stem.startswith(f'<p>看图 <img src="media:{PHOTO.name}" alt="仪表">')
    assert [(each.sha256, each.mime, each.size) for each in version.media.all()] == [
        (PHOTO.name, "image/png", len(PHOTO.data))
    ]
    assert media.data(PHOTO.name) == PHOTO.data


def test_two_banks_share_the_bytes_but_not_the_right_to_them(
    empty: QuestionBank, at: datetime, unit: Callable[[str], OrgUnit]
) -> None:
    other = actions.open_bank(name="另一个", unit=unit("YL"), by=None, at=at)
    for bank in (empty, other):
        store(Exchange("test", [FORMATTED]), bank=bank, by=None, at=at)
    assert QuestionMedia.objects.count() == 2
    assert default_storage.listdir(f"questions/{PHOTO.name[:2]}")[1] == [PHOTO.name]


def test_the_same_question_is_stored_once_formatted_or_not(empty: QuestionBank, at: datetime) -> None:
    html = replace(SINGLE.exchanged("第 2 题"), stem=f"<p>{SINGLE.stem}</p>", markup=Markup.HTML)
    outcome = store(Exchange("test", [SINGLE.exchanged("第 1 题"), html]), bank=empty, by=None, at=at)
    assert outcome.duplicates == [("第 2 题", "本文件第 1 题")]
    again = store(Exchange("test", [html]), bank=empty, by=None, at=at)
    assert again.duplicates == [("第 2 题", "题库中已有的题")] and empty.questions.count() == 1


def test_another_picture_makes_another_question(empty: QuestionBank) -> None:
    first = FORMATTED
    second = replace(FORMATTED, place="2", stem="<p>看图</p>", media={})
    assert len(examine(Exchange("test", [first, second]), bank=empty).new) == 2


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"type": "puzzle"}, "没有题型“puzzle”"),
        ({"stem": " "}, "有一处文字为空"),
        ({"difficulty": 9}, "需要 1 到 5 之间的整数"),
        ({"code": "x" * 41}, "文字超过 40 字"),
        ({"points": "-1"}, "数字不能为负"),
        ({"stem": f"看 media:{'0' * 64}"}, "文件中缺少题目用到的图片或声音"),
        ({"skill": 9}, "没有这个技能等级"),
        ({"stem": "填{{1}}", "type": "fill_in", "content": {}, "key": {}}, "题目的这一部分缺失或形式不对"),
    ],
)
def test_what_is_no_question_is_named_with_its_place(facts: dict[str, Any], reason: str) -> None:
    outcome = examine(Exchange("test", [replace(SINGLE.exchanged("第 7 题"), **facts)]), bank=None)
    (left,) = outcome.not_carried
    assert (left.place, left.why, left.reason) == ("第 7 题", Why.REFUSED, reason)


def test_what_the_reader_left_out_stays_named(empty: QuestionBank, at: datetime) -> None:
    lost = NotCarried("9", "drawing", Why.UNSUPPORTED, "没有")
    exchange = Exchange("test", [], [lost], [("1", "音频丢失")])
    outcome = store(exchange, bank=empty, by=None, at=at)
    assert (outcome.not_carried, outcome.remarks) == ([lost], [("1", "音频丢失")])


@pytest.mark.parametrize(
    "broken",
    [
        Media(PHOTO.name, "image/svg+xml", PHOTO.data),
        Media(PHOTO.name, "image/jpeg", PHOTO.data),
        Media("0" * 64, "image/png", PHOTO.data),
        Media(media.named(b"<html>"), "image/png", b"<html>"),
        Media(media.named(b"<html>"), "audio/mpeg", b"<html>"),
    ],
)
def test_only_pictures_and_sounds_come_in(broken: Media) -> None:
    stem = f'<img src="media:{broken.name}">看图'
    question = replace(FORMATTED, stem=stem, media={broken.name: broken})
    outcome = examine(Exchange("test", [question]), bank=None)
    assert not outcome.new and outcome.not_carried[0].why is Why.REFUSED
