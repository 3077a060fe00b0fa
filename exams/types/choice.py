"""What single and multiple choice have in common."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from exams.types.answers import letters, plain
from exams.types.question_type import (
    Content,
    Instead,
    Key,
    Malformed,
    Payload,
    QuestionType,
    Refused,
    Reviewed,
    Written,
)


class Choice(QuestionType):
    """Options to choose from. Content is `{"options": [text, …]}`, key `{"correct": [index, …]}`."""

    public_schema: ClassVar = {"options": list}

    def shuffled(self, content: Content, random: Random | None) -> list[int]:
        order = list(range(len(content["options"])))
        if random:
            random.shuffle(order)
        return order

    def public(self, content: Content, order: Sequence[int]) -> dict[str, Any]:
        return {"options": [content["options"][own] for own in order]}

    def reviewed(self, content: Content, key: Key, order: Sequence[int], payload: Payload) -> list[Reviewed]:
        chosen = self.chosen(payload)
        return [
            Reviewed(chr(65 + shown), content["options"][own], own in key["correct"], shown in chosen)
            for shown, own in enumerate(order)
        ]

    def written(self, row: Written) -> tuple[dict[str, Any], dict[str, Any]]:
        options = {letter: text for letter, text in row.options.items() if text}
        if len(options) < 2:
            raise Refused("options", _("at least two options are needed"))
        _refuse_equal(options)
        correct = self.correct_letters(row.answer)
        for letter in correct:
            if letter not in options:
                raise Refused(
                    "answer", _("the answer names %(letter)s, but there is no such option") % {"letter": letter}
                )
        names = list(options)
        return {"options": list(options.values())}, {"correct": [names.index(letter) for letter in correct]}

    def correct_letters(self, answer: str) -> list[str]:
        """The letters of a written answer; Refused when it is none."""
        found = letters(answer)
        if found is None:
            raise Refused(
                "answer", _("the answer “%(answer)s” is not made of option letters") % {"answer": answer[:20]}
            )
        return found

    def instead(self, row: Written) -> Instead | None:
        """The question without the letters that no option has."""
        found = letters(row.answer) or []
        real = [letter for letter in found if row.options.get(letter)]
        if not real or real == found:
            return None
        answer = "".join(real)
        reason = _("if taken, the answer is %(answer)s") % {"answer": answer}
        return Instead(self.key, replace(row, answer=answer), reason)

    def texts(self, content: Content) -> list[str]:
        return list(content["options"])


def indices(raw: object, shown: int) -> list[int]:
    """A list of different option numbers below `shown`, sorted."""
    if not isinstance(raw, list) or not all(type(each) is int and 0 <= each < shown for each in raw):
        raise Malformed("not a list of option numbers")
    if len(set(raw)) != len(raw):
        raise Malformed("an option is named twice")
    return sorted(raw)


def _refuse_equal(options: dict[str, str]) -> None:
    seen: dict[str, str] = {}
    for letter, text in options.items():
        first = seen.setdefault(plain(text), letter)
        if first != letter:
            raise Refused("options", _("options %(one)s and %(two)s are the same") % {"one": first, "two": letter})
