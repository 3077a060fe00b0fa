"""Who works in some units today, in the form in which a database finds the first of their rows soon."""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Final

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from lms.people.models import OrgUnit, PostAssignment

UNITS: Final = 300
FEW: Final = 20_000
AT_ONCE: Final = 200


class Here:
    """The people of these units. Up to UNITS are named one by one: a database plans best with what it can count.

    The first rows of many people are found by walking an index in the order of the list. Of few it would be walked in
    vain, past everybody else's, so the order hides the index and the database begins with the people. `few` is counted
    no further than FEW, and not at all when the caller knows it.
    """

    def __init__(self, units: QuerySet[OrgUnit], *, few: bool | None = None) -> None:
        ids = list(units.order_by().values_list("pk", flat=True)[: UNITS + 1])
        self.units: Sequence[int] | QuerySet[OrgUnit] = ids if len(ids) <= UNITS else units
        self.posts = PostAssignment.objects.current().filter(unit__in=self.units)
        self._few = few

    @cached_property
    def few(self) -> bool:
        return self.posts.order_by()[: FEW + 1].count() <= FEW if self._few is None else self._few

    def working(self) -> Q:
        """Rows with a `person` who works here, joined with the post of today."""
        return Q(person__posts__ends_on=None, person__posts__unit__in=self.units)

    def among(self) -> Q:
        """The same rows without the join: two tables less to put in order, which took most of the time of a page."""
        return Q(person__in=self.posts.order_by().values("person"))

    def others(self, units: Collection[int]) -> Collection[int]:
        """Which of these are not among the units. One statement where there are too many to be named."""
        if isinstance(self.units, QuerySet):
            return set(units) - set(self.units.filter(pk__in=units).values_list("pk", flat=True))
        return set(units) - set(self.units)

    def order(self, column: str) -> OrderBy:
        return (Coalesce(column, column) if self.few else F(column)).asc(nulls_last=True)

    def portions(self) -> Iterator[list[int]]:
        """Everybody, some at a time, by unit: one statement a portion."""
        posts = self.posts.order_by("unit", "person").values_list("unit", "person")
        after = Q()
        while some := list(posts.filter(after)[:AT_ONCE]):
            yield [person for _, person in some]
            unit, last = some[-1]
            after = Q(unit__gt=unit) | Q(unit=unit, person__gt=last)
