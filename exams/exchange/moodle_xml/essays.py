"""Essays: how long, and what the marker is told. A rubric stands in the marker's notes, a line for each item."""

import re
from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from exams.exchange.passages import Passage
from exams.exchange.question import Markup
from exams.exchange.xml_tree import text_at

_LINE: Final = re.compile(r"【([0-9]+(?:\.[0-9]+)?) 分】([^\n]+)(?:\n|$)")
_PARAGRAPH: Final = re.compile(r"<p>【([0-9]+(?:\.[0-9]+)?) 分】(.*?)</p>\s*", re.DOTALL)
LONGEST: Final = 10_000


def limits(element: Element) -> dict[str, Any]:
    """How much is to be written."""
    content: dict[str, Any] = {}
    least, most = _whole(element, "minwordlimit"), _whole(element, "maxwordlimit")
    if least or most:
        content["words"] = [least or 0, most or LONGEST]
    if lines := _whole(element, "responsefieldlines"):
        content["lines"] = lines
    return content


def rubric(notes: Passage) -> tuple[list[tuple[str, Passage]], Passage]:
    """Points and texts of the rubric at the head of the notes, and the rest."""
    pattern, text, items = (_PARAGRAPH if notes.html else _LINE), notes.text.strip(), []
    while found := pattern.match(text):
        items.append((found[1], Passage(found[2].strip(), notes.html)))
        text = text[found.end() :].strip()
    return items, Passage(text, notes.html and bool(text))


def write(element: Element, content: Mapping[str, Any]) -> None:
    SubElement(element, "responseformat").text = "plain"
    SubElement(element, "responserequired").text = "1"
    if "lines" in content:
        SubElement(element, "responsefieldlines").text = str(content["lines"])
    if "words" in content:
        for name, limit in zip(("minwordlimit", "maxwordlimit"), content["words"], strict=True):
            SubElement(element, name).text = str(limit)
    SubElement(element, "attachments").text = "0"


def notes(key: Mapping[str, Any], markup: Markup) -> str:
    """What the marker is told."""
    lines = [f"【{item['points']} 分】{' '.join(item['text'].split())}" for item in key.get("rubric", [])]
    if markup == Markup.HTML:
        return "".join([*(f"<p>{line}</p>" for line in lines), key.get("reference", "")])
    return "\n".join([*lines, key.get("reference", "")]).strip()


def _whole(element: Element, path: str) -> int | None:
    text = text_at(element, path)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
