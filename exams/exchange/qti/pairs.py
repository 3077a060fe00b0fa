"""Putting in order and joining."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from exams.exchange.qti.fitting import Fitted, Item, identifiers, indices, right_values
from exams.exchange.qti.tree import Node
from exams.exchange.unreadable import Broken, Unlike

Pairs = Sequence[tuple[str, str]]


def order(item: Item, node: Node) -> Fitted:
    """orderInteraction."""
    choices = node.nodes("simpleChoice")
    declared = item.response(node)
    sequence = indices(identifiers(choices), right_values(item, declared))
    if sorted(sequence) != list(range(len(choices))):
        raise Unlike(node.name, _("only some of the items have a place in the right order"))
    return Fitted(
        "ordering", {"items": [item.option(each) for each in choices]}, {"sequence": sequence}, item.earns(declared)
    )


def match(item: Item, node: Node) -> Fitted:
    """matchInteraction: every item of one side has exactly one partner on the other."""
    sets = [each.nodes("simpleAssociableChoice") for each in node.nodes("simpleMatchSet")]
    if len(sets) != 2:
        raise Broken(_("a matching question needs two sides"))
    pairs = _pairs(item, node)
    left, right = sets
    if not _each_once(identifiers(left), [one for one, _other in pairs]):
        if not _each_once(identifiers(right), [other for _one, other in pairs]):
            raise Unlike(node.name, _("items have several partners, or items of both sides have none"))
        left, right, pairs = right, left, [(other, one) for one, other in pairs]
        item.remark(_("The two sides of a matching question changed places."))
    return _matching(item, node, left, right, pairs)


def associate(item: Item, node: Node) -> Fitted:
    """associateInteraction: pairs among one set, each item in one pair at most."""
    choices = node.nodes("simpleAssociableChoice")
    pairs = _pairs(item, node)
    used = [name for pair in pairs for name in pair]
    if max(Counter(used).values()) > 1:
        raise Unlike(node.name, _("items have several partners, or items of both sides have none"))
    first = [one for one, _other in pairs]
    left = [each for each in choices if each.get("identifier") in first]
    right = [each for each in choices if each.get("identifier") not in first]
    item.remark(_("Pairs among one set of items became a matching question with two sides."))
    return _matching(item, node, left, right, pairs)


def _matching(item: Item, node: Node, left: Sequence[Node], right: Sequence[Node], pairs: Pairs) -> Fitted:
    partner = dict(pairs)
    declared = item.response(node)
    if item.is_mapped(declared) and len({entry.earns for entry in declared.entries if entry.earns > 0}) > 1:
        item.remark(_("The pairs of a matching question had different weights; here each counts the same."))
    return Fitted(
        "matching",
        {"left": [item.option(each) for each in left], "right": [item.option(each) for each in right]},
        {"pairs": indices(identifiers(right), [partner[name] for name in identifiers(left)])},
        item.earns(declared),
    )


def _pairs(item: Item, node: Node) -> list[tuple[str, str]]:
    found = [value.split() for value in right_values(item, item.response(node))]
    if any(len(pair) != 2 for pair in found):
        raise Broken(_("a right answer is not a pair"))
    return [(one, other) for one, other in found]


def _each_once(names: Sequence[str], used: Sequence[str]) -> bool:
    return sorted(names) == sorted(used)
