"""Numbers of files as the decimals of docs/questions.md: "0.5", never "5e-1" or "0.50"."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction

LONGEST = 40  # characters of a number that is taken for one


def number(text: str) -> Fraction | None:
    """What a text of a file says as a number; None when it says none."""
    if len(text) > LONGEST:
        return None
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return Fraction(found) if found.is_finite() and abs(found.adjusted()) < LONGEST else None


def decimal(value: Fraction | int) -> str:
    """As a decimal, exact when it has at most twenty places behind the point, else rounded to ten."""
    value = Fraction(value)
    scaled = value * 10**20
    places = 20 if scaled.denominator == 1 else 10
    digits = str(abs(round(value * 10**places))).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and text != "0" else text


def plain(text: str) -> str:
    """A number of a file in our spelling; the text itself when it is none."""
    found = number(text)
    return text.strip() if found is None else decimal(found)
