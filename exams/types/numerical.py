"""计算题: a number, with its unit where units count."""

import re
from fractions import Fraction
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.types import accepted, checking
from exams.types.answers import plain
from exams.types.comparing import Typed, number
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

LONGEST: Final = 200
_TOLERANCE = re.compile(r"\+/?-")


class Numerical(QuestionType):
    """A number as typed, "3.14 V"; a number without a unit is one in the unit of the accepted value."""

    key: ClassVar = "numerical"
    label: ClassVar = gettext_lazy("Calculation")
    names: ClassVar = frozenset({"计算题", "计算", "数值题", "数值", "numerical"})
    public_schema: ClassVar = {"units": list}

    def checked(self, content: object, key: object) -> tuple[dict[str, Any], dict[str, Any]]:
        sent = checking.mapping(content, "units")
        made = accepted.checked("number", key, [])
        units = checking.texts(sent.get("units") or [], "units", least=0, most=20)
        return {"units": units} if units else {}, made

    def public(self, content: Content, order: Order) -> dict[str, Any]:
        return {"units": list(content.get("units", []))}

    def parse(self, raw: object, content: Content, order: Order) -> Payload:
        return typed(raw, LONGEST)

    def share(self, content: Content, key: Key, order: Order, payload: Payload, scoring: str) -> Fraction:
        return max(Fraction(0), accepted.earned("number", key, payload)[1])

    def right(self, content: Content, key: Key, order: Order) -> Payload:
        return accepted.right("number", key)

    def reviewed(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Reviewed]:
        right = self.share(content, key, order, payload, "") == 1
        return [Reviewed("", accepted.words("number", key, []), True, right, "answer", payload or "", False)]

    def responses(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Response]:
        return [counted("", "number", key, payload, payload, Fraction(1))]

    def written(self, row: Written) -> tuple[dict[str, Any], dict[str, Any]]:
        made = written_number(row.answer)
        if made is None:
            raise Refused("answer", _("the answer “%(answer)s” is no number") % {"answer": row.answer[:20]})
        return self.checked({"units": [each["name"] for each in made.get("units", [])]}, made)

    def as_row(self, stem: str, content: Content, key: Key) -> Written | None:
        return Written(stem, {}, number_row(key))

    def texts(self, content: Content) -> list[str]:
        return []


def typed(raw: object, longest: int) -> str | None:
    """What somebody typed into a field; "" when it was taken back. Raises Malformed."""
    if raw is None:
        return None
    if not isinstance(raw, str) or len(raw) > longest:
        raise Malformed("no text, or a longer one than fits")
    return checking.storable(raw)


def counted(part: str, kind: str, place: Key, given: Any, text: str | None, weight: Fraction) -> Response:
    """One place as a response: which accepted answer it is, or its own text when it is none."""
    if given is None or given == "":
        return Response(part, None, "", Fraction(0))
    which, share = accepted.earned(kind, place, given)
    return Response(part, f"={plain(text or '')[:100]}" if which is None else str(which), text or "", share * weight)


def number_row(place: Key) -> str:
    """The first accepted number as `written_number` reads it."""
    entry = place["accepted"][0]
    tolerance = "" if entry["tolerance"] == "0" else f"±{entry['tolerance']}"
    return f"{entry['value']}{tolerance} {place['units'][0]['name'] if place.get('units') else ''}".strip()


def written_number(text: str) -> dict[str, Any] | None:
    """The key of a number as people write it into a sheet: 220, 220±5, 220±5 V; None when it is no number."""
    head, sign, tail = _TOLERANCE.sub("±", plain(text)).partition("±")
    value, tolerance = number(head), number(tail) if sign else Typed(Fraction(0), "")
    if value is None or tolerance is None:
        return None
    entry = {"value": _digits(value.value), "tolerance": _digits(tolerance.value), "share": "1"}
    unit = tolerance.unit or value.unit
    return {"accepted": [entry], **({"units": [{"name": unit, "factor": "1"}]} if unit else {})}


def _digits(value: Fraction) -> str:
    """A decimal fraction in digits."""
    places = next(n for n in range(200) if (value * 10**n).denominator == 1)
    digits = str(abs(value * 10**places).numerator).rjust(places + 1, "0")
    return ("-" if value < 0 else "") + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
