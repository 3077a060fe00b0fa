"""Questions that ask nearly the same."""

from collections.abc import Callable
from datetime import datetime
from itertools import combinations
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from exams.actions.banks import Draft, add_questions
from exams.actions.similar import keep_both, order_search, search_waiting
from exams.exchange.opening import open_file
from exams.imports import preview
from exams.imports.report import Doubt, Kind
from exams.likeness import Index, differences, pairs, shingles
from exams.models import KeptBoth, Question, QuestionBank, SimilarSearch
from exams.queries.similar import open_pairs
from exams.rules.normalise import identity
from lms.journal.models import Entry
from lms.kernel import clock
from lms.people.models import Person
from tests.exams.workbooks import GOOD, workbook

WORDS = st.lists(st.sampled_from(["验电", "接地", "停", "不", "10"]), max_size=5).map("".join)
STEM = "在停电的线路上装设接地线之前应当先用合格的验电器逐相验明确无电压"


def drafts(*stems: str) -> list[Draft]:
    options = ["合格的验电器", "绝缘手套", "试电笔"]
    return [
        Draft("single", stem, {"options": options}, {"correct": [0]}, identity("single", stem, options), code=f"S{n}")
        for n, stem in enumerate(stems)
    ]


def percent(one: frozenset[str], other: frozenset[str]) -> int:
    return 200 * len(one & other) // (len(one) + len(other)) if one or other else 0


@pytest.mark.once
@given(st.lists(st.lists(WORDS, max_size=3), max_size=12), st.sampled_from([50, 70, 85, 95, 100]))
def test_the_search_finds_exactly_what_comparing_each_with_each_finds(texts: list[list[str]], least: int) -> None:
    sets = {n: shingles(each) for n, each in enumerate(texts)}
    found = {(one, other): n for one, other, n in pairs(sets, least=least)}
    alike = {(a, b): percent(sets[a], sets[b]) for a, b in combinations(sets, 2)}
    assert found == {pair: n for pair, n in alike.items() if n >= least}


@pytest.mark.once
def test_it_stops_when_there_are_too_many_and_tells_how_far_it_is() -> None:
    told: list[int] = []
    assert len(pairs({n: shingles([STEM]) for n in range(600)}, most=50, tell=told.append)) == 50
    assert told[0] == 0
    assert Index([]).alike(frozenset()) == []


@pytest.mark.once
def test_spelling_does_not_count_but_numbers_and_negations_do() -> None:
    assert shingles(["１０ kV 线路，应当 停电。"]) == shingles(["10KV线路应当停电"])
    long = "的线路停电检修时，作业人员与带电体的距离应当符合规程的要求"
    reworded = percent(shingles([f"10kV{long}"]), shingles([f"10kV{long}。（）"]))
    other = percent(shingles([f"10kV{long}"]), shingles([f"35kV{long}"]))
    assert reworded == 100 and other < 90
    assert percent(shingles([STEM]), shingles([STEM.replace("应当", "不应")])) < percent(
        shingles([STEM]), shingles([STEM.replace("应当", "必须")])
    )


@pytest.mark.once
@given(WORDS, WORDS)
def test_the_pieces_are_the_texts(ours: str, theirs: str) -> None:
    left, right = differences(ours, theirs)
    assert "".join(piece.text for piece in left) == ours
    assert "".join(piece.text for piece in right) == theirs
    assert [piece.text for piece in left if not piece.differs] == [piece.text for piece in right if not piece.differs]


@pytest.fixture
def twins(bank: QuestionBank, at: datetime) -> QuestionBank:
    """A bank with three questions that ask the same, and one that has a sister at another voltage."""
    bank.questions.update(state=Question.State.RETIRED)
    made = drafts(STEM, STEM + "吗", STEM.replace("应当", "必须"), "10kV 设备的安全距离是 0.7 米", "完全不同的题目")
    add_questions(bank=bank, drafts=made, by=None, at=at)
    return bank


