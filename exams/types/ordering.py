"""排序题: steps to put in order."""

import json
import re
from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.types import checking
from exams.types.answers import plain
from exams.types.choice import indices, lettered
from exams.types.question_type import (
    Content,
    Key,
    Malformed,
    Order,
    Payload,
    QuestionType,
    Refused,
    Response,
    Reviewed,
    Written,
)

GRADINGS: Final = ("exact", "place", "neighbours")


class Ordering(QuestionType):
    """Items in their right order; shuffled on every paper, also where options are not.

    `exact`: all of it or nothing. `place`: each item at its place earns its part. `neighbours`: each item that is
    followed by the right one does.
    """

    key: ClassVar = "ordering"
    label: ClassVar = gettext_lazy("Ordering")
    names: ClassVar = frozenset({"排序题", "排序", "ordering"})
    public_schema: ClassVar = {"items": list}

    def shuffled(self, content: Content, random: Random | None) -> Order:
        """Without `random` the same mixture every time; never the order in which the items were written."""
        own = list(range(len(content["items"])))
        mixer = random or Random(json.dumps(content["items"]))
        order = mixer.sample(own, len(own))
        return order if order != own else order[1:] + order[:1]

    def checked(self, content: object, key: object) -> tuple[dict[str, Any], dict[str, Any]]:
        items = checking.texts(checking.mapping(content, "items").get("items"), "items", least=2)
        sent = checking.mapping(key, "answer")
        sequence = checking.indices(sent.get("sequence"), "answer", len(items), least=len(items))
        grading = sent.get("grading", "exact")
        if grading not in GRADINGS:
            raise Refused("grading", _("an order is graded as a whole, by places or by neighbours"))
        return {"items": items}, {"sequence": sequence, **({} if grading == "exact" else {"grading": grading})}

    def public(self, content: Content, order: Order) -> dict[str, Any]:
        return {"items": [content["items"][own] for own in order]}

    def parse(self, raw: object, content: Content, order: Order) -> Payload:
        if raw is None or raw == []:
            return None
        if len(indices(raw, len(order))) != len(order):
            raise Malformed("not all items")
        assert isinstance(raw, list)
        return list(raw)

    def share(self, content: Content, key: Key, order: Order, payload: Payload, scoring: str) -> Fraction:
        if not payload:
            return Fraction(0)
        return _share([order[shown] for shown in payload], key["sequence"], key.get("grading", "exact"))

    def right(self, content: Content, key: Key, order: Order) -> Payload:
        return [order.index(own) for own in key["sequence"]]

    def reviewed(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Reviewed]:
        items = content["items"]
        given = [order[shown] for shown in payload or []]
        return [
            Reviewed(
                str(place + 1),
                items[own],
                True,
                bool(given) and given[place] == own,
                "answer",
                items[given[place]] if given else "",
            )
            for place, own in enumerate(key["sequence"])
        ]

    def responses(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Response]:
        """Which place each item was given."""
        size = len(order)
        if not payload:
            return [Response(str(own), None, "", Fraction(0)) for own in range(size)]
        places = {order[shown]: place for place, shown in enumerate(payload)}
        return [
            Response(
                str(own),
                str(places[own] + 1),
                f"{content['items'][own]}: {places[own] + 1}",
                Fraction(int(key["sequence"][places[own]] == own), size),
            )
            for own in range(size)
        ]

    def guess_score(self, content: Content, key: Key) -> Fraction | None:
        size = len(content["items"])
        if key.get("grading", "exact") != "exact":
            return Fraction(1, size)
        ways = 1
        for n in range(2, size + 1):
            ways *= n
        return Fraction(1, ways)

    def written(self, row: Written) -> tuple[dict[str, Any], dict[str, Any]]:
        """The options are the items; the answer names their letters in the right order: BDAC, or B→D→A→C."""
        options = {letter: text for letter, text in row.options.items() if text}
        letters = re.sub(r"[^A-Z]", "", plain(row.answer).upper())
        if sorted(letters) != sorted(options):
            raise Refused("answer", _("the answer must name every option once, in the right order"))
        names = list(options)
        sequence = [names.index(letter) for letter in letters]
        return self.checked({"items": list(options.values())}, {"sequence": sequence})

    def as_row(self, stem: str, content: Content, key: Key) -> Written | None:
        return Written(stem, lettered(content["items"]), "".join(chr(65 + own) for own in key["sequence"]))

    def texts(self, content: Content) -> list[str]:
        return list(content["items"])


def _share(given: Sequence[int], right: Sequence[int], grading: str) -> Fraction:
    if grading == "place":
        return Fraction(sum(one == other for one, other in zip(given, right, strict=True)), len(right))
    if grading == "neighbours":
        pairs = set(zip(right, right[1:], strict=False))
        return Fraction(len(pairs & set(zip(given, given[1:], strict=False))), len(pairs))
    return Fraction(int(list(given) == list(right)))
