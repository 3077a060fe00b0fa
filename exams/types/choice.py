"""What single and multiple choice have in common."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from exams.types import checking
from exams.types.answers import letters, plain
from exams.types.comparing import FINE, part
from exams.types.question_type import (
    Content,
    Instead,
    Key,
    Malformed,
    Order,
    Payload,
    QuestionType,
    Refused,
    Reviewed,
    Written,
)


class Choice(QuestionType):
    """Options to choose from. Content is `{"options": [text, …]}`, key `{"correct": [index, …]}`."""

    public_schema: ClassVar = {"options": list}

    @property
    def template(self) -> str:
        return "exams/types/choice.html"

    def shuffled(self, content: Content, random: Random | None) -> Order:
        order = list(range(len(content["options"])))
        if random:
            random.shuffle(order)
        return order

    def checked(self, content: object, key: object) -> tuple[dict[str, Any], dict[str, Any]]:
        options = checking.texts(checking.mapping(content, "options").get("options"), "options", least=2)
        _refuse_equal({chr(65 + own): text for own, text in enumerate(options)})
        sent = checking.mapping(key, "answer")
        made: dict[str, Any] = {
            "correct": sorted(checking.indices(sent.get("correct"), "answer", len(options), least=1))
        }
        if sent.get("shares"):
            shares = checking.listed(sent["shares"], "shares", least=len(options), most=len(options))
            made["shares"] = [checking.share(each, "shares") for each in shares]
        if any(sent.get("feedback") or ()):
            made["feedback"] = checking.texts(sent["feedback"], "feedback", least=0, most=len(options), empty=True)
        return {"options": options}, made

    def public(self, content: Content, order: Order) -> dict[str, Any]:
        return {"options": [content["options"][own] for own in order]}

    def own(self, order: Order, payload: Payload) -> set[int]:
        """The options an answer chooses, by their own indices."""
        return {order[shown] for shown in self.chosen(payload)}

    def right(self, content: Content, key: Key, order: Order) -> Payload:
        return sorted(order.index(own) for own in key["correct"])

    def credit(self, key: Key, own: int) -> Fraction:
        """What choosing this option earns by itself."""
        if "shares" in key:
            return part(key["shares"][own])
        return Fraction(int(own in key["correct"]), len(key["correct"]))

    def reviewed(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Reviewed]:
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

    def as_row(self, stem: str, content: Content, key: Key) -> Written | None:
        return Written(stem, lettered(content["options"]), "".join(chr(65 + own) for own in key["correct"]))

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


def lettered(texts: list[str]) -> dict[str, str]:
    return {chr(65 + own): text for own, text in enumerate(texts)}


def bounded(share: Fraction) -> Fraction:
    """Between nothing and all; a hair below all is meant to be all."""
    return Fraction(1) if share > 1 - FINE else max(Fraction(0), share)


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
