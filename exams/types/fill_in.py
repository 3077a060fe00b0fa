"""填空题: several blanks, each a text, a number or one of some options."""

import re
from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.types import accepted, checking
from exams.types.assigning import assigned
from exams.types.choice import bounded
from exams.types.numerical import counted, number_row, typed, written_number
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

LONGEST: Final = 500
MOST: Final = 20
MOST_FREE: Final = 12
MARK: Final = re.compile(r"\{\{(\d{1,2})\}\}")
_DRAWN = re.compile(r"_{2,}|[（(][\s\u3000_]*[）)]")
_KINDS: Final = ("text", "number", "choice")


class FillIn(QuestionType):
    """The stem holds `{{1}}`, `{{2}}` …; one blank without a mark stands after the stem."""

    key: ClassVar = "fill_in"
    label: ClassVar = gettext_lazy("Fill in the blanks")
    names: ClassVar = frozenset({"填空题", "填空", "fill_in", "blank"})
    public_schema: ClassVar = {"blanks": list}

    def shuffled(self, content: Content, random: Random | None) -> Order:
        orders = [list(range(len(blank.get("options", ())))) for blank in content["blanks"]]
        if random:
            for order in orders:
                random.shuffle(order)
        return orders

    def checked(self, content: object, key: object) -> tuple[dict[str, Any], dict[str, Any]]:
        sent = checking.mapping(content, "blanks").get("blanks")
        blanks = [_blank(each) for each in checking.listed(sent, "blanks", least=1, most=MOST)]
        answers = checking.mapping(key, "answer")
        places = checking.listed(answers.get("blanks"), "answer", least=len(blanks), most=len(blanks))
        made: dict[str, Any] = {
            "blanks": [
                accepted.checked(blank["kind"], place, blank.get("options", []))
                for blank, place in zip(blanks, places, strict=True)
            ]
        }
        if checking.flag(answers.get("order_free")):
            _may_be_free(blanks)
            made["order_free"] = True
        return {"blanks": blanks}, made

    def misfit(self, stem: str, content: Content) -> str:
        marks, blanks = sorted(int(n) for n in MARK.findall(stem)), len(content["blanks"])
        if marks == list(range(1, blanks + 1)) or (blanks == 1 and not marks):
            return ""
        return _("the stem marks %(marks)s blanks, the answer has %(blanks)s") % {
            "marks": len(marks),
            "blanks": blanks,
        }

    def public(self, content: Content, order: Order) -> dict[str, Any]:
        return {"blanks": [_shown(blank, own) for blank, own in zip(content["blanks"], order, strict=True)]}

    def parse(self, raw: object, content: Content, order: Order) -> Payload:
        if raw is None:
            return None
        blanks = content["blanks"]
        if not isinstance(raw, list) or len(raw) != len(blanks):
            raise Malformed("not one answer a blank")
        return [_parsed(blank, each) for blank, each in zip(blanks, raw, strict=True)]

    def answered(self, payload: Payload) -> bool:
        return isinstance(payload, list) and any(each is not None for each in payload)

    def share(self, content: Content, key: Key, order: Order, payload: Payload, scoring: str) -> Fraction:
        shares = self._shares(content, key, order, payload)
        return bounded(sum(map(Fraction.__mul__, shares, _weights(content)), Fraction(0)))

    def right(self, content: Content, key: Key, order: Order) -> Payload:
        found = [accepted.right(blank["kind"], place) for blank, place in _pairs(content, key)]
        return [order[n].index(each) if isinstance(each, int) else each for n, each in enumerate(found)]

    def reviewed(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Reviewed]:
        given = _texts(content, order, payload)
        shares = self._shares(content, key, order, payload)
        return [
            Reviewed(
                str(n + 1) if len(shares) > 1 else "",
                accepted.words(blank["kind"], place, blank.get("options", [])),
                True,
                shares[n] == 1,
                "answer",
                given[n] or "",
                marked=False,
            )
            for n, (blank, place) in enumerate(_pairs(content, key))
        ]

    def responses(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Response]:
        own, given, weights = _own(content, order, payload), _texts(content, order, payload), _weights(content)
        return [
            counted(str(n + 1), blank["kind"], place, own[n], given[n], weights[n])
            for n, (blank, place) in enumerate(_pairs(content, key))
        ]

    def guess_score(self, content: Content, key: Key) -> Fraction | None:
        """What guessing the blanks with options earns; nobody guesses a text."""
        guesses = [_guess(blank, place) for blank, place in _pairs(content, key)]
        return sum(map(Fraction.__mul__, guesses, _weights(content)), Fraction(0))

    def written(self, row: Written) -> tuple[dict[str, Any], dict[str, Any]]:
        """Blanks are separated by |, answers that are equally right by ;."""
        found = [_written(text) for text in re.split(r"[|｜]", row.answer)]
        blanks, places = [{"kind": kind} for kind, _place in found], [place for _kind, place in found]
        content, key = self.checked({"blanks": blanks}, {"blanks": places})
        reason = self.misfit(self.stem(row), content)
        if reason:
            raise Refused("stem", reason)
        return content, key

    def stem(self, row: Written) -> str:
        """With its underscores or empty brackets as marks."""
        return _marked(row.stem, len(re.split(r"[|｜]", row.answer)))

    def as_row(self, stem: str, content: Content, key: Key) -> Written | None:
        return Written(stem, {}, "|".join(_row(blank, place) for blank, place in _pairs(content, key)))

    def texts(self, content: Content) -> list[str]:
        return [text for blank in content["blanks"] for text in blank.get("options", ())]

    def _shares(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Fraction]:
        """What each blank earns of itself."""
        own = _own(content, order, payload)
        pairs = _pairs(content, key)
        if key.get("order_free"):
            kind = content["blanks"][0]["kind"]
            return assigned([[accepted.earned(kind, place, each)[1] for _blank, place in pairs] for each in own])
        return [accepted.earned(blank["kind"], place, own[n])[1] for n, (blank, place) in enumerate(pairs)]


