"""Drawing a paper: pure, so that a preview and a start agree on what is possible."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from exams import types


@dataclass(frozen=True)
class Rule:
    """Draw `count` of the questions that match, each worth `points`. `question` names a compulsory one."""

    bank: int
    type: str
    topic: str
    count: int
    points: Decimal
    question: int | None = None


@dataclass(frozen=True)
class Candidate:
    question: int
    version: int
    bank: int
    type: str
    topic: str


@dataclass(frozen=True)
class Drawn:
    version: int
    points: Decimal


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


def draw(rules: Sequence[Rule], candidates: Sequence[Candidate], random: Random) -> list[Drawn]:
    """A paper in the order of the rules, no question twice; Infeasible only when no choice at all could work."""
    pools = {number: _pool(rule, candidates, random) for number, rule in enumerate(rules)}
    holder = _Assignment(pools)
    shortages = []
    for number in sorted(pools, key=lambda n: len(pools[n])):
        placed = sum(holder.place(number) for _ in range(rules[number].count))
        if placed < rules[number].count:
            shortages.append(Shortage(number, len(pools[number]), placed))
    if shortages:
        raise Infeasible(sorted(shortages, key=lambda each: each.rule))
    return [
        Drawn(candidate.version, rules[number].points)
        for number, taken in sorted(holder.taken_by_rule().items())
        for candidate in taken
    ]


def _pool(rule: Rule, candidates: Sequence[Candidate], random: Random) -> list[Candidate]:
    matching = [candidate for candidate in candidates if _matches(rule, candidate)]
    random.shuffle(matching)
    return matching


def _matches(rule: Rule, candidate: Candidate) -> bool:
    if rule.question is not None:
        return candidate.question == rule.question
    if candidate.bank != rule.bank or rule.topic not in ("", candidate.topic):
        return False
    return rule.type == candidate.type if rule.type else candidate.type not in types.never_at_random()


class _Assignment:
    """Questions given to rules; when a rule finds none left, an earlier rule takes another (augmenting paths)."""

    def __init__(self, pools: Mapping[int, Sequence[Candidate]]) -> None:
        self.pools = pools
        self.owner: dict[int, int] = {}
        self.next_free: dict[int, int] = defaultdict(int)

    def place(self, rule: int) -> bool:
        return self._take_free(rule) or self._displace(rule, set())

    def taken_by_rule(self) -> dict[int, list[Candidate]]:
        return {
            rule: [candidate for candidate in pool if self.owner.get(candidate.question) == rule]
            for rule, pool in self.pools.items()
        }

    def _take_free(self, rule: int) -> bool:
        pool = self.pools[rule]
        while self.next_free[rule] < len(pool):
            question = pool[self.next_free[rule]].question
            self.next_free[rule] += 1
            if question not in self.owner:
                self.owner[question] = rule
                return True
        return False

    def _displace(self, rule: int, seen: set[int]) -> bool:
        for candidate in self.pools[rule]:
            question = candidate.question
            holder = self.owner.get(question)
            if holder == rule or question in seen:
                continue
            seen.add(question)
            if holder is None or self._take_free(holder) or self._displace(holder, seen):
                self.owner[question] = rule
                return True
        return False
