"""Essays: how long, and what the marker is told. A rubric stands in the marker's notes, a line for each item."""

import re
from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from exams.exchange.moodle_xml.texts import Texts
from exams.exchange.passages import without_markup
from exams.exchange.xml_tree import text_at

_ITEM: Final = re.compile(r"【([0-9]+(?:\.[0-9]+)?) 分】(.+)")


def read(element: Element, texts: Texts) -> tuple[dict[str, Any], dict[str, Any]]:
    content: dict[str, Any] = {}
    least, most = _whole(element, "minwordlimit"), _whole(element, "maxwordlimit")
    if least or most:
        content["words"] = [least or 0, most or 10_000]
    if lines := _whole(element, "responsefieldlines"):
        content["lines"] = lines
    notes = texts.at(element, "graderinfo")
    rubric, reference = _taken_apart(without_markup(notes.text) if notes.html else notes.text)
    key: dict[str, Any] = {"rubric": rubric} | ({"reference": reference} if reference else {})
    return content, key


def write(element: Element, content: Mapping[str, Any], key: Mapping[str, Any]) -> None:
    SubElement(element, "responseformat").text = "plain"
    SubElement(element, "responserequired").text = "1"
    if "lines" in content:
        SubElement(element, "responsefieldlines").text = str(content["lines"])
    if "words" in content:
        for name, limit in zip(("minwordlimit", "maxwordlimit"), content["words"], strict=True):
            SubElement(element, name).text = str(limit)
    SubElement(element, "attachments").text = "0"
    notes = SubElement(element, "graderinfo", {"format": "plain_text"})
    items = [f"【{item['points']} 分】{' '.join(item['text'].split())}" for item in key.get("rubric", [])]
    SubElement(notes, "text").text = "\n".join([*items, key.get("reference", "")]).strip()


def _taken_apart(notes: str) -> tuple[list[dict[str, str]], str]:
    lines = notes.strip().split("\n")
    rubric = []
    while lines and (found := _ITEM.fullmatch(lines[0].strip())):
        rubric.append({"text": found[2].strip(), "points": found[1]})
        lines.pop(0)
    return rubric, "\n".join(lines).strip()


def _whole(element: Element, path: str) -> int | None:
    text = text_at(element, path)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
