"""Question types. A new one is a new file in this folder with a class that has a `key`; nothing else names it."""

import pkgutil
from functools import cache
from importlib import import_module
from inspect import isabstract
from typing import Any

from django.utils.functional import Promise

from exams.types.question_type import (
    Answered,
    Content,
    Criterion,
    Instead,
    Malformed,
    Order,
    Payload,
    QuestionType,
    Refused,
    Response,
    Reviewed,
    Written,
)

__all__ = [
    "Answered",
    "Criterion",
    "Instead",
    "Malformed",
    "Order",
    "Payload",
    "QuestionType",
    "Refused",
    "Response",
    "Reviewed",
    "Written",
    "choices",
    "get",
    "named",
    "never_at_random",
    "public",
    "registered",
]


@cache
def registered() -> dict[str, QuestionType]:
    """Every type by its key."""
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        import_module(module.name)
    return {cls.key: cls() for cls in sorted(_concrete(), key=lambda cls: cls.key)}


def get(key: str) -> QuestionType:
    """The type with this key; KeyError when there is none."""
    return registered()[key]


def named(text: str) -> QuestionType | None:
    """The type people call so in a file: 单选题, 多选, judge …"""
    return next((kind for kind in registered().values() if text.casefold() in kind.names), None)


def choices() -> list[tuple[str, str | Promise]]:
    return [(kind.key, kind.label) for kind in registered().values()]


@cache
def never_at_random() -> frozenset[str]:
    """Types that only a rule which names them may draw."""
    return frozenset(kind.key for kind in registered().values() if not kind.at_random)


def public(kind: QuestionType, content: Content, order: Order) -> dict[str, Any]:
    """What a taker may see of a question: the declared fields, whatever the type returned."""
    shown = kind.public(content, order)
    return {field: shown[field] for field in kind.public_schema}


def _concrete(cls: Any = QuestionType) -> list[Any]:
    found = [each for child in cls.__subclasses__() for each in _concrete(child)]
    return found if isabstract(cls) or not hasattr(cls, "key") else [*found, cls]
