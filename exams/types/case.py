"""案例题: one material, several questions about it."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any, ClassVar, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import exams.types as types
from exams.types import checking
from exams.types.choice import bounded
from exams.types.question_type import (
    Answered,
    Content,
    Criterion,
    Key,
    Malformed,
    Order,
    Payload,
    QuestionType,
    Refused,
    Response,
    Reviewed,
)

NO_PARTS: Final = {"case", "description", "score_sheet"}
MOST: Final = 20


class Part(NamedTuple):
    """A question of a case as its own type needs it."""

    kind: QuestionType
    content: Content
    key: Key
    order: Order
    payload: Payload
    weight: Fraction


class Case(QuestionType):
    """Each part is a question of another type and earns its weight of the points. Manual when one part is."""

    key: ClassVar = "case"
    label: ClassVar = gettext_lazy("Case")
    names: ClassVar = frozenset({"案例题", "案例分析题", "案例分析", "综合题", "case"})
    public_schema: ClassVar = {"parts": list}
    in_rows: ClassVar = False

    def shuffled(self, content: Content, random: Random | None) -> Order:
        return [_kind(part).shuffled(part["content"], random) for part in content["parts"]]

    def checked(self, content: object, key: object) -> tuple[dict[str, Any], dict[str, Any]]:
        sent = checking.mapping(content, "parts").get("parts")
        parts = checking.listed(sent, "parts", least=1, most=MOST)
        keys = checking.listed(
            checking.mapping(key, "answer").get("parts"), "answer", least=len(parts), most=len(parts)
        )
        pairs = [_checked(checking.mapping(part, "parts"), each) for part, each in zip(parts, keys, strict=True)]
        return {"parts": [part for part, _key in pairs]}, {"parts": [each for _part, each in pairs]}

    def public(self, content: Content, order: Order) -> dict[str, Any]:
        return {
            "parts": [
                {
                    "type": part["type"],
                    "stem": part["stem"],
                    "weight": part["weight"],
                    "content": types.public(_kind(part), part["content"], own),
                }
                for part, own in zip(content["parts"], order, strict=True)
            ]
        }

    def parse(self, raw: object, content: Content, order: Order) -> Payload:
        if raw is None:
            return None
        if not isinstance(raw, list) or len(raw) != len(content["parts"]):
            raise Malformed("not one answer for each part")
        rows = zip(content["parts"], raw, order, strict=True)
        return [_kind(part).parse(each, part["content"], own) for part, each, own in rows]

    def answered(self, payload: Payload) -> bool:
        """Without the content nobody knows the types: nothing but empty answers is no answer."""
        return isinstance(payload, list) and any(not _empty(each) for each in payload)

    def waits(self, content: Content, payload: Payload) -> bool:
        given = payload or [None] * len(content["parts"])
        return any(
            _kind(part).waits(part["content"], each) for part, each in zip(content["parts"], given, strict=True)
        )

    def share(self, content: Content, key: Key, order: Order, payload: Payload, scoring: str) -> Fraction:
        earned = (
            part.weight * part.kind.share(part.content, part.key, part.order, part.payload, scoring)
            for part in _parts(content, key, order, payload)
        )
        return bounded(sum(earned, Fraction(0)))

    def criteria(self, answered: Answered) -> list[Criterion]:
        return [
            each._replace(part=str(n))
            for n, (part, own) in enumerate(_answered(answered), 1)
            for each in part.kind.criteria(own)
        ]

    def marked(self, answered: Answered, given: Sequence[Fraction]) -> Fraction:
        """Parts that nobody has to mark count by themselves."""
        left, earned = list(given), Fraction(0)
        for part, own in _answered(answered):
            mine = [left.pop(0) for _criterion in part.kind.criteria(own)]
            earned += part.weight * part.kind.marked(own, mine)
        return bounded(earned)

    def right(self, content: Content, key: Key, order: Order) -> Payload:
        found = [part.kind.right(part.content, part.key, part.order) for part in _parts(content, key, order, None)]
        return None if None in found else found

    def reviewed(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Reviewed]:
        lines = []
        for n, part in enumerate(_parts(content, key, order, payload)):
            lines.append(Reviewed(str(n + 1), content["parts"][n]["stem"], True, True, "part"))
            lines += part.kind.reviewed(part.content, part.key, part.order, part.payload)
        return lines

    def responses(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Response]:
        return [
            Response(f"{n + 1}.{each.part}".rstrip("."), each.option, each.text, each.credit * part.weight)
            for n, part in enumerate(_parts(content, key, order, payload))
            for each in part.kind.responses(part.content, part.key, part.order, part.payload)
        ]

    def guess_score(self, content: Content, key: Key) -> Fraction | None:
        orders = self.shuffled(content, None)
        parts = list(_parts(content, key, orders, None))
        guesses = [part.kind.guess_score(part.content, part.key) for part in parts]
        if any(guess is None for guess in guesses):
            return None
        return sum((part.weight * (guess or 0) for part, guess in zip(parts, guesses, strict=True)), Fraction(0))

    def rewritten(
        self, content: Content, key: Key, rewrite: Callable[[str], str]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        pairs = [
            _kind(part).rewritten(part["content"], own, rewrite)
            for part, own in zip(content["parts"], key["parts"], strict=True)
        ]
        parts = [
            {**part, "stem": rewrite(part["stem"]), "content": new}
            for part, (new, _key) in zip(content["parts"], pairs, strict=True)
        ]
        return {"parts": parts}, {"parts": [own for _content, own in pairs]}

    def texts(self, content: Content) -> list[str]:
        return [
            text
            for part in content["parts"]
            for text in (part["type"], part["stem"], *_kind(part).texts(part["content"]))
        ]


def _kind(part: Content) -> QuestionType:
    return types.get(part["type"])


def _checked(part: Content, key: object) -> tuple[dict[str, Any], dict[str, Any]]:
    kind = types.registered().get(str(part.get("type")))
    if kind is None or kind.key in NO_PARTS:
        raise Refused("parts", _("a part of a case has a type that it cannot have"))
    stem = checking.text(part.get("stem"), "parts")
    weight = checking.positive(part.get("weight", "1"), "weight")
    if weight == "0":
        raise Refused("weight", _("a part of the question must count for something"))
    content, own = kind.checked(part.get("content", {}), key)
    reason = kind.misfit(stem, content)
    if reason:
        raise Refused("parts", reason)
    return {"type": kind.key, "stem": stem, "content": content, "weight": weight}, own


def _parts(content: Content, key: Key, order: Order, payload: Payload) -> Iterator[Part]:
    total = sum(Fraction(part["weight"]) for part in content["parts"])
    given = payload or [None] * len(content["parts"])
    for part, own, shown, answer in zip(content["parts"], key["parts"], order, given, strict=True):
        yield Part(_kind(part), part["content"], own, shown, answer, Fraction(part["weight"]) / total)


def _answered(whole: Answered) -> Iterator[tuple[Part, Answered]]:
    for part in _parts(whole.content, whole.key, whole.order, whole.payload):
        worth = whole.worth * part.weight
        yield part, Answered(part.content, part.key, part.order, part.payload, whole.scoring, worth)


def _empty(answer: Payload) -> bool:
    return answer is None or answer in ("", []) or (isinstance(answer, list) and all(each is None for each in answer))
