"""One spelling for what people write in many ways."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from datetime import date

DIFFICULTY = {
    **{"易": 1, "容易": 1, "简单": 1, "较易": 2, "中": 3, "中等": 3, "适中": 3, "一般": 3},
    **{"较难": 4, "难": 5, "困难": 5},
}
SKILLS = ("学徒工", "初级工", "中级工", "高级工", "技师", "高级技师", "特级技师", "首席技师")
_BETWEEN = re.compile(r"[、,，;；|｜\n]+")
_BLANKS = re.compile(r"\s+")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_BASIS = re.compile(r"^\s*(《[^》]+》(?:[（(][^）)]*[）)])?)[\s,，、]*(.*)$", re.DOTALL)


def header(text: str) -> str:
    """A column's name without what templates add to it: 题干*, 题干(必填), 选项E(勿删)."""
    name = _BLANKS.sub("", unicodedata.normalize("NFKC", text))
    return re.sub(r"\([^)]*\)|[*:]", "", name).upper()


def sameness(text: str) -> str:
    """What two spellings of one text have in common: half width, no blanks, no case."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def identity(type_key: str, stem: str, texts: Sequence[str]) -> str:
    """The hash by which a question is recognised: type, stem and its options in any order."""
    facts = [type_key, sameness(stem), sorted(sameness(text) for text in texts)]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def options(written: dict[str, str]) -> dict[str, str]:
    """Options without the letters that some files repeat inside the cell (“A. 停电”), when all of them do."""
    filled = {letter: text for letter, text in written.items() if text}
    bare = {letter: _without_letter(letter, text) for letter, text in filled.items()}
    return {letter: text or "" for letter, text in bare.items()} if all(bare.values()) else filled


def difficulty(text: str) -> int | None:
    """1 (easy) to 5; 3 when nothing is said, None for what is no difficulty."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return 3
    if plain in {"1", "2", "3", "4", "5"}:
        return int(plain)
    return DIFFICULTY.get(plain)


def skill(text: str) -> int | None:
    """1 (apprentice) to 8 of a skill level by name or number; None for nothing, ValueError for what is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    return SKILLS.index(plain) + 1 if plain in SKILLS else range(1, 9).index(int(plain)) + 1


def several(text: str) -> list[str]:
    """Words separated by 、 or the like, each once and sorted."""
    return sorted({word.strip() for word in _BETWEEN.split(text) if word.strip()})


def day(text: str) -> date | None:
    """A date as people write it; ValueError for what is none, None for nothing."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    found = _DATE.fullmatch(plain)
    if not found:
        raise ValueError(plain)
    return date(int(found[1]), int(found[2]), int(found[3]))


def basis(text: str) -> tuple[str, str]:
    """Document and clause of “《安全生产法》第二十八条”; all of it is the document when there are no such marks."""
    found = _BASIS.match(text)
    return (found[1], found[2].strip()) if found else (text, "")


def _without_letter(letter: str, text: str) -> str | None:
    found = re.match(rf"^[(（]?{letter}[)）]?\s*[.．、:：]\s*(.+)$", text, re.DOTALL | re.IGNORECASE)
    return found[1] if found else None
