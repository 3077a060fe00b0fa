"""What short answers and essays have in common: people write, and people mark."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from exams.types import checking
from exams.types.numerical import typed
from exams.types.question_type import (
    Answered,
    Content,
    Criterion,
    Key,
    Order,
    Payload,
    QuestionType,
    Refused,
    Response,
    Reviewed,
    Written,
)


class OpenAnswer(QuestionType):
    """A text; key `{"rubric": [{"text", "points"}], "reference"?: text}`. The sum of the rubric is the whole."""

    public_schema: ClassVar = {"words": list, "lines": int, "longest": int}
    manual: ClassVar = True
    longest: ClassVar[int]
    lines: ClassVar[int]

    @property
    def template(self) -> str:
        return "exams/types/open_answer.html"

    def checked(self, content: object, key: object) -> tuple[dict[str, Any], dict[str, Any]]:
        sent, answer = checking.mapping(content, "words"), checking.mapping(key, "answer")
        made: dict[str, Any] = {}
        if sent.get("words"):
            made["words"] = _words(sent["words"], self.longest)
        if sent.get("lines"):
            made["lines"] = checking.whole(sent["lines"], "lines", least=1, most=100)
        rubric = [rubric_line(each) for each in checking.listed(answer.get("rubric", []), "rubric", most=30)]
        reference = checking.text(answer.get("reference", ""), "answer", empty=True)
        return made, {"rubric": rubric, **({"reference": reference} if reference else {})}

    def public(self, content: Content, order: Order) -> dict[str, Any]:
        lines = content.get("lines", self.lines)
        return {"words": list(content.get("words", [])), "lines": lines, "longest": self.longest}

    def parse(self, raw: object, content: Content, order: Order) -> Payload:
        return typed(raw, self.longest)

    def answered(self, payload: Payload) -> bool:
        return isinstance(payload, str) and bool(payload.strip())

    def share(self, content: Content, key: Key, order: Order, payload: Payload, scoring: str) -> Fraction:
        return Fraction(0)

    def criteria(self, answered: Answered) -> list[Criterion]:
        if not self.answered(answered.payload):
            return []
        lines = [Criterion(line["text"], Fraction(line["points"])) for line in answered.key["rubric"]]
        return lines if any(line.most for line in lines) else [Criterion("", answered.worth)]

    def marked(self, answered: Answered, given: Sequence[Fraction]) -> Fraction:
        whole = sum((each.most for each in self.criteria(answered)), Fraction(0))
        return min(Fraction(1), sum(given, Fraction(0)) / whole) if whole else Fraction(0)

    def right(self, content: Content, key: Key, order: Order) -> Payload:
        return None

    def reviewed(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Reviewed]:
        answer = Reviewed("", "", True, False, "answer", payload or "", marked=False)
        reference = [Reviewed("", key["reference"], True, True, "rubric")] if key.get("reference") else []
        return [answer, *reference, *rubric_lines(key)]

    def responses(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Response]:
        return []

    def guess_score(self, content: Content, key: Key) -> Fraction | None:
        return None

    def written(self, row: Written) -> tuple[dict[str, Any], dict[str, Any]]:
        return self.checked({}, {"rubric": [], "reference": row.answer})

    def as_row(self, stem: str, content: Content, key: Key) -> Written | None:
        return Written(stem, {}, key.get("reference", ""))

    def texts(self, content: Content) -> list[str]:
        return []


def rubric_line(sent: object) -> dict[str, Any]:
    line = checking.mapping(sent, "rubric")
    points = checking.positive(line.get("points", "0"), "rubric")
    return {"text": checking.text(line.get("text"), "rubric", longest=1000), "points": points}


def rubric_lines(key: Key) -> list[Reviewed]:
    return [Reviewed(line["points"], line["text"], True, True, "rubric") for line in key["rubric"]]


def _words(sent: object, longest: int) -> list[int]:
    least, most = (
        checking.whole(each, "words", least=0, most=longest)
        for each in checking.listed(sent, "words", least=2, most=2)
    )
    if least > most:
        raise Refused("words", _("the least number of characters is above the greatest"))
    return [least, most]
