"""Reading questions given as data: each function returns the canonical value or raises Refused in words."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _

from exams.types.question_type import Refused

LONGEST: Final = 5000
MOST: Final = 26  # as many as there are letters
DIGITS: Final = 28  # as many as decimals are exact to
_NOT_STORED = re.compile("[\0\ud800-\udfff]")


def storable(text: str) -> str:
    """Without the characters that no database keeps: NUL and halves of a pair."""
    return _NOT_STORED.sub("", text)


def mapping(value: object, field: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Refused(field, _("this part of the question is missing or has another form"))
    return value


def listed(value: object, field: str, *, least: int = 0, most: int = MOST) -> list[Any]:
    """A list with so many entries."""
    if not isinstance(value, list | tuple):
        raise Refused(field, _("this part of the question is missing or has another form"))
    if len(value) < least:
        raise Refused(
            field, _("at least %(least)s are needed, there are %(have)s") % {"least": least, "have": len(value)}
        )
    if len(value) > most:
        raise Refused(
            field, _("at most %(most)s are possible, there are %(have)s") % {"most": most, "have": len(value)}
        )
    return list(value)


def text(value: object, field: str, *, empty: bool = False, longest: int = LONGEST) -> str:
    if not isinstance(value, str):
        raise Refused(field, _("this part of the question is no text"))
    found = storable(value).strip()
    if not found and not empty:
        raise Refused(field, _("a text is empty"))
    if len(found) > longest:
        raise Refused(field, _("the text is longer than %(longest)s characters") % {"longest": longest})
    return found


def texts(value: object, field: str, *, least: int, most: int = MOST, empty: bool = False) -> list[str]:
    return [text(each, field, empty=empty) for each in listed(value, field, least=least, most=most)]


def whole(value: object, field: str, *, least: int, most: int) -> int:
    """A whole number in this range."""
    if type(value) is not int or not least <= value <= most:
        raise Refused(field, _("a whole number from %(least)s to %(most)s is needed") % {"least": least, "most": most})
    return value


def index(value: object, field: str, count: int) -> int:
    """The number of one of `count` things."""
    if type(value) is not int or not 0 <= value < count:
        raise Refused(field, _("the answer names something that the question does not have"))
    return value


def indices(value: object, field: str, count: int, *, least: int = 0) -> list[int]:
    found = [index(each, field, count) for each in listed(value, field, least=least, most=count)]
    if len(set(found)) != len(found):
        raise Refused(field, _("the answer names something twice"))
    return found


def decimal(value: object, field: str) -> str:
    """A number written in digits, "-0.5" or "3"; canonical."""
    try:
        if not isinstance(value, str) or len(value) > 3 * DIGITS:
            raise InvalidOperation
        found = Decimal(value.strip())
        if not found.is_finite() or len(found.as_tuple().digits) > DIGITS or abs(found.adjusted()) > DIGITS:
            raise InvalidOperation
    except InvalidOperation:
        raise Refused(field, _("a number is needed")) from None
    return format(found.normalize() + 0, "f")


def positive(value: object, field: str) -> str:
    """A number that is not negative."""
    found = decimal(value, field)
    if found.startswith("-"):
        raise Refused(field, _("a number must not be negative"))
    return found


def share(value: object, field: str) -> str:
    """A part of the points, -1 to 1."""
    found = decimal(value, field)
    if not -1 <= Decimal(found) <= 1:
        raise Refused(field, _("a share of the points is between -1 and 1"))
    return found


def flag(value: object) -> bool:
    return value is True
