"""What a cell means: text without stray blanks, codes in half width, days in any of the ways people write them."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

_EXCEL_EPOCH = date(1899, 12, 30)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0?0:00(?::00)?)?|(\d{4})(\d{2})(\d{2})")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def text(value: Any) -> str:
    """The cell as the person sees it, on one line, without blanks around it. A number 120039.0 is "120039"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    shown = str(value).translate(_INVISIBLE)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in shown).split())


def code(value: Any) -> str:
    """A code or a word from a fixed list: half width, no blanks inside."""
    wide = unicodedata.normalize("NFKC", text(value))
    return unicodedata.normalize("NFKC", "".join(wide.split()))


def name(value: Any) -> str:
    """A person's name as written; blanks that only pad Chinese names to one width are dropped, characters are kept."""
    return _BETWEEN_HAN.sub("", text(value))


def is_number(value: Any) -> bool:
    """Whether the sheet holds a number, which cannot have leading zeros."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def day(value: Any) -> date | None:
    """A day from a date cell, an Excel serial number, or text such as 2026-03-05, 2026/3/5, 2026年3月5日, 20260305.

    ValueError when it is none of these.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if is_number(value) and 1 <= value < 80000:
        return _EXCEL_EPOCH + timedelta(days=int(value))
    written = unicodedata.normalize("NFKC", text(value))
    if not written:
        return None
    match = _DAY.fullmatch(written)
    if match is None:
        raise ValueError(written)
    year, month, number = (part for part in match.groups() if part)
    return date(int(year), int(month), int(number))
