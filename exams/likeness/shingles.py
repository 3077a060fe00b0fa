"""What two texts are compared by: their pairs of neighbouring characters.

Numbers, and what a text takes back (不, 禁), decide what a question asks though they are short, so they weigh more.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_NEVER_MIND: Final = re.compile(r"[\s\W_]+")
_TURNS: Final = re.compile(r"[不未非无禁]|错误")
WEIGHT: Final = 3


def shingles(texts: Iterable[str], media: Iterable[str] = ()) -> frozenset[str]:
    """The set to compare; `media` are the pictures and sounds a question shows."""
    found: set[str] = set()
    for text in texts:
        plain = unicodedata.normalize("NFKC", text).casefold()
        for mark in [*_NUMBER.findall(plain), *_TURNS.findall(plain)]:
            found.update(f"{mark}#{n}" for n in range(WEIGHT))
        words = _NEVER_MIND.sub("", plain)
        found.update(words[n : n + 2] for n in range(max(1, len(words) - 1)))
    for name in media:
        found.update(f"{name}#{n}" for n in range(WEIGHT))
    return frozenset(found - {""})
