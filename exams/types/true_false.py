"""判断题."""

from fractions import Fraction
from random import Random
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.types import checking
from exams.types.answers import letters, truth
from exams.types.choice import indices
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


class TrueFalse(QuestionType):
    """Right or wrong. No content, key `{"correct": bool}`. The answer: `[0]` for right, `[1]` for wrong, or a bool."""

    key: ClassVar = "true_false"
    label: ClassVar = gettext_lazy("True or false")
    names: ClassVar = frozenset({"判断题", "判断", "是非题", "对错题", "judge", "true_false", "truefalse"})
    public_schema: ClassVar = {"options": list}

    @property
    def template(self) -> str:
        return "exams/types/choice.html"

    def shuffled(self, content: Content, random: Random | None) -> Order:
        return [0, 1]

    def checked(self, content: object, key: object) -> tuple[dict[str, Any], dict[str, Any]]:
        sent = checking.mapping(key, "answer")
        if not isinstance(sent.get("correct"), bool):
            raise Refused("answer", _("the answer must say right or wrong"))
        made: dict[str, Any] = {"correct": sent["correct"]}
        if any(sent.get("feedback") or ()):
            made["feedback"] = checking.texts(sent["feedback"], "feedback", least=0, most=2, empty=True)
        return {}, made

    def public(self, content: Content, order: Order) -> dict[str, Any]:
        return {"options": [_("Right"), _("Wrong")]}

    def parse(self, raw: object, content: Content, order: Order) -> Payload:
        if raw is None or isinstance(raw, bool):
            return raw
        chosen = indices(raw, 2)
        if len(chosen) > 1:
            raise Malformed("both right and wrong")
        return chosen

    def chosen(self, payload: Payload) -> set[int]:
        return {int(not payload)} if isinstance(payload, bool) else super().chosen(payload)

    def share(self, content: Content, key: Key, order: Order, payload: Payload, scoring: str) -> Fraction:
        return Fraction(int(self.chosen(payload) == {int(not key["correct"])}))

    def right(self, content: Content, key: Key, order: Order) -> Payload:
        return [int(not key["correct"])]

    def reviewed(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Reviewed]:
        chosen, right = self.chosen(payload), int(not key["correct"])
        texts = enumerate(self.public(content, order)["options"])
        return [Reviewed("", text, shown == right, shown in chosen) for shown, text in texts]

    def responses(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Response]:
        names = self.public(content, order)["options"]
        for shown in self.chosen(payload):
            return [Response("", str(shown), names[shown], self.share(content, key, order, payload, ""))]
        return [Response("", None, "", Fraction(0))]

    def guess_score(self, content: Content, key: Key) -> Fraction | None:
        return Fraction(1, 2)

    def written(self, row: Written) -> tuple[dict[str, Any], dict[str, Any]]:
        answer = row.answer
        named = letters(answer) or []
        if len(named) == 1 and row.options.get(named[0]):
            answer = row.options[named[0]]
        correct = truth(answer)
        if correct is None:
            raise Refused(
                "answer", _("the answer “%(answer)s” says neither right nor wrong") % {"answer": answer[:20]}
            )
        return {}, {"correct": correct}

    def as_row(self, stem: str, content: Content, key: Key) -> Written | None:
        return Written(stem, {}, "√" if key["correct"] else "×")

    def texts(self, content: Content) -> list[str]:
        return []
