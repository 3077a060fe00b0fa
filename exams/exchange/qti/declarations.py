"""What an item of 2.x and 3.0 says of its responses: right values, what each value earns, areas."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from exams.exchange.qti.numbers import number
from exams.exchange.qti.tree import Node

NEAR = Fraction(1, 1000)


@dataclass(frozen=True)
class Entry:
    """What one value earns."""

    value: str
    earns: Fraction
    case: bool = False


@dataclass(frozen=True)
class AreaEntry:
    shape: str
    coords: str
    earns: Fraction


@dataclass(frozen=True)
class Declaration:
    """One response. `upper` bounds what all entries together earn."""

    identifier: str
    cardinality: str = "single"
    base_type: str = "identifier"
    correct: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    areas: tuple[AreaEntry, ...] = ()
    upper: Fraction | None = None

    @property
    def earns(self) -> Mapping[str, Fraction]:
        return {entry.value: entry.earns for entry in self.entries}

    def most(self) -> Fraction:
        """What the best response earns by the mapping; 1 without one."""
        values = [entry.earns for entry in self.entries] + [area.earns for area in self.areas]
        positive = [earned for earned in values if earned > 0]
        if not positive:
            return Fraction(1)
        best = max(positive) if self.cardinality == "single" else sum(positive, Fraction(0))
        whole = Fraction(round(best))
        best = whole if whole and abs(best - whole) < NEAR else best  # three times 0.3333
        return min(best, self.upper) if self.upper else best


def declarations(item: Node) -> dict[str, Declaration]:
    """The responses of an item by identifier."""
    return {each.get("identifier"): _declaration(each) for each in item.nodes("responseDeclaration")}


def outcome(item: Node, identifier: str) -> Fraction | None:
    """The number an outcome begins with, such as MAXSCORE; or for SCORE its highest value."""
    for each in item.nodes("outcomeDeclaration"):
        if each.get("identifier") == identifier:
            default = each.first("defaultValue")
            return number(default.said("value")) if default else None
    return None


def _declaration(node: Node) -> Declaration:
    mapping, areas, correct = node.first("mapping"), node.first("areaMapping"), node.first("correctResponse")
    bound = (mapping or areas or node).get("upperBound")
    return Declaration(
        node.get("identifier"),
        node.get("cardinality", "single"),
        node.get("baseType", "identifier"),
        tuple(value.text().strip() for value in correct.nodes("value")) if correct else (),
        tuple(_entry(entry) for entry in mapping.nodes("mapEntry")) if mapping else (),
        tuple(_area(entry) for entry in areas.nodes("areaMapEntry")) if areas else (),
        number(bound) if bound else None,
    )


def _entry(node: Node) -> Entry:
    return Entry(
        node.get("mapKey"), number(node.get("mappedValue")) or Fraction(0), node.get("caseSensitive") == "true"
    )


def _area(node: Node) -> AreaEntry:
    return AreaEntry(node.get("shape"), node.get("coords"), number(node.get("mappedValue")) or Fraction(0))
