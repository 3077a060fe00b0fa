"""名次: points first, then the time used; equal ones share a place. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

SHOWN = 10  # names that are published; the lower places are told to their owners and to examiners only


@dataclass(frozen=True, slots=True)
class Result:
    """What a person, or a team, has made of it: `seconds` from start to hand-in, of a team the sum of who counts."""

    who: int
    points: Decimal
    seconds: int
    team: int | None = None
    members: int = 1

    @property
    def time(self) -> str:
        """Minutes and seconds: 12:05."""
        return f"{self.seconds // 60}:{self.seconds % 60:02d}"

    @property
    def order(self) -> tuple[Decimal, int]:
        return -self.points, self.seconds


@dataclass(frozen=True, slots=True)
class Placed:
    """A result with its place; after two on place 1 comes place 3."""

    place: int
    result: Result


def best(results: Iterable[Result]) -> list[Result]:
    """Of each person the best attempt."""
    found: dict[int, Result] = {}
    for each in results:
        known = found.get(each.who)
        if known is None or each.order < known.order:
            found[each.who] = each
    return list(found.values())


def ranked(results: Iterable[Result]) -> list[Placed]:
    """In the order of places; who shares one is in the order of their number."""
    rows: list[Placed] = []
    for number, each in enumerate(sorted(results, key=lambda one: (one.order, one.who)), 1):
        shares = rows and rows[-1].result.order == each.order
        rows.append(Placed(rows[-1].place if shares else number, each))
    return rows


def teams(results: Iterable[Result], counted: int) -> list[Placed]:
    """Teams by the sum of their best `counted` members; one with fewer members counts those it has."""
    by_team: Mapping[int, list[Result]] = defaultdict(list)
    for each in results:
        if each.team is not None:
            by_team[each.team].append(each)
    return ranked(_team(team, members, counted) for team, members in by_team.items())


def _team(team: int, members: Sequence[Result], counted: int) -> Result:
    counting = sorted(members, key=lambda one: one.order)[:counted]
    points = sum((one.points for one in counting), Decimal(0))
    return Result(team, points, sum(one.seconds for one in counting), members=len(members))
