"""Long lists in portions: what is shown costs what a portion costs, not what the company costs."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import QuerySet

MOST: Final = 2000  # lines of a list that are counted and can be turned to; nobody reads more


class Chain:
    """Querysets one after the other, each ordered for itself; `show` makes lines of a portion of one of them."""

    def __init__(self, *parts: QuerySet[Any], show: Callable[[QuerySet[Any]], list[Any]] = list) -> None:
        self.parts, self.show = parts, show

    def __getitem__(self, wanted: slice) -> list[Any]:
        """From `start` up to `stop`; a later part is asked only when those before have ended."""
        start, missing, found = wanted.start, wanted.stop - wanted.start, list[Any]()
        for part in self.parts:
            rows = self.show(part[start : start + missing])
            found, missing = found + rows, missing - len(rows)
            if not missing:
                break
            start = 0 if rows else start - reach(part, start)
        return found


def reach(rows: Any, most: int) -> int:
    """How many there are, counted no further than `most`."""
    if isinstance(rows, Chain):
        found = 0
        for part in rows.parts:
            found += reach(part, most - found)
        return found
    if isinstance(rows, QuerySet):
        return rows.values_list("pk")[:most].count() if most else 0
    return min(len(rows), most)


class Portions(Paginator[Any]):
    """Pages of the first MOST lines; `more` says that there are others."""

    def __init__(self, rows: Any, per_page: int) -> None:
        super().__init__(rows, per_page)

    @cached_property
    def _reach(self) -> int:
        return reach(self.object_list, MOST + 1)

    @property
    def count(self) -> int:
        return min(self._reach, MOST)

    @property
    def more(self) -> bool:
        return self._reach > MOST
