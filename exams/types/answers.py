"""Reading answers that people wrote: A、B、D, ＡＢＤ, √, 错 …"""

import re
import unicodedata

TRUE = frozenset({"√", "✓", "✔", "对", "正确", "是", "t", "true", "1", "y", "yes", "a"})
FALSE = frozenset({"×", "✗", "✘", "x", "错", "错误", "否", "不正确", "不对", "f", "false", "0", "n", "no", "b"})
SEPARATORS = re.compile(r"[\s、,，;；|/\\.。．·和及&+]+")
LETTERS = "ABCDEFGH"


def plain(text: str) -> str:
    """Half width, without surrounding blanks: what two spellings of the same answer have in common."""
    return unicodedata.normalize("NFKC", text).strip()


def letters(text: str) -> list[str] | None:
    """The option letters of an answer, sorted and once each; None when it is anything else."""
    found = SEPARATORS.sub("", plain(text)).upper()
    if not found or any(letter not in LETTERS for letter in found):
        return None
    return sorted(set(found))


def truth(text: str) -> bool | None:
    """Whether an answer says right or wrong; None when it says neither."""
    word = plain(text).casefold().rstrip("。.")
    if word in TRUE:
        return True
    return False if word in FALSE else None
