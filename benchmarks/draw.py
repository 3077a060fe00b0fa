"""What is measured inside one process: drawing a paper from a large bank."""

import time
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import islice
from random import Random

from benchmarks.measure import Row
from exams import queries
from exams.actions import PlannedRule, open_bank
from exams.models import Question, QuestionBank, QuestionVersion
from exams.rules import drawing

HELD = 100_000
TOPICS = 50
CHUNK = 5_000
TIMES = 50
RULES = {"single": 50, "multiple": 25, "true_false": 25}
FIRST = f"first draw of 100 from {HELD:,} questions after the bank has changed"
NEXT = f"draw of 100 from {HELD:,} questions"


def draws(*, at: datetime) -> list[Row]:
    """The first draw of a process reads what can be drawn; those after it have that at hand."""
    bank = _bank(at)
    asked = [
        PlannedRule(bank, count, Decimal(1), kind, easiest=1 if kind == "single" else 2).asked
        for kind, count in RULES.items()
    ]
    first = _milliseconds(asked, 1)
    return [Row(FIRST, None, first), Row(NEXT, 30, _milliseconds(asked, TIMES) / TIMES)]


def _milliseconds(asked: list[drawing.Rule], times: int) -> float:
    begun = time.process_time()
    for number in range(times):
        drawing.draw(asked, queries.stock(queries.marks(asked)), Random(number))
    return 1000 * (time.process_time() - begun)


def _bank(at: datetime) -> QuestionBank:
    bank = open_bank(name="十万题库", unit=None, by=None, at=at)
    every = _questions(bank, at)
    while chunk := list(islice(every, CHUNK)):
        questions = Question.objects.bulk_create(chunk)
        versions = QuestionVersion.objects.bulk_create(
            QuestionVersion(
                question=one, number=1, type=one.type, stem=one.code, content={"options": ["甲", "乙", "丙", "丁"]},
                key={"correct": [0]}, created_at=at,
            )
            for one in questions
        )  # fmt: skip
        for one, version in zip(questions, versions, strict=True):
            one.current = version
        Question.objects.bulk_update(questions, ["current"], batch_size=500)
    return bank


def _questions(bank: QuestionBank, at: datetime) -> Iterator[Question]:
    kinds = list(RULES)
    for n in range(HELD):
        yield Question(
            bank=bank, code=f"Q{n}", type=kinds[n % len(kinds)], topic=f"专业{n % 5}/知识点{n % TOPICS}",
            difficulty=1 + n % 5, hash=f"{n:064d}", created_at=at,
        )  # fmt: skip
