"""Essays: how long, and what the marker is told. A rubric stands at the head of the marker's notes."""

import re
from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from exams.exchange.passages import Passage
from exams.exchange.question import Markup
from exams.exchange.xml_tree import text_at

_LINE: Final = re.compile(r"【([0-9]+(?:\.[0-9]+)?) 分】([^\n]+)(?:\n|$)")
_HEAD: Final = re.compile(r"<h4>【([0-9]+(?:\.[0-9]+)?) 分】</h4>")
RULE: Final = "<hr>"
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
    text = notes.text.strip()
    if notes.html:
        return _headed(text)
    items = []
    while found := _LINE.match(text):
        items.append((found[1], Passage(found[2].strip())))
        text = text[found.end() :].strip()
    return items, Passage(text)


def _headed(text: str) -> tuple[list[tuple[str, Passage]], Passage]:
    """The same in HTML: a heading for each item, a rule before the rest."""
    if not _HEAD.match(text):
        return [], Passage(text, bool(text))
    head, _rule, rest = text.partition(RULE)
    _nothing, *pieces = _HEAD.split(head)
    items = [(points, Passage(item.strip(), True)) for points, item in zip(pieces[::2], pieces[1::2], strict=True)]
    return items, Passage(rest.strip(), bool(rest.strip()))


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
    items, reference = key.get("rubric", []), key.get("reference", "")
    if markup == Markup.HTML:
        head = "".join(f"<h4>【{item['points']} 分】</h4>{item['text']}" for item in items)
        return f"{head}{RULE if items and reference else ''}{reference}"
    lines = [f"【{item['points']} 分】{' '.join(item['text'].split())}" for item in items]
    return "\n".join([*lines, reference]).strip()


def _whole(element: Element, path: str) -> int | None:
    text = text_at(element, path)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
