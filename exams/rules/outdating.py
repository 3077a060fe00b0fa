"""When a document has a new edition, and which questions cite that document."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from exams.practice.citing import core

LONGEST: Final = 50  # what a version keeps of an edition's name
_NAMED: Final = re.compile(r"《([^《》]+)》")
_EDITION: Final = re.compile(r"[（(][^（）()]*(?:\d{4}|版|修订|修正|试行)[^（）()]*[）)]$")


@dataclass(frozen=True)
class Issue:
    """A document as the library published it once. `anew`: its meaning has changed, says whoever published it."""

    title: str
    number: int
    document_number: str = ""
    effective_on: date | None = None
    anew: bool = False


def names(title: str) -> frozenset[str]:
    """What the documents a title speaks of are called, spelling apart: the title itself, and what stands in 《》."""
    return frozenset(name for name in map(_name, [title, *_NAMED.findall(title)]) if name)


def cited(document: str, titles: Iterable[str]) -> bool:
    """Whether a basis names a document of one of these titles."""
    return bool(names(document) & frozenset().union(*map(names, titles)))


def new_edition(before: Issue | None, after: Issue) -> str:
    """What the edition is called by which `after` differs from `before`; "" when it is the same edition.

    Another document number, another day in force, or a publisher who asks for new signatures make one. A corrected
    slip of the pen does not, and neither does what the library has for the first time.
    """
    if before is None:
        return ""
    if after.document_number and after.document_number != before.document_number:
        return after.document_number[:LONGEST]
    if after.effective_on and after.effective_on != before.effective_on:
        return after.effective_on.isoformat()
    if after.anew and after.number != before.number:
        return f"{after.document_number[: LONGEST - 6]} #{after.number}".strip()
    return ""


def _name(title: str) -> str:
    return core(_EDITION.sub("", title.strip().removesuffix("》").strip()))
