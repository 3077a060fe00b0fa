"""说明: words between questions."""

from fractions import Fraction
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from exams.types import checking
from exams.types.question_type import (
    Content,
    Key,
    Malformed,
    Order,
    Payload,
    QuestionType,
    Response,
    Reviewed,
)


class Description(QuestionType):
    """Only a stem: nothing to answer, worth no points, never drawn at random."""

    key: ClassVar = "description"
    label: ClassVar = gettext_lazy("Explanatory text")
    names: ClassVar = frozenset({"说明", "材料", "description"})
    public_schema: ClassVar[dict[str, Any]] = {}
    scored: ClassVar = False
    at_random: ClassVar = False
    in_rows: ClassVar = False

    def checked(self, content: object, key: object) -> tuple[dict[str, Any], dict[str, Any]]:
        checking.mapping(content, "content")
        return {}, {}

    def public(self, content: Content, order: Order) -> dict[str, Any]:
        return {}

    def parse(self, raw: object, content: Content, order: Order) -> Payload:
        if raw is not None:
            raise Malformed("there is nothing to answer")
        return None

    def share(self, content: Content, key: Key, order: Order, payload: Payload, scoring: str) -> Fraction:
        return Fraction(0)

    def right(self, content: Content, key: Key, order: Order) -> Payload:
        return None

    def reviewed(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Reviewed]:
        return []

    def responses(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Response]:
        return []

    def guess_score(self, content: Content, key: Key) -> Fraction | None:
        return None

    def texts(self, content: Content) -> list[str]:
        return []
