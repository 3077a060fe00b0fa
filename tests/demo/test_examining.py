"""Exams of the demo in rooms, by hand and on the spot: every page is filled, and nothing lies in the future."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest
from django.utils.timezone import localdate

from exams.models import Appeal, Attempt, Deferral, ExamSession, QuestionBank
from exams.queries import board, marking, practical
from lms.demo.calendar import Calendar
from lms.demo.company import build_company
from lms.demo.examining import EXAMINER, VISITOR, plan_examining
from lms.demo.lessons import _bank
from lms.demo.sources import load
from lms.journal.models import Delivery, Entry
from lms.notices.models import Notice

pytestmark = pytest.mark.django_db


def test_sessions_past_running_and_coming_and_work_for_examiners(at: datetime) -> None:
    founded = at - timedelta(days=30)
    company = build_company(seed=7, at=founded, today=localdate(at))
    calendar, dice = Calendar(founded, at, Random(7)), Random(7).random()
    _bank("s1", company.units["YL"], company.people[EXAMINER], founded)
    assert QuestionBank.objects.filter(name=load("assessments.yaml")["sessions"]["bank"]).exists()
    plan_examining(company, calendar, {}, seed=7)
    assert calendar.rng.random() == dice  # the other parts of the demo fall as before
    calendar.play()
    assert not Entry.objects.filter(occurred_at__gt=at).exists()
    assert not Delivery.objects.exclude(state=Delivery.State.DONE).exists()
    past, now, later = ExamSession.objects.order_by("name").order_by("begins_at")
    counts = [
        Counter(row.state.value for row in board.rows(one, list(board.seats(one)), at=at))
        for one in (past, now, later)
    ]
    assert counts[0]["sat"] >= 5 and counts[0]["absent"] == 1
    assert (counts[1]["sitting"], counts[1]["entered"]) == (3, 1) and counts[1]["expected"]
    assert set(counts[2]) == {"expected"} and later.seats.filter(person__staff_no=VISITOR).exists()
    states = Counter(Deferral.objects.values_list("state", flat=True))
    assert states == {"approved": 1, "pending": 1}
    examiner = company.people[EXAMINER]
    assert marking.to_mark(examiner, at=at).count() >= 5
    assert Attempt.objects.filter(exam__title__startswith="触电急救实操", score__isnull=False).count() == 4
    assert practical.is_practical(Attempt.objects.filter(exam__title__startswith="触电急救实操")[0].exam)
    assert Appeal.objects.get().state == Appeal.State.OPEN
    assert Notice.objects.filter(kind="exam_seated", person__staff_no=VISITOR).exists()
