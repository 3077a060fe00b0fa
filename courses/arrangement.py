"""The outline of a course as rows in order: headings of modules, and lessons by the key of their page."""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A module. The lessons up to the next heading belong to it; those above the first belong to none."""

    key: str
    title: str


Row = Heading | int
Rows = tuple[Row, ...]


def lessons(rows: Sequence[Row]) -> list[int]:
    return [row for row in rows if isinstance(row, int)]


def headings(rows: Sequence[Row]) -> list[Heading]:
    return [row for row in rows if isinstance(row, Heading)]


def modules(rows: Sequence[Row]) -> dict[int, str]:
    """The key of each lesson's module; empty for none."""
    found, key = {}, ""
    for row in rows:
        if isinstance(row, Heading):
            key = row.key
        else:
            found[row] = key
    return found


def fingerprint(rows: Sequence[Row]) -> str:
    """Differs whenever somebody arranged the outline otherwise."""
    seen = [row if isinstance(row, int) else [row.key, row.title] for row in rows]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()


def shifted(rows: Rows, name: str, step: int) -> Rows:
    """With one row a place up (-1) or down (1): "l:12" a lesson, "m:<key>" a module with its lessons.

    A lesson that passes a heading changes its module. What cannot go further stays.
    """
    names = [named(row) for row in rows]
    if name not in names:
        return rows
    start = names.index(name)
    if isinstance(rows[start], int):
        other = start + step
        return _swapped(rows, min(start, other), 1, 1) if 0 <= other < len(rows) else rows
    starts = [place for place, row in enumerate(rows) if isinstance(row, Heading)]
    ends = [*starts[1:], len(rows)]
    first = starts.index(start) + min(step, 0)
    if not 0 <= first < len(starts) - 1:
        return rows
    return _swapped(rows, starts[first], ends[first] - starts[first], ends[first + 1] - starts[first + 1])


def _swapped(rows: Rows, at: int, first: int, second: int) -> Rows:
    """Two neighbouring runs of rows change places."""
    middle, end = at + first, at + first + second
    return (*rows[:at], *rows[middle:end], *rows[at:middle], *rows[end:])


def named(row: Row) -> str:
    return f"m:{row.key}" if isinstance(row, Heading) else f"l:{row}"


def merged(wanted: Rows, present: Rows) -> Rows:
    """`wanted`, without lessons that are gone, and with lessons and modules that came meanwhile."""
    known = set(lessons(present))
    kept: list[Row] = [row for row in dict.fromkeys(wanted) if isinstance(row, Heading) or row in known]
    keys = {heading.key for heading in headings(kept)}
    kept += [heading for heading in headings(present) if heading.key not in keys]
    placed = set(lessons(kept))
    for lesson, module in modules(present).items():
        if lesson not in placed:
            kept.insert(_end_of(kept, module), lesson)
    return tuple(kept)


def _end_of(rows: Sequence[Row], key: str) -> int:
    """The place behind the last lesson of a module; of the first rows for no module."""
    inside = not key
    for place, row in enumerate(rows):
        if isinstance(row, Heading):
            if inside:
                return place
            inside = row.key == key
    return len(rows)


def steps(current: Sequence[int], wanted: Sequence[int]) -> Iterator[tuple[int, int | None]]:
    """The fewest moves that bring lessons in order: which one, and before which; None puts it last.

    Both name the same lessons. Those of a longest run that is in order already stay where they are.
    """
    place = {lesson: number for number, lesson in enumerate(wanted)}
    staying = _longest_rising([place[lesson] for lesson in current])
    behind: int | None = None
    for number in range(len(wanted) - 1, -1, -1):
        if number not in staying:
            yield wanted[number], behind
        behind = wanted[number]


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    tails: list[int] = []
    chains: list[tuple[int, ...]] = []
    for number in numbers:
        length = bisect_left(tails, number)
        chain = (*(chains[length - 1] if length else ()), number)
        tails[length : length + 1] = [number]
        chains[length : length + 1] = [chain]
    return set(chains[-1]) if chains else set()