def _blank(sent: object) -> dict[str, Any]:
    blank = checking.mapping(sent, "blanks")
    kind = blank.get("kind", "text")
    if kind not in _KINDS:
        raise Refused("blanks", _("a blank is a text, a number or a choice"))
    made: dict[str, Any] = {"kind": kind}
    if kind == "choice":
        made["options"] = checking.texts(blank.get("options"), "options", least=2)
    weight = checking.positive(blank.get("weight", "1"), "weight")
    if weight == "0":
        raise Refused("weight", _("a part of the question must count for something"))
    return made if weight == "1" else {**made, "weight": weight}


def _may_be_free(blanks: Sequence[Content]) -> None:
    if len(blanks) > MOST_FREE or any(blank != blanks[0] or blank["kind"] == "choice" for blank in blanks):
        facts = {"most": MOST_FREE}
        raise Refused("blanks", _("only up to %(most)s blanks of one kind and weight can be in any order") % facts)


def _shown(blank: Content, order: Sequence[int]) -> dict[str, Any]:
    options = {"options": [blank["options"][own] for own in order]} if blank["kind"] == "choice" else {}
    return {"kind": blank["kind"], **options}


def _parsed(blank: Content, raw: object) -> Any:
    if blank["kind"] != "choice":
        return typed(raw, LONGEST) or None
    if raw is not None and (type(raw) is not int or not 0 <= raw < len(blank["options"])):
        raise Malformed("not the number of an option")
    return raw


def _pairs(content: Content, key: Key) -> list[tuple[Content, Key]]:
    return list(zip(content["blanks"], key["blanks"], strict=True))


def _weights(content: Content) -> list[Fraction]:
    weights = [Fraction(blank.get("weight", "1")) for blank in content["blanks"]]
    return [weight / sum(weights) for weight in weights]


def _own(content: Content, order: Order, payload: Payload) -> list[Any]:
    """The answers with options by their own index."""
    given = payload or [None] * len(content["blanks"])
    return [order[n][each] if isinstance(each, int) else each for n, each in enumerate(given)]


def _texts(content: Content, order: Order, payload: Payload) -> list[str | None]:
    own = _own(content, order, payload)
    return [content["blanks"][n]["options"][each] if isinstance(each, int) else each for n, each in enumerate(own)]


def _guess(blank: Content, place: Key) -> Fraction:
    if blank["kind"] == "choice":
        options = range(len(blank["options"]))
        return sum((accepted.earned("choice", place, own)[1] for own in options), Fraction(0)) / len(options)
    anything = place.get("wild") and [each for each in place["accepted"] if each["text"] == "*"]
    return max((Fraction(each["share"]) for each in anything), default=Fraction(0)) if anything else Fraction(0)


def _written(text: str) -> tuple[str, dict[str, Any]]:
    """Kind and key of one blank of a sheet: a number when it has a tolerance, else texts."""
    number = written_number(text) if "±" in text else None
    if number:
        return "number", number
    return "text", {"accepted": [{"text": each} for each in re.split(r"[;；]", text) if each.strip()]}


def _row(blank: Content, place: Key) -> str:
    if blank["kind"] == "number":
        return number_row(place)
    return ";".join(each.get("text", "") for each in place["accepted"])


def _marked(stem: str, blanks: int) -> str:
    if MARK.search(stem) or len(_DRAWN.findall(stem)) != blanks:
        return stem
    numbers = iter(range(1, blanks + 1))
    return _DRAWN.sub(lambda _found: f"{{{{{next(numbers)}}}}}", stem)
