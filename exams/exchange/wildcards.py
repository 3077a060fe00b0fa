"""Stars in accepted texts: Moodle lets `*` stand for anything and `\\*` for itself."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

_STAR = re.compile(r"(?<!\\)\*")


def text_blank(accepted: Sequence[Mapping[str, str]], *, case: bool = False) -> dict[str, Any]:
    """The key of a blank from texts as Moodle writes them."""
    wild = any(_STAR.search(entry["text"]) for entry in accepted)
    entries = [{**entry, "text": entry["text"] if wild else entry["text"].replace("\\*", "*")} for entry in accepted]
    return {"accepted": entries} | ({"case": True} if case else {}) | ({"wild": True} if wild else {})


def for_moodle(text: str, blank: Mapping[str, Any]) -> str:
    """A text of such a key as Moodle reads it."""
    return text if blank.get("wild") else text.replace("*", "\\*")
