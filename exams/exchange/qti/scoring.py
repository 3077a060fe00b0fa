"""What the scoring rules of an item come to, as far as they are of a kind that we have too."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from exams.exchange.qti.numbers import number
from exams.exchange.qti.tree import Node

ORDERED = ("gt", "gte", "lt", "lte")
COMPARED = ("match", "equal", "equalRounded", "stringMatch", "member", "inside", "patternMatch", "contains", *ORDERED)
BRANCHES = ("responseIf", "responseElseIf")
SCORE = "SCORE"


@dataclass(frozen=True)
class Case:
    """One comparison of a branch that earns something: with a `value`, or with the declared right one (None)."""

    response: str
    operator: str
    value: str | None
    earns: Fraction
    tolerance: tuple[str, str, str] | None = None  # mode, below, above


@dataclass
class Scoring:
    """`mapped`: responses scored by their mapping; `weights`: what a right response adds, where it says so."""

    mapped: set[str] = field(default_factory=set)
    cases: list[Case] = field(default_factory=list)
    weights: dict[str, Fraction] = field(default_factory=dict)
    odd: bool = False

    def of(self, response: str) -> list[Case]:
        return [case for case in self.cases if case.response == response]


def scoring(item: Node, responses: list[str]) -> Scoring:
    """Read the response processing of an item."""
    found = Scoring()
    rules = item.first("responseProcessing")
    if rules is None:
        found.mapped = set(responses)
        return found
    _template(found, rules.get("template") or rules.get("templateLocation"), responses)
    found.mapped |= {each.get("identifier") for each in rules.every("mapResponse", "mapResponsePoint")}
    for branch in rules.every(*BRANCHES):
        found.cases.extend(_cases(branch))
    for case in found.cases:
        found.weights[case.response] = max(case.earns, found.weights.get(case.response, case.earns))
    for product in rules.every("product"):
        _weight(found, product)
    found.odd = found.odd or (bool(rules.nodes()) and not found.mapped and not found.cases)
    return found


def _template(found: Scoring, address: str, responses: list[str]) -> None:
    name = address.rstrip("/").rpartition("/")[2].removesuffix(".xml").lower()
    if name.startswith("map_response"):
        found.mapped |= set(responses)
    elif name and not name.startswith("match_correct"):
        found.odd = True


def _cases(branch: Node) -> Iterator[Case]:
    earns = _score(branch)
    condition = next((child for child in branch.nodes() if child.name != "setOutcomeValue"), None)
    if earns is None or earns <= 0 or condition is None:
        return
    found = [each for each in _compared(condition) if _variable(each)]
    together = len({_variable(each) for each in found}) if condition.name == "and" else 1
    for compared in found:
        yield _case(compared, earns / together)


def _compared(condition: Node) -> Iterator[Node]:
    """The comparisons that have to hold, or of which one has to."""
    if condition.name in COMPARED:
        yield condition
    elif condition.name in ("and", "or"):
        for child in condition.nodes():
            yield from _compared(child)


def _variable(compared: Node) -> str:
    variable = next(compared.every("variable"), None)
    return variable.get("identifier") if variable else ""


def _case(compared: Node, earns: Fraction) -> Case:
    base = next(compared.every("baseValue"), None)
    tolerance = None
    if compared.name == "equal":
        below, _space, above = compared.get("tolerance").partition(" ")
        tolerance = (compared.get("toleranceMode", "exact"), below, above.strip() or below)
    value = base.text().strip() if base else compared.get("pattern") or None
    return Case(_variable(compared), compared.name, value, earns, tolerance)


def _score(branch: Node) -> Fraction | None:
    """What a branch sets the score to, or adds to it; all of it counts as 1."""
    for rule in branch.nodes("setOutcomeValue"):
        if SCORE not in rule.get("identifier").upper():
            continue
        value = next(rule.every("baseValue"), None)
        if value is not None:
            return number(value.text())
        if any(each.get("identifier").upper().startswith("MAX") for each in rule.every("variable")):
            return Fraction(1)
    return None


def _weight(found: Scoring, product: Node) -> None:
    """The factor beside the mapping of a response."""
    mapped, factor = next(product.every("mapResponse"), None), product.first("baseValue")
    weight = number(factor.text()) if factor else None
    if mapped is not None and weight:
        found.weights[mapped.get("identifier")] = weight
