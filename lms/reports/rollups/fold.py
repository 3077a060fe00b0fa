"""Fold what the journal announced into the roll-ups.

An announcement says which cells have changed, the facts say what they are now: folding twice, late or in another order
ends with the same figures. Cells are counted anew; the units above get the difference.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db.models import Sum

from lms.journal.actions import take_along
from lms.journal.models import Entry
from lms.people.models import OrgUnit
from lms.records.actions import settle
from lms.reports.models import OWN, Rollup
from lms.reports.rollups import rows, verify, waiting
from lms.reports.rollups.facts import NONE, Key, minus, own_counts, plus
from lms.reports.rollups.waiting import HANDLER

MOST_SINGLY: Final = 1000  # units of a course that are counted anew together; of more, the whole course


def fold(entry: Entry, *, at: datetime) -> None:
    """Fold this entry and all others that wait: a thousand completions of one cell are counted once."""
    rows.lock(at=at)
    take_in([entry, *take_along(HANDLER, at=at)], at=at)


def take_in(entries: Collection[Entry], *, at: datetime) -> None:
    """The caller holds the lock."""
    changed = waiting.of(entries)
    if changed.everything:
        every = verify.courses()
        verify.repair(every)
        settle(courses=every)
        return
    for course, units in sorted(changed.cells().items()):
        if len(units) > MOST_SINGLY:
            verify.repair([course])
        else:
            _recount(course, units)
    if changed.rehung:
        _add_up(changed.parents)
    settle(enrolments=changed.enrolments, assignments=changed.assignments, courses=changed.courses)


def _recount(course: int, units: Collection[int]) -> None:
    """Count cells anew; every unit above one that changed gets the difference."""
    above = rows.chains(units)
    known = rows.stored(course, {unit for chain in above.values() for unit in chain})
    now = own_counts(course, units)
    changed = {}
    for key in {*now, *(key for key in known if key.unit in units)}:
        own, deep = known.get(key, (NONE, NONE))
        difference = minus(now.get(key, NONE), own)
        if difference == NONE:
            continue
        known[key] = changed[key] = now.get(key, NONE), deep
        for unit in above[key.unit]:
            over = key._replace(unit=unit)
            its_own, its_deep = known.get(over, (NONE, NONE))
            known[over] = changed[over] = its_own, plus(its_deep, difference)
    rows.store(course, changed)


def _add_up(parents: Collection[int]) -> None:
    """Units have moved: sum up anew what lies below their former and their present units above."""
    units = {unit for chain in rows.chains(parents).values() for unit in chain}
    for unit in OrgUnit.objects.filter(pk__in=units):
        for course in sorted(_courses_below(unit)):
            _add_up_one(unit, course)


def _courses_below(unit: OrgUnit) -> set[int]:
    below = Rollup.objects.filter(unit__path__startswith=unit.path).values_list("course")
    return {course for (course,) in below.union(Rollup.objects.filter(unit=unit).values_list("course"))}


def _add_up_one(unit: OrgUnit, course: int) -> None:
    below = Rollup.objects.filter(course=course, unit__path__startswith=unit.path)
    sums = below.values_list("measure", "only_required", "moment").annotate(*[Sum(name) for name in OWN])
    new = {Key(unit.pk, *row[:3]): (row[3], row[4], row[5]) for row in sums}
    known = rows.stored(course, [unit.pk])
    pairs = {key: (known.get(key, (NONE, NONE))[0], new.get(key, NONE)) for key in {*known, *new}}
    rows.store(course, {key: pair for key, pair in pairs.items() if known.get(key) != pair})
