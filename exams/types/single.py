"""单选题."""

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.types.answers import letters
from exams.types.choice import Choice, indices
from exams.types.multiple import Multiple
from exams.types.question_type import Instead, Key, Malformed, Payload, Refused, Written


class Single(Choice):
    """One right option. The answer is `[shown]`, `[]` when it was taken back."""

    key: ClassVar = "single"
    label: ClassVar = gettext_lazy("Single choice")
    names: ClassVar = frozenset({"单选题", "单选", "单项选择题", "单项选择", "选择题", "single"})

    def parse(self, raw: object, shown: int) -> Payload:
        if raw is None:
            return None
        chosen = indices(raw, shown)
        if len(chosen) > 1:
            raise Malformed("more than one option")
        return chosen

    def share(self, key: Key, order: Sequence[int], payload: Payload, scoring: str) -> Fraction:
        right = isinstance(payload, list) and [order[shown] for shown in payload] == key["correct"]
        return Fraction(int(right))

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
