"""Answers that may stand in any order: each is given the place where all of them together earn most."""

from collections.abc import Sequence
from fractions import Fraction

Best = dict[int, tuple[Fraction, tuple[Fraction, ...]]]


def assigned(shares: Sequence[Sequence[Fraction]]) -> list[Fraction]:
    """What each answer earns, of `shares[answer][place]`; no place is used twice. Few places: all are tried."""
    found: Best = {0: (Fraction(0), ())}
    for row in shares:
        found = _further(found, row)
    return list(max(found.values())[1])


def _further(found: Best, row: Sequence[Fraction]) -> Best:
    """The best ways to use each set of places, with one answer more."""
    after: Best = {}
    for used, (total, earned) in found.items():
        ways = [(used, Fraction(0))]
        ways += [(used | 1 << place, share) for place, share in enumerate(row) if share and not used & 1 << place]
        for places, share in ways:
            way = (total + share, (*earned, share))
            after[places] = max(way, after.get(places, way))
    return after
