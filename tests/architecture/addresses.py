"""Every address the platform answers, read from `lms.urls`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PIECE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*\)")


@dataclass(frozen=True)
class Address:
    """`name` with its namespaces, or the pattern where there is none; `space`: the namespaces; `pattern`: whole."""

    name: str
    space: str
    pattern: str

    @property
    def arguments(self) -> list[str]:
        return [found[1] or found[2] for found in PIECE.finditer(self.pattern)]

    def path(self, values: dict[str, Any]) -> str:
        """With a value for every argument."""
        filled = PIECE.sub(lambda found: str(values[found[1] or found[2]]), self.pattern)
        return "/" + re.sub(r"[\^$]", "", filled).replace("\\.", ".")


@cache
def addresses() -> tuple[Address, ...]:
    return tuple(_walk(get_resolver(), "", ()))


def of_the_desk(address: Address) -> bool:
    """Whether Wagtail's content desk answers it."""
    return address.pattern.startswith("cms/")


def _walk(resolver: URLResolver, prefix: str, spaces: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            name = entry.name or pattern
            yield Address(":".join([*spaces, name]), ":".join(spaces), pattern)
        else:
            yield from _walk(entry, pattern, (*spaces, entry.namespace) if entry.namespace else spaces)
