"""Recount everything from the facts and compare: what the roll-ups must say, whatever happened to them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lms.records.actions import settle
from lms.records.models import Assignment
from lms.reports.models import Rollup
from lms.reports.rollups import rows
from lms.reports.rollups.facts import NONE, Key, own_counts, plus
from lms.reports.rollups.rows import Pair

NOTHING: Pair = (NONE, NONE)


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


def expected(course: int, above: dict[int, list[int]]) -> dict[Key, Pair]:
    """All rows of a course as the facts have them. `above`: `rows.chains()` of all units."""
    found: dict[Key, Pair] = {}
    for key, own in own_counts(course).items():
        found[key] = plus(found.get(key, NOTHING)[0], own), found.get(key, NOTHING)[1]
        for unit in above[key.unit]:
            over = key._replace(unit=unit)
            its_own, deep = found.get(over, NOTHING)
            found[over] = its_own, plus(deep, own)
    return found


def differences(course: int, above: dict[int, list[int]]) -> Iterator[Difference]:
    facts, kept = expected(course, above), rows.stored(course)
    for key in sorted({*facts, *kept}):
        if facts.get(key, NOTHING) != kept.get(key, NOTHING):
            yield Difference(course, key, kept.get(key, NOTHING), facts.get(key, NOTHING))


def repair(found: Iterable[Difference]) -> None:
    """Write what the facts say. The caller holds the lock."""
    by_course: dict[int, dict[Key, Pair]] = {}
    for one in found:
        by_course.setdefault(one.course, {})[one.key] = one.expected
    for course, pairs in by_course.items():
        rows.store(course, pairs)


def repair_all() -> None:
    """Build, or rebuild, the roll-ups of every course. The caller holds the lock."""
    above, every = rows.chains(), courses()
    for course in every:
        repair(differences(course, above))
    settle(courses=every)