def searched(bank: QuestionBank, by: Person, at: datetime) -> SimilarSearch:
    order_search(bank=bank, by=by, at=at)
    assert search_waiting(at=at) == 1
    return SimilarSearch.objects.select_related("bank").get(bank=bank)


def codes(bank: QuestionBank, search: SimilarSearch) -> dict[str, set[str]]:
    name = dict(bank.questions.values_list("pk", "code"))
    return {name[first]: {name[pk] for pk, _n in found} for first, found in open_pairs(search).items()}


@pytest.mark.django_db
def test_a_search_is_carried_out_once_and_remembers_what_was_kept(
    twins: QuestionBank, ma_yue: Person, at: datetime
) -> None:
    search = searched(twins, ma_yue, at)
    assert (search.state, search.percent, search.questions) == ("done", 100, 5)
    assert search_waiting(at=at) == 0
    assert codes(twins, search) == {"S0": {"S1", "S2"}}
    one, other = (twins.questions.select_related("bank__unit").get(code=code) for code in ("S0", "S1"))
    for pair in ((one, other), (other, one)):
        keep_both(one=pair[0], other=pair[1], by=ma_yue, at=at)
    assert KeptBoth.objects.count() == Entry.objects.filter(kind="similar-questions-kept").count() == 1
    assert codes(twins, search) == {"S0": {"S2"}}, "and the pair S1 and S2 follows when S2 is decided"
    assert codes(twins, searched(twins, ma_yue, at)) == {"S0": {"S2"}}


@pytest.mark.django_db
def test_the_desk_shows_them_side_by_side_and_takes_one_out_of_use(
    twins: QuestionBank, ma_yue: Person, client_of: Callable[[Person], Client]
) -> None:
    desk, where = client_of(ma_yue), reverse("exams:similar", args=[twins.uuid])
    assert "尚未查找" in (page := desk.get(where).content.decode()) and "85% 以上" in page
    desk.post(where)
    assert "data-waiting" in desk.get(where).content.decode()
    search_waiting(at=clock.now())
    page = desk.get(where).content.decode()
    assert "<ins>吗</ins>" in page and "<del>应当</del>" in page and page.count('class="twins"') == 2
    one, other = twins.questions.get(code="S0"), twins.questions.get(code="S1")
    sent: dict[str, Any] = {"one": one.uuid, "other": other.uuid, "decision": "retire-other"}
    decide = reverse("exams:similar_decide", args=[twins.uuid])
    assert desk.post(decide, sent).status_code == 302
    other.refresh_from_db()
    assert other.state == Question.State.RETIRED and "S0" in other.state_reason
    assert desk.post(decide, sent).status_code == 302, "a second tap does nothing more"
    assert desk.post(decide, {**sent, "other": one.uuid}).status_code == 404
    assert desk.post(decide, {**sent, "other": "x"}).status_code == 404


@pytest.mark.django_db
def test_a_file_is_warned_about_what_is_much_like_the_bank_or_an_earlier_row(twins: QuestionBank) -> None:
    like_ours = ["单选题", f"{STEM}呢", "合格的验电器", "绝缘手套", "试电笔", "", *GOOD[6:]]
    rows = [GOOD, [GOOD[0], f"{GOOD[1]}呢", *GOOD[2:]], like_ours]
    report = preview(open_file(workbook(*rows), name="题.xlsx"), bank_name=twins.name)
    assert [finding.kind for finding in report.findings] == [Kind.NEW] * 3
    assert [finding.doubt for finding in report.findings] == ["", Doubt.SIMILAR, Doubt.SIMILAR]
    assert all(finding.taken for finding in report.findings)
    words = [finding.remarks[0][1] for finding in report.findings if finding.doubt]
    assert "与本文件第 2 行相似" in words[0] and "S0" in words[1] or "S1" in words[1]
