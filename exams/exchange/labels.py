"""What formats of other systems have no field for travels as tags: 难度=4, 依据=《安规》."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Final

from exams.exchange.numbers import decimal, plain
from exams.exchange.question import Exchanged

NAMES: Final = {
    "difficulty": "难度",
    "points": "分值",
    "basis_document": "依据",
    "basis_clause": "条款",
    "basis_edition": "版本",
    "valid_until": "有效期至",
    "skill": "技能等级",
    "type": "题型",
}
_FIELDS: Final = {name: field for field, name in NAMES.items()}
LEVELS: Final = {"difficulty": set("12345"), "skill": set("12345678")}
_ALIKE: Final = {"essay": {"short_answer"}}


def with_labels(question: Exchanged, *, without: Iterable[str] = ()) -> list[str]:
    """The tags of a question, and one for each fact that differs from what is usual. `without`: facts carried else."""
    usual = {"difficulty": 3, "points": "1", "valid_until": None, "skill": None, "type": question.type}
    if question.type == "short_answer":
        usual["type"] = "essay"
    facts = {field: getattr(question, field) for field in NAMES if field not in without}
    return [
        *question.tags,
        *(f"{NAMES[field]}={value}" for field, value in facts.items() if value != usual.get(field, "")),
    ]


def from_labels(question: Exchanged, tags: Iterable[str]) -> Exchanged:
    """The question with the facts its tags tell; other tags stay tags."""
    facts: dict[str, Any] = {}
    kept = []
    for tag in tags:
        name, _equals, text = tag.partition("=")
        value = _value(_FIELDS.get(name, ""), text, question.type)
        if value is None:
            kept.append(tag)
        else:
            facts[_FIELDS[name]] = value
    return replace(question, tags=tuple(kept), **facts)


def _value(field: str, text: str, type: str) -> Any:
    """None for what is no such fact."""
    try:
        match field:
            case "difficulty" | "skill":
                return int(text) if text in LEVELS[field] else None
            case "points":
                return plain(decimal(text))
            case "valid_until":
                return date.fromisoformat(text)
            case "type":
                return text if text in _ALIKE.get(type, set()) else None
            case "":
                return None
        return text or None
    except ValueError:
        return None
