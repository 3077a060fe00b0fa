"""What QTI has no place for travels beside an item in the metadata of our own packages.

It holds only what reading the item alone would not give back, and counts only while the item is the one it was
written with: its SHA-256 stands with it.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

from exams.exchange.qti.html import sanitised
from exams.exchange.question import Exchanged, Markup

NAMESPACE: Final = "urn:lidian:question:1"
NAME: Final = "question"
NEVER: Final = frozenset({"place", "media"})
MARKED_UP: Final = frozenset({"stem", "explanation", "options", "left", "right", "items", "feedback", "reference"})
SIMPLE: Final = frozenset(field.name for field in fields(Exchanged)) - NEVER - {"content", "key"}


def missing(wanted: Exchanged, read: Exchanged | None) -> str:
    """As JSON, what has to be said besides so that `read` becomes `wanted`; "" when nothing has."""
    told: dict[str, Any] = {
        name: getattr(wanted, name)
        for name in sorted(SIMPLE)
        if read is None or _plain(getattr(wanted, name)) != _plain(getattr(read, name))
    }
    for name in ("content", "key"):
        kept = {} if read is None or read.type != wanted.type else getattr(read, name)
        difference = _difference(getattr(wanted, name), kept)
        if difference:
            told[name] = difference
    if "type" in told:
        told |= {"content": dict(wanted.content), "key": dict(wanted.key)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, default=str) if told else ""


def completed(read: Exchanged, text: str) -> Exchanged:
    """The question with what `missing` told. Raises ValueError when that is not what we wrote."""
    told = json.loads(text)
    if not isinstance(told, dict):
        raise ValueError
    if told.get("markup", read.markup) == Markup.HTML:
        told = _sanitised(told)
    simple = {name: _value(name, value) for name, value in told.items() if name in SIMPLE}
    whole = "type" in told
    content = _patched({} if whole else read.content, told.get("content", {}))
    key = _patched({} if whole else read.key, told.get("key", {}))
    return replace(read, content=content, key=key, **simple)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _difference(wanted: Mapping[str, Any], read: Mapping[str, Any]) -> dict[str, Any]:
    """Fields that differ; None for those that are not wanted."""
    changed = {name: value for name, value in wanted.items() if name not in read or read[name] != value}
    return changed | {name: None for name in read if name not in wanted}


def _patched(read: Mapping[str, Any], told: Any) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise ValueError
    return {name: value for name, value in {**read, **told}.items() if value is not None}


def _sanitised(value: Any, marked_up: bool = False) -> Any:
    """The same with its marked-up texts cleaned, however deep."""
    if isinstance(value, dict):
        plain = "kind" in value or "units" in value  # a blank: its options are plain
        return {name: _sanitised(each, name in MARKED_UP and not plain) for name, each in value.items()}
    if isinstance(value, list):
        return [_sanitised(each, marked_up) for each in value]
    return sanitised(value) if marked_up and isinstance(value, str) else value


def _value(name: str, value: Any) -> Any:
    """A field as its class. Raises ValueError."""
    if name == "valid_until":
        return None if value is None else date.fromisoformat(str(value))
    if name == "markup":
        return Markup(value)
    if name == "tags":
        return tuple(str(each) for each in value)
    if name == "skill":
        return None if value is None else int(value)
    if name == "difficulty":
        return min(5, max(1, int(value)))
    return str(value)
