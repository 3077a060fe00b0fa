"""Recount everything from the facts and compare: what the roll-ups must say, whatever happened to them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lms.records.models import Assignment
from lms.reports.models import Rollup
from lms.reports.rollups import rows
from lms.reports.rollups.facts import NONE, Counts, Key, own_in_tree_order, plus, units_in_tree_order
from lms.reports.rollups.rows import Pair

NOTHING: Pair = (NONE, NONE)
UNITS_AT_ONCE: Final = 100
ROWS_AT_ONCE: Final = 1000


@dataclass(frozen=True)
class Difference:
    """One row that is not what the facts say."""

    course: int
    key: Key
    stored: Pair
    expected: Pair


def courses() -> list[int]:
    """Every course that somebody was assigned, or that has a roll-up."""
    return sorted(
        Assignment.objects.order_by().values_list("course", flat=True).distinct()
        .union(Rollup.objects.order_by().values_list("course", flat=True).distinct())
    )  # fmt: skip


def expected(course: int, *, required: bool) -> Iterator[tuple[int, dict[Key, Pair]]]:
    """The rows of each unit as the facts have them, after those of all units below it: in hand is one branch."""
    facts, branch = own_in_tree_order(course, required=required), list[_Open]()
    ahead = next(facts, None)
    for unit, path in units_in_tree_order():
        while branch and not path.startswith(branch[-1].path):
            yield _closed(branch)
        own: dict[Key, Counts] = {}
        if ahead and ahead[0] == unit:
            own, ahead = ahead[1], next(facts, None)
        branch.append(_Open(unit, path, own, dict(own)))
    while branch:
        yield _closed(branch)


def differences(course: int) -> Iterator[Difference]:
    """Units are compared in portions: memory grows neither with the people nor with the units."""
    for required in (False, True):
        units = expected(course, required=required)
        while portion := dict(islice(units, UNITS_AT_ONCE)):
            facts = {key: pair for pairs in portion.values() for key, pair in pairs.items()}
            kept = rows.stored(course, portion, only_required=required)
            for key in sorted({*facts, *kept}):
                if facts.get(key, NOTHING) != kept.get(key, NOTHING):
                    yield Difference(course, key, kept.get(key, NOTHING), facts.get(key, NOTHING))


def repaired(course: int) -> Iterator[Difference]:
    """Each difference, after what the facts say was written. The caller holds the lock."""
    found = differences(course)
    while portion := list(islice(found, ROWS_AT_ONCE)):
        rows.store(course, {one.key: one.expected for one in portion})
        yield from portion


def repair(courses: Iterable[int]) -> int:
    """Build, or rebuild, the roll-ups of these courses; how many rows were wrong. The caller holds the lock."""
    return sum(1 for course in courses for _ in repaired(course))


@dataclass(frozen=True)
class _Open:
    """A unit of which not everything below has been counted yet."""

    unit: int
    path: str
    own: dict[Key, Counts]
    deep: dict[Key, Counts]


def _closed(branch: list[_Open]) -> tuple[int, dict[Key, Pair]]:
    """The rows of the lowest; what it has counts for the one above as well."""
    one = branch.pop()
    if branch:
        above = branch[-1]
        for key, counts in one.deep.items():
            over = key._replace(unit=above.unit)
            above.deep[over] = plus(above.deep.get(over, NONE), counts)
    return one.unit, {key: (one.own.get(key, NONE), deep) for key, deep in one.deep.items()}
