"""Questions whose source has a new edition, or whose validity has run out."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from courses.actions import ensure_catalogue
from exams.actions import PlannedRule, states
from exams.actions.outdate import NoEdition, NotOutdated, StillExpired, confirm_unchanged, document_changed, expire
from exams.models import Exam, Question, QuestionBank, QuestionVersion
from exams.queries.outdated import affected, groups
from exams.queries.stock import stock
from exams.rules.outdating import Issue, cited, names, new_edition
from lms.journal.actions import deliver
from lms.journal.models import Entry
from lms.news.actions import draft_article, ensure_section, publish_draft
from lms.news.enums import Kind, Part
from lms.notices.models import Notice
from lms.notices.rendering import render
from lms.people.models import Person

State = Question.State
PIECES = st.lists(st.sampled_from(["《", "》", "（", "）", "2026", "版", "安规", " "]), max_size=12).map("".join)
TEXT = {"type": "rich_text", "value": "<p>先验电，后接地。</p>"}


def change(at: datetime, edition: str = "2026 版", by: Person | None = None, title: str = "安规") -> int:
    return document_changed(titles=[title], edition=edition, banks=QuestionBank.objects.all(), by=by, at=at)


def singles(bank: QuestionBank) -> "list[Question]":
    return list(bank.questions.filter(type="single").select_related("current"))


@pytest.mark.once
@pytest.mark.parametrize(
    ("document", "title"),
    [
        ("《安规》", "安规"),
        ("《电力安全工作规程》（2011版）", "关于印发《电力安全工作规程》的通知"),
        ("中华人民共和国安全生产法", "《安全生产法》（2021 修正）"),
    ],
)
def test_a_document_is_the_same_however_it_is_spelled(document: str, title: str) -> None:
    assert cited(document, [title])


@pytest.mark.once
def test_another_part_of_a_rule_is_another_document() -> None:
    assert not cited("安规（变电部分）", ["安规（线路部分）"])
    assert not cited("", ["安规"]) and not names("")


@pytest.mark.once
def test_what_makes_a_new_edition() -> None:
    old = Issue("安规", 1, "国网〔2009〕664号", date(2009, 8, 1))
    assert new_edition(None, old) == ""
    assert new_edition(old, Issue("安规", 2, "国网〔2009〕664号", date(2009, 8, 1))) == "", "a slip of the pen"
    assert new_edition(old, Issue("安规", 2, "国网〔2026〕12号", date(2026, 1, 1))) == "国网〔2026〕12号"
    assert new_edition(old, Issue("安规", 2, "国网〔2009〕664号", date(2026, 1, 1))) == "2026-01-01"
    assert new_edition(old, Issue("安规", 2, "国网〔2009〕664号", date(2009, 8, 1), anew=True)).endswith("#2")


@pytest.mark.once
@given(PIECES, PIECES)
def test_an_edition_always_fits_where_it_is_kept(title: str, number: str) -> None:
    assert len(new_edition(Issue(title, 1, "甲"), Issue(title, 2, number, anew=True))) <= 50
    assert all(names(name) for name in names(title))


@pytest.mark.django_db
def test_its_questions_leave_random_papers_and_wait_for_the_edition(bank: QuestionBank, at: datetime) -> None:
    before = bank.mark
    assert change(at) == 6
    assert {(one.state, one.outdated, one.new_edition) for one in singles(bank)} == {("recheck", "edition", "2026 版")}
    bank.refresh_from_db()
    assert bank.mark != before
    held = stock({bank.pk: bank.mark})
    assert {cell.type for cell in held.cells} == {"multiple", "true_false"}
    entry = Entry.objects.get(kind="questions-outdated")
    assert len(entry.payload["questions"]) == 6 and entry.payload["edition"] == "2026 版"
    assert change(at) == 0, "once"


@pytest.mark.django_db
def test_a_later_edition_is_the_one_they_wait_for(bank: QuestionBank, at: datetime) -> None:
    change(at)
    assert change(at, "2027 版") == 0
    assert {one.new_edition for one in singles(bank)} == {"2027 版"}


@pytest.mark.django_db
def test_an_edition_needs_a_name(bank: QuestionBank, at: datetime) -> None:
    with pytest.raises(NoEdition):
        change(at, " ")


@pytest.mark.django_db
def test_everybody_who_examines_there_gets_one_notice(
    bank: QuestionBank, ma_yue: Person, make_person: Callable[..., Person], at: datetime
) -> None:
    other = make_person("00990002", "考评员", "YL05", "examiner", over="YL")
    change(at, by=other)
    notice = Notice.objects.get(kind="questions_outdated")
    assert notice.person == ma_yue and notice.context["count"] == 6
    shown = render(notice, "zh-hans")
    assert shown.path == reverse("exams:outdated") and "安规" in shown.title and "2026 版" in shown.body


@pytest.mark.django_db
def test_confirmed_unchanged_they_are_in_use_again_in_the_same_words(
    bank: QuestionBank, ma_yue: Person, at: datetime
) -> None:
    one = singles(bank)[0]
    Question.objects.filter(pk=one.pk).update(measured_difficulty=0.25, measured_answers=40)
    old = one.current
    change(at)
    confirm_unchanged(questions=bank.questions.filter(pk=one.pk), edition="", valid_until=None, by=ma_yue, at=at)
    one = Question.objects.select_related("current").get(pk=one.pk)
    assert one.current and old and one.current.number == old.number + 1
    assert (one.state, one.outdated, one.current.basis_edition) == (State.ACTIVE, "", "2026 版")
    assert (one.current.stem, one.current.content, one.current.key) == (old.stem, old.content, old.key)
    assert one.measured_difficulty == 0.25
    assert Entry.objects.filter(kind="questions-confirmed").count() == 1
    assert change(at) == 0, "it rests on this edition now"


@pytest.mark.django_db
def test_what_a_person_doubts_is_not_confirmed_with_the_rest(bank: QuestionBank, ma_yue: Person, at: datetime) -> None:
    one = bank.questions.select_related("bank__unit").get(code="D0")
    states.recheck(question=one, reason="答案存疑", by=ma_yue, at=at)
    change(at)
    with pytest.raises(NotOutdated):
        confirm_unchanged(
            questions=bank.questions.filter(type="single"), edition="", valid_until=None, by=ma_yue, at=at
        )
    assert not Question.objects.filter(state=State.ACTIVE, type="single").exists(), "all or none"


@pytest.mark.django_db
def test_what_has_run_out_needs_a_later_day(bank: QuestionBank, ma_yue: Person, at: datetime) -> None:
    one, today = singles(bank)[0], localdate(at)
    assert one.current_id
    QuestionVersion.objects.filter(pk=one.current_id).update(valid_until=today)
    assert expire(at=at) == 0, "the last day is a day of it"
    assert expire(at=at + timedelta(days=1)) == 1
    assert expire(at=at + timedelta(days=1)) == 0
    assert render(Notice.objects.get(kind="questions_outdated"), "zh-hans").title
    mine, tomorrow = bank.questions.filter(pk=one.pk), at + timedelta(days=1)
    with pytest.raises(StillExpired):
        confirm_unchanged(questions=mine, edition="", valid_until=None, by=ma_yue, at=tomorrow)
    later = today + timedelta(days=400)
    assert confirm_unchanged(questions=mine, edition="", valid_until=later, by=ma_yue, at=tomorrow) == 1
    assert mine.get(state=State.ACTIVE).versions.get(number=2).valid_until == later


@pytest.mark.django_db
def test_fixed_papers_and_compulsory_questions_are_named(
    bank: QuestionBank,
    make_exam: Callable[..., Exam],
    ma_yue: Person,
    client_of: Callable[[Person], Client],
    at: datetime,
) -> None:
    fixed = make_exam(title="固定卷", papers=2, rules=[PlannedRule(bank, 2, Decimal(2), "single")])
    make_exam(title="随机卷", rules=[PlannedRule(bank, 2, Decimal(2), "multiple")])
    must = make_exam(
        title="必考卷", rules=[PlannedRule(bank, 1, Decimal(2), "multiple")],
        compulsory=[(bank.questions.get(code="D1"), Decimal(1))],
    )  # fmt: skip
    assert affected(ma_yue) == []
    change(at)
    found = {each.exam: (each.labels, each.fixed, each.compulsory) for each in affected(ma_yue)}
    assert found == {fixed: (["A", "B"], 4, 0), must: ([], 0, 1)}
    page = client_of(ma_yue).get(reverse("exams:papers", args=[fixed.uuid])).content.decode()
    assert "2 道题需要复核" in page and reverse("exams:outdated") in page


@pytest.mark.django_db
def test_a_paper_is_not_called_changed_when_only_the_edition_is_another(
    bank: QuestionBank,
    make_exam: Callable[..., Exam],
    ma_yue: Person,
    client_of: Callable[[Person], Client],
    at: datetime,
) -> None:
    fixed = make_exam(papers=1, rules=[PlannedRule(bank, 2, Decimal(2), "single")])
    change(at)
    confirm_unchanged(questions=bank.questions.filter(type="single"), edition="", valid_until=None, by=ma_yue, at=at)
    page = client_of(ma_yue).get(reverse("exams:papers", args=[fixed.uuid])).content.decode()
    assert "需要复核" not in page and "已停用" not in page


@pytest.mark.django_db
def test_the_desk_declares_an_edition_and_confirms_in_bulk(
    bank: QuestionBank, ma_yue: Person, client_of: Callable[[Person], Client]
) -> None:
    desk = client_of(ma_yue)
    sent = {"document": "《安规》", "edition": "GB 26860-2026"}
    assert desk.post(reverse("exams:declare_edition"), {"document": "《安规》"}).status_code == 302
    assert not bank.questions.filter(state=State.RECHECK).exists()
    desk.post(reverse("exams:declare_edition"), sent)
    assert "GB 26860-2026" in desk.get(reverse("exams:outdated")).content.decode()
    group = groups(ma_yue)[0]
    page = desk.get(f"{reverse('exams:outdated')}?{group.query}").content.decode()
    one = singles(bank)[0]
    assert f'value="{one.uuid}"' in page
    where = {"why": "edition", "document": "《安规》", "edition_waited": "GB 26860-2026", "edition": "GB 26860-2026"}
    desk.post(reverse("exams:confirm_unchanged"), {**where, "question": [one.uuid, "?"]})
    assert bank.questions.filter(state=State.ACTIVE, type="single").count() == 1
    desk.post(reverse("exams:confirm_unchanged"), where)
    assert bank.questions.filter(state=State.ACTIVE, type="single").count() == 1, "nothing chosen, nothing done"
    desk.post(reverse("exams:confirm_unchanged"), {**where, "all": "1"})
    assert bank.questions.filter(state=State.ACTIVE, type="single").count() == 6
    assert desk.get(f"{reverse('exams:outdated')}?why=other").status_code == 404


@pytest.mark.django_db
def test_a_policy_that_is_published_anew_outdates_its_questions(
    bank: QuestionBank, tang_zhiyuan: Person, at: datetime
) -> None:
    ensure_catalogue()
    ensure_section()
    page = draft_article(
        title="安规（2020版）",
        owner=tang_zhiyuan,
        by=tang_zhiyuan,
        at=at,
        kind=Kind.POLICY,
        parts={Part.ORIGINAL: [TEXT]},
    )

    def publish(**facts: object) -> int:
        held = type(page).objects.get(pk=page.pk)
        for name, value in facts.items():
            setattr(held, name, value)
        held.save_revision()
        publish_draft(page=held, by=tang_zhiyuan, at=at)
        deliver(at=at)
        return bank.questions.filter(state=State.RECHECK).count()

    assert publish() == 0, "the library has it for the first time"
    assert publish(summary="更正一处错别字") == 0
    assert publish(title="安规（2026版）", effective_on=date(2026, 7, 1)) == 6
    assert {one.new_edition for one in singles(bank)} == {"2026-07-01"}
