"""Raised and lowered figures as letters of their own: 10² stays 10², a plain 102 would be another number."""

RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def shifted(text: str, raised: bool) -> str | None:
    """None when one of the letters has no such form."""
    table = RAISED if raised else LOWERED
    return text.translate(table) if all(ord(letter) in table or letter.isspace() for letter in text) else None
