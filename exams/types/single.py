"""单选题."""

from fractions import Fraction
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.types.answers import letters
from exams.types.choice import Choice, bounded, indices
from exams.types.comparing import part
from exams.types.multiple import Multiple
from exams.types.question_type import (
    Content,
    Instead,
    Key,
    Malformed,
    Order,
    Payload,
    Refused,
    Response,
    Written,
)


class Single(Choice):
    """One option to choose; of several right ones any will do. The answer is `[shown]`, `[]` when taken back."""

    key: ClassVar = "single"
    label: ClassVar = gettext_lazy("Single choice")
    names: ClassVar = frozenset({"单选题", "单选", "单项选择题", "单项选择", "选择题", "single"})

    def parse(self, raw: object, content: Content, order: Order) -> Payload:
        if raw is None:
            return None
        chosen = indices(raw, len(order))
        if len(chosen) > 1:
            raise Malformed("more than one option")
        return chosen

    def right(self, content: Content, key: Key, order: Order) -> Payload:
        return super().right(content, key, order)[:1]

    def credit(self, key: Key, own: int) -> Fraction:
        right = Fraction(int(own in key["correct"]))
        return part(key["shares"][own]) if "shares" in key and not right else right

    def share(self, content: Content, key: Key, order: Order, payload: Payload, scoring: str) -> Fraction:
        own = self.own(order, payload)
        if scoring == "all_or_nothing":
            return Fraction(int(any(each in key["correct"] for each in own)))
        return bounded(sum((self.credit(key, each) for each in own), Fraction(0)))

    def responses(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Response]:
        for own in self.own(order, payload):
            return [Response("", str(own), content["options"][own], self.credit(key, own))]
        return [Response("", None, "", Fraction(0))]

    def guess_score(self, content: Content, key: Key) -> Fraction | None:
        """The mean of what the options earn."""
        options = len(content["options"])
        return sum((self.credit(key, own) for own in range(options)), Fraction(0)) / options

    def correct_letters(self, answer: str) -> list[str]:
        found = super().correct_letters(answer)
        if len(found) != 1:
            raise Refused(
                "answer", _("a single-choice question has one answer, not %(letters)s") % {"letters": "".join(found)}
            )
        return found

    def instead(self, row: Written) -> Instead | None:
        """Several answers to a single choice: a multiple choice."""
        found = letters(row.answer) or []
        if len(found) > 1 and all(row.options.get(letter) for letter in found):
            return Instead(Multiple.key, row, _("if taken, it becomes multiple choice"))
        return super().instead(row)
