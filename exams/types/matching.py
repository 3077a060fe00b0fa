"""连线题: what belongs to what."""

import re
from fractions import Fraction
from random import Random
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.types import checking
from exams.types.choice import lettered
from exams.types.comparing import plain
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


class Matching(QuestionType):
    """Each left one has its right one; `order` is that of the right side. Every pair earns its part."""

    key: ClassVar = "matching"
    label: ClassVar = gettext_lazy("Matching")
    names: ClassVar = frozenset({"连线题", "连线", "匹配题", "匹配", "配对题", "matching"})
    public_schema: ClassVar = {"left": list, "right": list}

    def shuffled(self, content: Content, random: Random | None) -> Order:
        """The right side never stands beside its left one by rule: without `random` it is sorted by its words."""
        order = list(range(len(content["right"])))
        if random:
            random.shuffle(order)
            return order
        return sorted(order, key=lambda own: (plain(content["right"][own]), own))

    def checked(self, content: object, key: object) -> tuple[dict[str, Any], dict[str, Any]]:
        sent = checking.mapping(content, "left")
        left = checking.texts(sent.get("left"), "left", least=2)
        named = checking.texts(sent.get("right"), "right", least=2)
        right = list(dict.fromkeys(named))
        pairs = checking.listed(
            checking.mapping(key, "answer").get("pairs"), "answer", least=len(left), most=len(left)
        )
        if len(right) < 2:
            raise Refused("right", _("at least two different answers are needed"))
        own = [right.index(named[checking.index(each, "answer", len(named))]) for each in pairs]
        return {"left": left, "right": right}, {"pairs": own}

    def public(self, content: Content, order: Order) -> dict[str, Any]:
        return {"left": list(content["left"]), "right": [content["right"][own] for own in order]}

    def parse(self, raw: object, content: Content, order: Order) -> Payload:
        if raw is None:
            return None
        if not isinstance(raw, list) or len(raw) != len(content["left"]):
            raise Malformed("not one answer for each")
        if any(each is not None and (type(each) is not int or not 0 <= each < len(order)) for each in raw):
            raise Malformed("not the number of an answer")
        return list(raw)

    def answered(self, payload: Payload) -> bool:
        return isinstance(payload, list) and any(each is not None for each in payload)

    def share(self, content: Content, key: Key, order: Order, payload: Payload, scoring: str) -> Fraction:
        own = _own(content, order, payload)
        return Fraction(sum(given == right for given, right in zip(own, key["pairs"], strict=True)), len(own))

    def right(self, content: Content, key: Key, order: Order) -> Payload:
        return [order.index(own) for own in key["pairs"]]

    def reviewed(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Reviewed]:
        names, own = content["right"], _own(content, order, payload)
        return [
            Reviewed(
                str(n + 1),
                f"{left} → {names[right]}",
                True,
                own[n] == right,
                "answer",
                "" if own[n] is None else names[own[n]],
            )
            for n, (left, right) in enumerate(zip(content["left"], key["pairs"], strict=True))
        ]

    def responses(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Response]:
        return [
            Response(str(n), None, "", Fraction(0))
            if given is None
            else Response(
                str(n), str(given), content["right"][given], Fraction(int(given == key["pairs"][n]), len(key["pairs"]))
            )
            for n, given in enumerate(_own(content, order, payload))
        ]

    def guess_score(self, content: Content, key: Key) -> Fraction | None:
        return Fraction(1, len(content["right"]))

    def written(self, row: Written) -> tuple[dict[str, Any], dict[str, Any]]:
        """The options are the left side; the answer holds the right of each, separated by |, and may hold more."""
        left = [text for text in row.options.values() if text]
        right = [text.strip() for text in re.split(r"[|｜]", row.answer) if text.strip()]
        if len(right) < len(left):
            facts = {"left": len(left), "right": len(right)}
            raise Refused("answer", _("there are %(left)s options, but the answer matches only %(right)s") % facts)
        return self.checked({"left": left, "right": right}, {"pairs": list(range(len(left)))})

    def as_row(self, stem: str, content: Content, key: Key) -> Written | None:
        return Written(stem, lettered(content["left"]), "|".join(content["right"]))

    def texts(self, content: Content) -> list[str]:
        return [*content["left"], *content["right"]]


def _own(content: Content, order: Order, payload: Payload) -> list[int | None]:
    given = payload or [None] * len(content["left"])
    return [None if each is None else order[each] for each in given]
