"""The numbers Word prints before paragraphs without writing them into the text."""

import re
from dataclasses import dataclass, field
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT

from courses.imports.word.names import Element, full, number, related, value

HAN = "零一二三四五六七八九"
CHINESE = {
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    "japaneseCounting", "ideographDigital", "taiwaneseDigital",
}  # fmt: skip
CIRCLES = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
PLAIN = {"decimal", "decimalZero", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", *CIRCLES}
STEMS = "甲乙丙丁戊己庚辛壬癸"


@dataclass(frozen=True)
class Mark:
    """`kind`: `ul`, `ol`, or `label` for a number a list of ours would print differently. `number` counts from 1."""

    kind: str
    label: str
    number: int
    level: int


@dataclass(frozen=True)
class Level:
    start: int
    format: str
    text: str


@dataclass
class List:
    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts as Word does while the paragraphs go by."""

    def __init__(self, part: Any) -> None:
        found = related(part, RT.NUMBERING)
        root = found.element if found is not None else []
        self.lists: dict[str, List] = {}
        self.numbers: dict[str, tuple[str, dict[int, int]]] = {}
        links: dict[str, str] = {}
        wanted: dict[str, str] = {}
        for child in root:
            if child.tag == full("w:abstractNum"):
                name = child.get(full("w:abstractNumId")) or ""
                self.lists[name] = List(_levels(child))
                links[value(child, "w:styleLink")] = name
                wanted[name] = value(child, "w:numStyleLink")
            elif child.tag == full("w:num"):
                self.numbers[child.get(full("w:numId")) or ""] = (value(child, "w:abstractNumId"), _overrides(child))
        for name, link in wanted.items():
            if link and link in links:
                self.lists[name] = self.lists[links[link]]

    def next(self, name: str, level: int) -> Mark | None:
        """The mark of the next paragraph of a list; None when the file does not say what it looks like."""
        base, overrides = self.numbers.get(name, ("", {}))
        found = self.lists.get(base)
        if found is None or level not in found.levels:
            return None
        look = found.levels[level]
        if level in overrides:
            found.counts[level] = overrides.pop(level) - 1
        found.counts[level] = found.counts.get(level, look.start - 1) + 1
        for deeper in [known for known in found.counts if known > level]:
            del found.counts[deeper]
        if look.format == "bullet":
            return Mark("ul", "", 0, level)
        return Mark(_kind(look, level), _label(found, look), found.counts[level], level)


def _levels(element: Element) -> dict[int, Level]:
    return {
        number(level.get(full("w:ilvl")) or "", 0): Level(
            number(value(level, "w:start"), 1), value(level, "w:numFmt") or "decimal", value(level, "w:lvlText")
        )
        for level in element.findall(full("w:lvl"))
    }


def _overrides(element: Element) -> dict[int, int]:
    return {
        number(override.get(full("w:ilvl")) or "", 0): number(value(override, "w:startOverride"), 1)
        for override in element.findall(full("w:lvlOverride"))
        if value(override, "w:startOverride")
    }


def _kind(look: Level, level: int) -> str:
    simple = re.fullmatch(rf"[（(]?%{level + 1}[)）.．、]?", look.text)
    return "ol" if simple and look.format in PLAIN else "label"


def _label(found: List, look: Level) -> str:
    def shown(match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        known = found.levels.get(level, look)
        return written(found.counts.get(level, known.start), known.format)

    return re.sub(r"%([1-9])", shown, look.text)


def written(count: int, form: str) -> str:
    """A number in one of Word's ways of writing it."""
    if form in CHINESE:
        return chinese(count)
    if form in CIRCLES and 1 <= count <= 20:
        return chr(0x2460 + count - 1)
    if form in {"lowerLetter", "upperLetter"} and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter[:20].upper() if form == "upperLetter" else letter[:20]
    if form in {"lowerRoman", "upperRoman"} and 0 < count < 4000:
        return roman(count) if form == "upperRoman" else roman(count).lower()
    if form == "ideographTraditional" and 1 <= count <= len(STEMS):
        return STEMS[count - 1]
    return "" if form == "none" else str(count)


def chinese(count: int) -> str:
    """一, 十二, 一百零五; from 10,000 on in figures."""
    if not 0 <= count < 10_000:
        return str(count)
    said = ""
    for unit, place in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = count // place % 10
        if digit:
            said += HAN[digit] + unit
        elif said and not said.endswith("零"):
            said += "零"
    said = said.rstrip("零") or "零"
    return said[1:] if said.startswith("一十") else said


def roman(count: int) -> str:
    said = ""
    for size, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        said += letters * (count // size)
        count %= size
    return said
