"""多选题."""

from collections.abc import Set
from fractions import Fraction
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.types.choice import Choice, bounded, indices
from exams.types.question_type import Content, Key, Order, Payload, Response


class Multiple(Choice):
    """Several right options. The answer is the sorted `[shown, …]`; an empty one earns nothing.

    `all_or_nothing`: exactly the right ones earn the points. `partial`: a right but incomplete choice earns its part
    of them (3 of 4 right options: three quarters), one wrong option makes it nothing. `per_option`: each option that
    is rightly chosen or rightly left earns its part. `right_minus_wrong`: right less wrong chosen ones over the right.
    """

    key: ClassVar = "multiple"
    label: ClassVar = gettext_lazy("Multiple choice")
    names: ClassVar = frozenset({"多选题", "多选", "多项选择题", "多项选择", "不定项选择题", "multiple", "multi"})

    def parse(self, raw: object, content: Content, order: Order) -> Payload:
        return None if raw is None else indices(raw, len(order))

    def share(self, content: Content, key: Key, order: Order, payload: Payload, scoring: str) -> Fraction:
        chosen, correct = self.own(order, payload), set(key["correct"])
        if chosen == correct:
            return Fraction(1)
        if not chosen or scoring == "all_or_nothing":
            return Fraction(0)
        if "shares" in key:
            return bounded(sum((self.credit(key, own) for own in chosen), Fraction(0)))
        return counted(chosen, correct, len(order), scoring)

    def responses(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Response]:
        """Each chosen option is a part of its own."""
        return [
            Response(str(own), str(own), content["options"][own], self.credit(key, own))
            for own in sorted(self.own(order, payload))
        ]

    def guess_score(self, content: Content, key: Key) -> Fraction | None:
        """Nobody knows how many options a guesser takes."""
        return None

    def odd(self, content: Content, key: Key) -> str:
        right, options = len(key["correct"]), len(content["options"])
        if right == options:
            return _("all options are right")
        return _("a multiple-choice question with one answer") if right == 1 else ""


def counted(chosen: Set[int], correct: Set[int], options: int, scoring: str) -> Fraction:
    """What a choice that is not quite right earns without shares of its own."""
    hits, slips = len(chosen & correct), len(chosen - correct)
    if scoring == "partial":
        return Fraction(hits, len(correct)) if not slips else Fraction(0)
    if scoring == "per_option":
        return Fraction(options - len(chosen ^ correct), options)
    if scoring == "right_minus_wrong":
        return max(Fraction(0), Fraction(hits - slips, len(correct)))
    return Fraction(0)
