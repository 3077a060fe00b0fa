"""From a bank into a package of QTI and from there into another bank."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from exams import actions
from exams.exchange.load import load
from exams.exchange.qti import read, write22, write30
from exams.exchange.question import Exchange
from exams.exchange.store import store
from exams.models import Question
from lms.people.models import OrgUnit
from tests.exams.examples import EXAMPLES, PHOTOS
from tests.exams.qti.test_round_trips import Writer, comparable

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("write", [pytest.param(write22, id="2.2"), pytest.param(write30, id="3.0")])
def test_a_bank_moves_whole(write: Writer, at: datetime, unit: Callable[[str], OrgUnit]) -> None:
    one, other = (actions.open_bank(name=name, unit=unit("YL"), by=None, at=at) for name in ("甲", "乙"))
    made = [
        replace(
            each.exchanged(str(place), media=PHOTOS, code=f"Q{place:02}", points="2", title=f"第 {place} 题"),
            stem=f"{each.stem}（{place}）",
        )
        for place, each in enumerate(EXAMPLES)
        if each.type != "score_sheet"
    ]
    assert not store(Exchange("test", made), bank=one, by=None, at=at).not_carried
    kept = list(load(Question.objects.filter(bank=one).order_by("code")))
    data, lost = write(kept)
    outcome = store(read(data, "bank.zip"), bank=other, by=None, at=at)
    assert len(kept) == len(made) and not lost and not outcome.not_carried and not outcome.remarks
    moved = list(load(Question.objects.filter(bank=other).order_by("code")))
    assert [comparable(each) for each in moved] == [comparable(each) for each in kept]
