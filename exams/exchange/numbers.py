"""Decimals as strings: what decides points goes through files without losing anything."""

import re
from decimal import Decimal

_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,40}(?:[.,][0-9]{0,40})?|[.,][0-9]{1,40})(?:[eE][+-]?[0-9]{1,2})?")


def decimal(text: str) -> Decimal:
    """A number as people and files write it; ValueError for anything else."""
    if not _DECIMAL.fullmatch(text.strip()):
        raise ValueError(text[:40])
    return Decimal(text.strip().replace(",", "."))


def plain(number: Decimal) -> str:
    """Without exponent and needless zeros."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def of_percent(text: str) -> str:
    """The share a percentage is: "50" is "0.5"."""
    return plain(decimal(text).scaleb(-2))


def percent(share: str) -> str:
    """The percentage a share is: "0.5" is "50"."""
    return plain(decimal(share).scaleb(2))
