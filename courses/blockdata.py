"""Blocks as people write them in a content file, turned into what a StreamField stores.

A block that already has a `value` is taken as it is. The others: `rich_text {html}`, `callout {tone, title, text,
document, clause}`, `image {file, alt, caption}`, `steps {title, steps}`, `table {caption, header, rows}`,
`accordion {items}`, `self_check {question, options, explanation}`.
"""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import escape

from cms.actions import add_image
from lms.people.models import Person

Data = dict[str, Any]


def raw(block: Data, images: Path | None = None, owner: Person | None = None) -> Data:
    """One block in StreamField's stored form. KeyError for a type or a field that is missing."""
    if "value" in block:
        return {"id": str(uuid.uuid4()), **block}
    value = _image(block, images, owner) if block["type"] == "image" else _READERS[block["type"]](block)
    return {"type": block["type"], "value": value, "id": str(block.get("id") or uuid.uuid4())}


def activity(kind: str, key: str) -> Data:
    return {"type": "activity", "value": {"kind": kind, "key": key}, "id": str(uuid.uuid4())}


def _paragraphs(text: str) -> str:
    """Plain text as paragraphs; text that is HTML already stays."""
    text = text.strip()
    if text.startswith("<"):
        return text
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def _rich_text(block: Data) -> str:
    return str(block["html"]).strip()


def _callout(block: Data) -> Data:
    return {
        "tone": block["tone"],
        "title": block.get("title", ""),
        "text": _paragraphs(block["text"]),
        "document": block.get("document", ""),
        "clause": block.get("clause", ""),
    }


def _steps(block: Data) -> Data:
    steps = [{"title": step["title"], "text": _paragraphs(step.get("text", ""))} for step in block["steps"]]
    return {"title": block.get("title", ""), "steps": _items(steps)}


def _table(block: Data) -> Data:
    header = block.get("header")
    return {
        "data": [*([header] if header else []), *block["rows"]],
        "table_caption": block.get("caption", ""),
        "first_row_is_table_header": bool(header),
        "first_col_is_header": False,
        "table_header_choice": "row" if header else "neither",
        "cell": [],
        "mergeCells": [],
    }


def _accordion(block: Data) -> list[Data]:
    return _items([{"title": item["title"], "text": _paragraphs(item["text"])} for item in block["items"]])


def _self_check(block: Data) -> Data:
    options = [{"text": option["text"], "correct": bool(option.get("correct"))} for option in block["options"]]
    return {
        "question": block["question"],
        "options": _items(options),
        "explanation": _paragraphs(block["explanation"]),
    }


def _items(values: list[Data]) -> list[Data]:
    return [{"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values]


def _image(block: Data, images: Path | None, owner: Person | None) -> Data:
    if images is None:
        raise ValidationError("A block names an image file, but no folder of images was given.")
    path = images / block["file"]
    image = add_image(title=block["alt"][:255], file_name=path.name, content=path.read_bytes(), by=owner)
    return {"image": image.pk, "alt": block["alt"], "caption": block.get("caption", "")}


_READERS: dict[str, Callable[[Data], Any]] = {
    "rich_text": _rich_text,
    "callout": _callout,
    "steps": _steps,
    "table": _table,
    "accordion": _accordion,
    "self_check": _self_check,
}
