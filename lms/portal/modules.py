"""Which scripts a script needs, all the way down: what must be kept together to work without a network."""

import re
from functools import cache
from pathlib import PurePosixPath
from typing import Final

from django.conf import settings

_IMPORT: Final = re.compile(r'^(?:import|export)\b[^;"]*"(\.[^"]+)"', re.MULTILINE)


@cache
def modules(name: str) -> tuple[str, ...]:
    """Static names, beginning with `name` itself."""
    found: list[str] = []
    _collect(name, found)
    return tuple(found)


def _collect(name: str, found: list[str]) -> None:
    if name in found:
        return
    found.append(name)
    text = (settings.BASE_DIR / "static" / name).read_text(encoding="utf-8")
    for needed in _IMPORT.findall(text):
        _collect(_beside(name, needed), found)


def _beside(name: str, relative: str) -> str:
    parts: list[str] = []
    for part in (PurePosixPath(name).parent / relative).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
