"""多选题."""

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.types.choice import Choice, indices
from exams.types.question_type import Content, Key, Payload


class Multiple(Choice):
    """Several right options. The answer is the sorted `[shown, …]`.

    `all_or_nothing`: exactly the right ones earn the points. `partial`: a right but incomplete choice earns its part
    of them (3 of 4 right options: three quarters). One wrong option always earns nothing.
    """

    key: ClassVar = "multiple"
    label: ClassVar = gettext_lazy("Multiple choice")
    names: ClassVar = frozenset({"多选题", "多选", "多项选择题", "多项选择", "不定项选择题", "multiple", "multi"})

    def parse(self, raw: object, shown: int) -> Payload:
        return None if raw is None else indices(raw, shown)

    def share(self, key: Key, order: Sequence[int], payload: Payload, scoring: str) -> Fraction:
        correct = set(key["correct"])
        chosen = {order[shown] for shown in payload} if isinstance(payload, list) else set()
        if chosen == correct:
            return Fraction(1)
        if scoring != "partial" or not chosen < correct:
            return Fraction(0)
        return Fraction(len(chosen), len(correct))

    def odd(self, content: Content, key: Key) -> str:
        right, options = len(key["correct"]), len(content["options"])
        if right == options:
            return _("all options are right")
        return _("a multiple-choice question with one answer") if right == 1 else ""
