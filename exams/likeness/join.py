"""Which of many sets are alike, without comparing each with each.

Likeness is Dice's coefficient, twice what two sets share over the sum of their sizes. The search is exact: two sets
that are alike enough share at least one of their rarest elements (prefix filtering, Bayardo et al., "Scaling up all
pairs similarity search", 2007), so only those are looked up.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from itertools import chain
from math import ceil
from typing import Final, NamedTuple

LEAST: Final = 85  # per cent
MOST_PAIRS: Final = 5000
SHARED: Final = 3


class Alike(NamedTuple):
    """One that is alike, in whole per cent; only the same sets are 100."""

    key: int
    percent: int


class Index:
    """Sets by key, to ask which are like another one. `sets` are all that will ever be put in or asked about."""

    def __init__(self, sets: Iterable[Set[str]], least: int = LEAST) -> None:
        counts = Counter(token for each in sets for token in each)
        self._rank = {token: n for n, (token, _count) in enumerate(sorted(counts.items(), key=lambda pair: pair[1]))}
        self._share = least / (200 - least)  # of its elements, that a set has at least in common with one alike
        self._least = least
        self._held: dict[int, frozenset[int]] = {}
        self._needed: dict[int, int] = {}
        self._by_rare: dict[int, list[int]] = defaultdict(list)

    def put(self, key: int, one: Set[str]) -> None:
        ranked = sorted(self._rank[token] for token in one)
        self._held[key] = frozenset(ranked)
        self._needed[key] = min(SHARED, self._in_common(len(ranked)))
        for token in self._rare(ranked):
            self._by_rare[token].append(key)

    def alike(self, one: Set[str]) -> list[Alike]:
        """Those held that are alike enough, the most alike first."""
        ranked = sorted(self._rank[token] for token in one)
        asked = frozenset(ranked)
        shared = Counter(chain.from_iterable(self._by_rare.get(token, ()) for token in self._rare(ranked)))
        enough = min(SHARED, self._in_common(len(ranked)))
        candidates = [key for key, count in shared.items() if count >= enough or count >= self._needed[key]]
        found = [Alike(key, self._percent(asked, self._held[key])) for key in candidates]
        return sorted((each for each in found if each.percent >= self._least), key=lambda each: (-each[1], each[0]))

    def _rare(self, ranked: list[int]) -> list[int]:
        """So many that two sets which are alike share `SHARED` of theirs, or all they have in common."""
        return ranked[: len(ranked) - self._in_common(len(ranked)) + SHARED]

    def _in_common(self, size: int) -> int:
        """The fewest elements a set of this size shares with one alike."""
        return ceil(size * self._share - 1e-9)

    def _percent(self, one: frozenset[int], other: frozenset[int]) -> int:
        size = len(one) + len(other)
        if 2 * min(len(one), len(other)) * 100 < self._least * size:
            return 0
        return 200 * len(one & other) // size


def pairs(
    sets: Mapping[int, Set[str]], *, least: int = LEAST, most: int = MOST_PAIRS, tell: Callable[[int], object] = int
) -> list[tuple[int, int, int]]:
    """Pairs of keys that are alike, with per cent, the most alike first; after `most` found it stops looking.

    `tell` hears now and then how many per cent are done.
    """
    index, found = Index(sets.values(), least), list[tuple[int, int, int]]()
    for number, (key, one) in enumerate(sets.items()):
        found += [(each.key, key, each.percent) for each in index.alike(one)]
        if len(found) >= most:
            break
        index.put(key, one)
        if number % 500 == 0:
            tell(100 * number // len(sets))
    return sorted(found, key=lambda pair: -pair[2])[:most]
