"""Drawing a paper: pure, so that a preview and a start agree on what is possible."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import accumulate, chain
from random import Random

EASIEST, HARDEST = 1, 5
TRIES = 16  # at random, before every question left is looked at


@dataclass(frozen=True)
class Rule:
    """Draw `count` of the questions that match, each worth `points`. `question` names a compulsory one.

    A topic covers what lies below it: 安规 also matches 安规/验电.
    """

    bank: int
    type: str
    topic: str
    count: int
    points: Decimal
    question: int | None = None
    easiest: int = EASIEST
    hardest: int = HARDEST
    tag: str = ""


@dataclass(frozen=True)
class Cell:
    """What of a question decides which rules may draw it. `by_name`: only a rule that names its type may."""

    bank: int
    type: str
    topic: str
    difficulty: int
    tags: frozenset[str] = frozenset()
    by_name: bool = False

    def suits(self, rule: Rule) -> bool:
        return (
            self.bank == rule.bank
            and (rule.type == self.type if rule.type else not self.by_name)
            and (rule.topic in ("", self.topic) or self.topic.startswith(f"{rule.topic}/"))
            and rule.easiest <= self.difficulty <= rule.hardest
            and (not rule.tag or rule.tag in self.tags)
        )


@dataclass(frozen=True)
class Candidate:
    question: int
    version: int
    difficulty: int = 3


class Stock:
    """What the banks hold, by cell. Read only: every draw of a process may share one."""

    def __init__(self, cells: Mapping[Cell, Sequence[Candidate]]) -> None:
        self.cells = cells

    @cached_property
    def by_question(self) -> Mapping[int, Candidate]:
        return {one.question: one for held in self.cells.values() for one in held}

    def matching(self, rule: Rule) -> list[Sequence[Candidate]]:
        """What a rule may draw, cell by cell; the one question of a compulsory rule."""
        if rule.question is None:
            return [held for cell, held in self.cells.items() if cell.suits(rule)]
        found = self.by_question.get(rule.question)
        return [[found]] if found else []


@dataclass(frozen=True)
class Drawn:
    question: int
    version: int
    points: Decimal
    difficulty: int


@dataclass(frozen=True)
class Shortage:
    """Rule number `rule` finds `matching` questions, of which `left` are not taken by other rules."""

    rule: int
    matching: int
    left: int


class Infeasible(Exception):
    """The banks do not hold what the blueprint asks for."""

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        super().__init__("; ".join(str(each) for each in shortages))
        self.shortages = shortages


def draw(rules: Sequence[Rule], stock: Stock, random: Random, *, without: Collection[int] = ()) -> list[Drawn]:
    """A paper in the order of the rules, no question twice, and none of `without` unless it is compulsory.

    Each free question of a rule is as likely as another. Infeasible only when no choice at all could work.
    """
    pools = [_Pool(stock.matching(rule)) for rule in rules]
    holder = _Assignment(pools, set(without) - {rule.question for rule in rules}, random)
    shortages = []
    for number in sorted(range(len(rules)), key=lambda number: len(pools[number])):
        placed = sum(holder.place(number) for _ in range(rules[number].count))
        if placed < rules[number].count:
            shortages.append(Shortage(number, len(pools[number]), placed))
    if shortages:
        raise Infeasible(sorted(shortages, key=lambda each: each.rule))
    return [
        Drawn(one.question, one.version, rule.points, one.difficulty)
        for rule, taken in zip(rules, holder.by_rule(), strict=True)
        for one in taken
    ]


def expected_difficulty(drawn: Collection[Drawn]) -> float:
    """The mean of the questions' difficulties, 1 to 5, each with the weight of its points."""
    points = sum(each.points for each in drawn)
    return float(sum(each.difficulty * each.points for each in drawn) / points) if points else 0.0


class _Pool:
    """The questions of one rule as one long row, without copying them together."""

    def __init__(self, parts: Sequence[Sequence[Candidate]]) -> None:
        self._parts = parts
        self._ends = list(accumulate(map(len, parts)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[Candidate]:
        return chain.from_iterable(self._parts)

    def __getitem__(self, index: int) -> Candidate:
        part = bisect_right(self._ends, index)
        return self._parts[part][index - self._ends[part]]


class _Assignment:
    """Questions given to rules; when a rule finds none left, an earlier rule takes another (augmenting paths)."""

    def __init__(self, pools: Sequence[_Pool], without: Collection[int], random: Random) -> None:
        self.pools = pools
        self.without = without
        self.random = random
        self.owner: dict[int, tuple[int, Candidate]] = {}

    def place(self, rule: int) -> bool:
        return self._take_free(rule) or self._displace(rule, set())

    def by_rule(self) -> list[list[Candidate]]:
        """What each rule holds."""
        taken: list[list[Candidate]] = [[] for _ in self.pools]
        for rule, candidate in self.owner.values():
            taken[rule].append(candidate)
        return taken

    def _take_free(self, rule: int) -> bool:
        found = self._by_chance(rule) or self._of_the_last(rule)
        if found:
            self.owner[found.question] = rule, found
        return found is not None

    def _by_chance(self, rule: int) -> Candidate | None:
        """One at random, unless most are taken."""
        pool = self.pools[rule]
        if pool:
            for _ in range(TRIES):
                candidate = pool[self.random.randrange(len(pool))]
                if self._is_free(candidate):
                    return candidate
        return None

    def _of_the_last(self, rule: int) -> Candidate | None:
        free = [candidate for candidate in self.pools[rule] if self._is_free(candidate)]
        return self.random.choice(free) if free else None

    def _is_free(self, candidate: Candidate) -> bool:
        return candidate.question not in self.owner and candidate.question not in self.without

    def _displace(self, rule: int, seen: set[int]) -> bool:
        """Take a question over from a rule that finds another one. Every question of ours is taken, or not wanted."""
        for candidate in self.pools[rule]:
            question = candidate.question
            if question in seen or question not in self.owner or self.owner[question][0] == rule:
                continue
            seen.add(question)
            holder = self.owner[question][0]
            if self._take_free(holder) or self._displace(holder, seen):
                self.owner[question] = rule, candidate
                return True
        return False
