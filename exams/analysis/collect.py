"""Marks and answers of an exam, collected row by row into what `exams.statistics` takes. No database here."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from exams.statistics import Column, Place, Table
from exams.statistics.thirds import Third, thirds

UNIT = 100  # points are kept to a hundredth
MOST = 30  # different answers that are kept of one part of a question


class Sat(NamedTuple):
    """One attempt: its id, and the unit its person belonged to then."""

    attempt: int
    unit: int | None


# A question of an attempt: attempt, position, version, order and answer as JSON text, points and mark in hundredths.
Answered = tuple[int, int, int, str, str | None, int, int]
Key = tuple[int, int]  # version, points
Given = tuple[Third, str, str | None]  # third, order, answer


class Option(NamedTuple):
    """An answer as it is counted: the part of the question, the id of the option, its text, its share in per cent."""

    part: str
    option: str | None
    text: str
    credit: int


Read = Callable[[int, str, str | None], Sequence[Option]]  # version, order, answer


@dataclass
class Question:
    """What one question got: in whose papers it stood at which places, for which marks, and how often which answer."""

    attempts: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    answers: dict[Given, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Collected:
    """`keys` in the order of the table's columns: first what everybody had, then what was drawn."""

    sat: Sequence[Sat]
    keys: Sequence[Key]
    questions: Mapping[Key, Question]
    table: Table
    third: Sequence[Third]

    def responses(self, key: Key, read: Read) -> dict[Option, list[int]]:
        """Each answer with how often the lower, the middle and the upper third gave it."""
        found: dict[Option, list[int]] = defaultdict(lambda: [0, 0, 0])
        for (third, order, answer), count in self.questions[key].answers.items():
            for option in read(key[0], order, answer):
                found[option][third] += count
        return found

    def sizes(self, key: Key) -> list[int]:
        """How many of the lower, the middle and the upper third had the question."""
        had = Counter(self.third[attempt] for attempt in self.questions[key].attempts)
        return [had[third] for third in Third]

    def shares(self, key: Key) -> list[float | None]:
        """The share of the points that the lower, the middle and the upper third had, in per cent."""
        marks, question = [0, 0, 0], self.questions[key]
        for attempt, mark in zip(question.attempts, question.marks, strict=True):
            marks[self.third[attempt]] += mark
        possible = [size * key[1] for size in self.sizes(key)]
        return [100 * mark / most if most else None for mark, most in zip(marks, possible, strict=True)]

    def units(self, key: Key) -> dict[str, list[int]]:
        """By unit: how many had the question, and how many of them not all of its points."""
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        question = self.questions[key]
        for attempt, mark in zip(question.attempts, question.marks, strict=True):
            unit = self.sat[attempt].unit
            if unit is not None:
                counts = found[str(unit)]
                counts[0] += 1
                counts[1] += mark < key[1]
        return dict(found)


def most_given(counted: Mapping[Option, list[int]]) -> list[tuple[Option, list[int]]]:
    """Of each part at most `MOST` answers, those that earn points first, then the most frequent; as they came."""
    parts: dict[str, list[tuple[Option, list[int]]]] = defaultdict(list)
    for option, counts in counted.items():
        parts[option.part].append((option, counts))
    kept = set()
    for given in parts.values():
        by_weight = sorted(given, key=lambda each: (not each[0].credit, -sum(each[1])))
        kept |= {option for option, _counts in by_weight[:MOST]}
    return [(option, counts) for option, counts in counted.items() if option in kept]


def collect(sat: Sequence[Sat], totals: Sequence[int], answered: Iterable[Answered]) -> Collected:
    """`answered` in any order; rows of other attempts are passed over."""
    third = thirds(totals)
    questions = _gathered({one.attempt: row for row, one in enumerate(sat)}, third, answered)
    keys = sorted(questions, key=lambda key: (len(questions[key].attempts) != len(sat), key))
    columns = [_column(questions[key], key, len(sat)) for key in keys]
    places = _places(columns, [questions[key].places for key in keys], len(sat))
    maximum = sum(place.maximum for place in places or ())
    return Collected(sat, keys, questions, Table(UNIT, maximum, totals, columns, places), third)


def _gathered(rows: Mapping[int, int], third: Sequence[Third], answered: Iterable[Answered]) -> dict[Key, Question]:
    """Runs a million times: plain lists and dictionaries, nothing built for a row."""
    questions: dict[Key, Question] = defaultdict(Question)
    for attempt, position, version, order, answer, points, mark in answered:
        row = rows.get(attempt)
        if row is not None:
            question = questions[version, points]
            question.attempts.append(row)
            question.places.append(position)
            question.marks.append(mark)
            given = third[row], order, answer
            question.answers[given] = question.answers.get(given, 0) + 1
    return questions


def _column(question: Question, key: Key, everybody: int) -> Column:
    if len(question.attempts) < everybody:
        return Column(key[1], question.marks, question.attempts)
    in_order = sorted(zip(question.attempts, question.marks, strict=True))
    return Column(key[1], [mark for _row, mark in in_order])


def _places(columns: Sequence[Column], positions: Sequence[Sequence[int]], everybody: int) -> list[Place] | None:
    """What everybody had stands in places of its own; the drawn follow by points, in the order of each paper.

    None when the papers have other numbers of questions or points.
    """
    drawn: list[list[tuple[int, int, int]]] = [[] for _ in range(everybody)]
    for column, at in zip(columns, positions, strict=True):
        for row, position, mark in zip(column.attempts or (), at, column.marks, strict=column.attempts is not None):
            drawn[row].append((column.maximum, position, mark))
    for paper in drawn:
        paper.sort()
    maxima = [maximum for maximum, *_ in drawn[0]] if drawn else []
    if any([maximum for maximum, *_ in paper] != maxima for paper in drawn):
        return None
    common = [Place(column.maximum, column.marks) for column in columns if column.attempts is None]
    return common + [Place(at[0][0], [mark for *_, mark in at]) for at in zip(*drawn, strict=True)]
