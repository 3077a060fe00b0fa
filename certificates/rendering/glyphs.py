"""Before anything is printed: can our fonts write it? A box instead of a name must never leave the house."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from lms.kernel.press import fonts

# Marks that change other characters or their order have no place in a printed name, whatever a font has for them.
UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def missing(text: str) -> list[str]:
    """The distinct characters of `text` that cannot be printed in every weight, in the order of reading."""
    covered = _covered(tuple(fonts.unpacked().values()), tuple(fonts.fallbacks()))
    return [char for char in dict.fromkeys(text) if _unprintable(char) or ord(char) not in covered]


@cache
def _covered(weights: tuple[Path, ...], fallbacks: tuple[Path, ...]) -> frozenset[int]:
    ours = frozenset.intersection(*map(fonts.coverage, weights))
    return ours.union(*map(fonts.coverage, fallbacks))


def reason(characters: Iterable[str]) -> str:
    """How a hold stores them: `glyphs U+20164 U+2B7A9`, as many as fit."""
    return " ".join(["glyphs", *(f"U+{ord(char):04X}" for char in list(characters)[:20])])


def held_characters(stored: str) -> list[str]:
    """The characters a stored reason names, each with its code: `𠅤 (U+20164)`. Empty for another reason."""
    kind, *codes = stored.split()
    if kind != "glyphs":
        return []
    return [f"{_shown(int(code[2:], 16))} ({code})" for code in codes]


def _unprintable(char: str) -> bool:
    return unicodedata.category(char) in UNPRINTABLE


def _shown(point: int) -> str:
    return "□" if _unprintable(chr(point)) else chr(point)
