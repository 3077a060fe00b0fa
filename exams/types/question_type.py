"""What every question type must be able to do. A type never touches the database, the clock or a request."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any, ClassVar

from django.utils.functional import Promise

Payload = list[int] | bool | None
Content = Mapping[str, Any]
Key = Mapping[str, Any]


class Malformed(ValueError):
    """What the browser sent is no answer to a question of this type."""


@dataclass(frozen=True)
class Refused(Exception):
    """A written question cannot become one of this type: why, and in which field of the row."""

    field: str
    reason: str


@dataclass(frozen=True)
class Written:
    """A question as somebody wrote it: options by letter, the answer as text."""

    stem: str
    options: Mapping[str, str]
    answer: str


@dataclass(frozen=True)
class Instead:
    """The question somebody may have meant by one that is refused: its type, and what that assumes."""

    type: str
    written: Written
    reason: str


@dataclass(frozen=True)
class Reviewed:
    """One line of a released question: what it says, whether it is right, whether it was chosen."""

    letter: str
    text: str
    right: bool
    chosen: bool


class QuestionType(ABC):
    """One type of question.

    `public_schema` is the allow-list of what may be sent before release, as {field: type}; `public` must return
    exactly these fields. Options are numbered as shown: `order[shown]` is the option's own index, and only the server
    knows `order`.
    """

    key: ClassVar[str]
    label: ClassVar[str | Promise]
    names: ClassVar[frozenset[str]]
    public_schema: ClassVar[Mapping[str, Any]]

    @abstractmethod
    def shuffled(self, content: Content, random: Random | None) -> list[int]:
        """The order in which one paper shows the options; their own order without `random`."""

    @abstractmethod
    def public(self, content: Content, order: Sequence[int]) -> dict[str, Any]:
        """What the taker's browser gets besides the stem."""

    @abstractmethod
    def parse(self, raw: object, shown: int) -> Payload:
        """The answer in its canonical form, None when it was taken back; Malformed for anything else."""

    def chosen(self, payload: Payload) -> set[int]:
        """The numbers, as shown, that an answer marks."""
        return set(payload) if isinstance(payload, list) else set()

    @abstractmethod
    def share(self, key: Key, order: Sequence[int], payload: Payload, scoring: str) -> Fraction:
        """The part of the points this answer earns, 0 to 1."""

    @abstractmethod
    def reviewed(self, content: Content, key: Key, order: Sequence[int], payload: Payload) -> list[Reviewed]:
        """The question with its key, in the order the taker saw it. Only for released results."""

    @abstractmethod
    def written(self, row: Written) -> tuple[dict[str, Any], dict[str, Any]]:
        """Content and key of a written question; Refused when it cannot be one."""

    def instead(self, row: Written) -> Instead | None:
        """What `row`, which `written` refuses, may mean; for a person to decide. None when nothing is likely."""
        return None

    def odd(self, content: Content, key: Key) -> str:
        """What is unusual about a right question, as a sentence; "" when nothing is."""
        return ""

    @abstractmethod
    def texts(self, content: Content) -> list[str]:
        """The texts besides the stem that make the question what it is, for finding duplicates."""
