"""Whether a text cites a clause: `《安全生产法》第三条`, `安规（变电部分）5.3.6`."""

import re
from typing import Final

NEAR: Final = 60  # characters between a document's name and the number of its clause
_COUNTRY: Final = "中华人民共和国"
_ARTICLE: Final = re.compile(r"第[零〇一二三四五六七八九十百千\d]+条")
_ORNAMENTS: Final = re.compile(r"[《》〈〉\s]")


def cites(text: str, document: str, clause: str) -> bool:
    """Whether the clause, or one of several, stands soon after the document's name; never for a basis without either.

    Of articles of a law (条) the paragraph (款) need not be named.
    """
    plain, name, number = _plain(text), _plain(document), _plain(clause)
    if not name or not number:
        return False
    numbers = "|".join(map(re.escape, _ARTICLE.findall(number) or [number]))
    wanted = re.compile(rf"(?<![\d.])(?:{numbers})(?!\.?\d)")
    return any(wanted.search(plain[found.end() : found.end() + NEAR]) for found in re.finditer(re.escape(name), plain))


def core(document: str) -> str:
    """The document's name as any text that cites it must contain it."""
    return _plain(document)


def _plain(text: str) -> str:
    return _ORNAMENTS.sub("", text).replace(_COUNTRY, "")
