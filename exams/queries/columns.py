"""The units of an examiner as columns of a table: one level at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404

from lms.people import access
from lms.people.access import Perm
from lms.people.models import OrgUnit, Person


@dataclass(frozen=True)
class Columns:
    """`units[i]` are the ids that column `i` adds up; `opens[i]` whether there is a level below it."""

    here: OrgUnit | None
    above: Sequence[OrgUnit]
    heads: Sequence[OrgUnit]
    units: Sequence[frozenset[int]]
    opens: Sequence[bool]


def columns(person: Person, code: str) -> Columns:
    """What lies directly under the unit named, or under the top of the scope; 404 for a unit outside it."""
    scope = list(access.scope(person, Perm.EXAMS_MANAGE).order_by("path"))
    here = next((unit for unit in scope if unit.code == code), None)
    if code and here is None:
        raise Http404
    known = {unit.pk for unit in scope}
    tops = [unit for unit in scope if unit.parent_id not in known]
    if here is None and len(tops) == 1:
        here = tops[0]
    below = [unit for unit in scope if unit.parent_id == here.pk] if here else tops
    heads = [*([here] if here else []), *below]
    units = [frozenset(_beneath(unit, scope, alone=unit is here)) for unit in heads]
    above = [unit for unit in scope if here and here.path.startswith(unit.path) and unit is not here]
    opens = [unit is not here and len(ids) > 1 for unit, ids in zip(heads, units, strict=True)]
    return Columns(here, above, heads, units, opens)


def _beneath(unit: OrgUnit, scope: Sequence[OrgUnit], *, alone: bool) -> list[int]:
    """The unit with everything below it; `alone`: only those who belong to it directly."""
    return [unit.pk] if alone else [other.pk for other in scope if other.path.startswith(unit.path)]
