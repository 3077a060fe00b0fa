"""判断题."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.types.answers import letters, truth
from exams.types.choice import indices
from exams.types.question_type import Content, Key, Malformed, Payload, QuestionType, Refused, Reviewed, Written


class TrueFalse(QuestionType):
    """Right or wrong. No content, key `{"correct": bool}`. The answer: `[0]` for right, `[1]` for wrong, or a bool."""

    key: ClassVar = "true_false"
    label: ClassVar = gettext_lazy("True or false")
    names: ClassVar = frozenset({"判断题", "判断", "是非题", "对错题", "judge", "true_false", "truefalse"})
    public_schema: ClassVar = {"options": list}

    def shuffled(self, content: Content, random: Random | None) -> list[int]:
        return [0, 1]

    def public(self, content: Content, order: Sequence[int]) -> dict[str, Any]:
        return {"options": [_("Right"), _("Wrong")]}

    def parse(self, raw: object, shown: int) -> Payload:
        if raw is None or isinstance(raw, bool):
            return raw
        chosen = indices(raw, 2)
        if len(chosen) > 1:
            raise Malformed("both right and wrong")
        return chosen

    def chosen(self, payload: Payload) -> set[int]:
        return {int(not payload)} if isinstance(payload, bool) else super().chosen(payload)

    def share(self, key: Key, order: Sequence[int], payload: Payload, scoring: str) -> Fraction:
        return Fraction(int(self.chosen(payload) == {int(not key["correct"])}))

    def reviewed(self, content: Content, key: Key, order: Sequence[int], payload: Payload) -> list[Reviewed]:
        chosen, right = self.chosen(payload), int(not key["correct"])
        texts = enumerate(self.public(content, order)["options"])
        return [Reviewed("", text, shown == right, shown in chosen) for shown, text in texts]

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

    def texts(self, content: Content) -> list[str]:
        return []
