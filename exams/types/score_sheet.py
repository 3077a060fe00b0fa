"""实操评分表: what an assessor looks at while somebody works."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.types import checking
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


class ScoreSheet(QuestionType):
    """The taker sends nothing; the assessor gives points for each item, and a failed key item makes the whole 0."""

    key: ClassVar = "score_sheet"
    label: ClassVar = gettext_lazy("Practical score sheet")
    names: ClassVar = frozenset({"实操评分表", "评分表", "实操题", "实操", "score_sheet"})
    public_schema: ClassVar = {"items": list}
    manual: ClassVar = True
    at_random: ClassVar = False
    in_rows: ClassVar = False

    def checked(self, content: object, key: object) -> tuple[dict[str, Any], dict[str, Any]]:
        sent = checking.mapping(content, "items").get("items")
        items = [_item(each) for each in checking.listed(sent, "items", least=1, most=100)]
        if all(item["points"] == "0" for item in items):
            raise Refused("items", _("at least one item must be worth points"))
        return {"items": items}, {}

    def public(self, content: Content, order: Order) -> dict[str, Any]:
        return {"items": [{name: item[name] for name in ("text", "points", "key")} for item in content["items"]]}

    def parse(self, raw: object, content: Content, order: Order) -> Payload:
        if raw is not None:
            raise Malformed("only an assessor fills this in")
        return None

    def waits(self, content: Content, payload: Payload) -> bool:
        return True

    def share(self, content: Content, key: Key, order: Order, payload: Payload, scoring: str) -> Fraction:
        return Fraction(0)

    def criteria(self, answered: Answered) -> list[Criterion]:
        items = answered.content["items"]
        return [Criterion(item["text"], Fraction(item["points"]), item["key"]) for item in items]

    def marked(self, answered: Answered, given: Sequence[Fraction]) -> Fraction:
        items = answered.content["items"]
        if any(item["key"] and points <= 0 for item, points in zip(items, given, strict=True)):
            return Fraction(0)
        return min(Fraction(1), sum(given, Fraction(0)) / sum(Fraction(item["points"]) for item in items))

    def right(self, content: Content, key: Key, order: Order) -> Payload:
        return None

    def reviewed(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Reviewed]:
        return [
            Reviewed(item["points"], item["text"], True, True, "rubric", marked=False) for item in content["items"]
        ]

    def responses(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Response]:
        return []

    def guess_score(self, content: Content, key: Key) -> Fraction | None:
        return None

    def texts(self, content: Content) -> list[str]:
        return [item["text"] for item in content["items"]]


def _item(sent: object) -> dict[str, Any]:
    item = checking.mapping(sent, "items")
    return {
        "text": checking.text(item.get("text"), "items", longest=1000),
        "points": checking.positive(item.get("points", "1"), "items"),
        "key": checking.flag(item.get("key")),
    }
