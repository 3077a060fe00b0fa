"""Pairs as files list them: left and right in lines, a line without left is a right side more."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from exams.exchange.unreadable import Broken


def matching(lines: Sequence[tuple[str, str]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Content and key; right sides that are the same are one."""
    right = list(dict.fromkeys(text for left, text in lines if left))
    right += [text for text in dict.fromkeys(text for left, text in lines if not left) if text and text not in right]
    pairs = [(left, right.index(text)) for left, text in lines if left]
    if len(pairs) < 2 or not all(right):
        raise Broken(_("at least two pairs are needed, both sides filled in"))
    return {"left": [left for left, _index in pairs], "right": right}, {"pairs": [index for _left, index in pairs]}


def lines_of(content: Mapping[str, Any], key: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The lines that `matching` reads back."""
    right = content["right"]
    lines = [(left, right[index]) for left, index in zip(content["left"], key["pairs"], strict=True)]
    used = set(key["pairs"])
    return lines + [("", text) for index, text in enumerate(right) if index not in used]
