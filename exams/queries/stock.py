"""What banks hold to draw from, at hand in every process.

A bank's `mark` changes with everything that can be drawn from it, so a stock that was read under one mark is right as
long as the bank bears it.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from threading import Lock
from uuid import UUID

from exams import types
from exams.models import Question
from exams.rules.drawing import Candidate, Cell, Stock

ROOM = 64  # banks


class _Shelf:
    """Stocks of banks by the mark they were read under; what was not asked for longest makes room."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[int, UUID], Stock] = OrderedDict()
        self._lock = Lock()

    def get(self, bank: int, mark: UUID) -> Stock:
        with self._lock:
            held = self._held.get((bank, mark))
            if held:
                self._held.move_to_end((bank, mark))
        return held or self._read(bank, mark)

    def forget(self, bank: int, mark: UUID) -> None:
        with self._lock:
            self._held.pop((bank, mark), None)

    def _read(self, bank: int, mark: UUID) -> Stock:
        """Outside the lock: two requests may read the same, and both are right."""
        stock = _of_bank(bank)
        with self._lock:
            self._held[bank, mark] = stock
            while len(self._held) > ROOM:
                self._held.popitem(last=False)
        return stock


_shelf = _Shelf()


def stock(banks: Mapping[int, UUID]) -> Stock:
    """The questions of banks, given with their marks."""
    parts = [_shelf.get(bank, mark) for bank, mark in banks.items()]
    if len(parts) == 1:
        return parts[0]
    return Stock({cell: held for part in parts for cell, held in part.cells.items()})


def forget(banks: Mapping[int, UUID]) -> None:
    """Read these banks again the next time."""
    for bank, mark in banks.items():
        _shelf.forget(bank, mark)


def _of_bank(bank: int) -> Stock:
    """In two statements, however large it is."""
    tags: dict[int, set[str]] = defaultdict(set)
    for question, tag in Question.tags.through.objects.filter(question__bank=bank).values_list(
        "question", "questiontag__name"
    ):
        tags[question].add(tag)
    by_name = types.never_at_random()
    cells: dict[Cell, list[Candidate]] = defaultdict(list)
    rows = Question.objects.drawable().filter(bank=bank, current__isnull=False).order_by("pk")
    facts = rows.values_list("pk", "current", "type", "topic", "difficulty")
    for question, version, kind, topic, difficulty in facts.iterator(chunk_size=5000):
        cell = Cell(bank, kind, topic, difficulty, frozenset(tags.get(question, ())), kind in by_name)
        cells[cell].append(Candidate(question, version, difficulty))
    return Stock(cells)
