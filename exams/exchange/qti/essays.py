"""Answers in one's own words."""

from typing import Any

from django.utils.translation import gettext as _

from exams.exchange.qti.fitting import Fitted, Item
from exams.exchange.qti.numbers import decimal, number
from exams.exchange.qti.tree import Node

SHORT_LINES = 4
SHORT_LENGTH = 300  # characters
POINTS = "lidian-points"  # the class of what our own files put around the points of a line of a rubric


def extended_text(item: Item, node: Node) -> Fitted:
    """extendedTextInteraction: short_answer when little is expected, else essay."""
    lines, length = number(node.get("expectedLines")), number(node.get("expectedLength"))
    short = (lines and lines <= SHORT_LINES) or (not lines and length and length <= SHORT_LENGTH)
    if node.get("maxStrings") not in ("", "1"):
        item.remark(_("Several separate answers became one text."))
    declared = item.responses.get(node.get("responseIdentifier"))
    content: dict[str, Any] = {"lines": int(lines)} if lines and 0 < lines < 200 else {}
    key: dict[str, Any] = {"rubric": [line for rubric in item.rubrics for line in _lines(item, rubric)]}
    if declared and declared.correct:
        key["reference"] = item.texts.written("\n".join(declared.correct))
    return Fitted("short_answer" if short else "essay", content, key)


def _lines(item: Item, rubric: Node) -> list[dict[str, str]]:
    """The lines of a rubric for those who mark: its list, or the whole as one line worth nothing by itself."""
    listed = list(rubric.every("li"))
    if not listed:
        text = item.texts.line(rubric.children)
        return [{"text": text, "points": "1"}] if text else []
    return [_line(item, each) for each in listed]


def _line(item: Item, listed: Node) -> dict[str, str]:
    marked = next((each for each in listed.every("span") if each.get("class") == POINTS), None)
    rest = [child for child in listed.children if child is not marked]
    worth = number(marked.text()) if marked else None
    return {"text": item.texts.line(rest), "points": decimal(worth) if worth is not None else "1"}
