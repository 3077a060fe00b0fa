"""What every question type must be able to do. A type never touches the database, the clock or a request."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any, ClassVar, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Payload = Any  # JSON: list, text, bool or None, as docs/questions.md says of each type
Order = Any  # JSON: mostly a list of own indices
Content = Mapping[str, Any]
Key = Mapping[str, Any]


MARKED_UP = frozenset({"options", "feedback", "items", "left", "right", "rubric", "reference"})


class Malformed(ValueError):
    """What the browser sent is no answer to a question of this type."""


@dataclass(frozen=True)
class Refused(Exception):
    """A question cannot become one of this type: why, in words, and in which field of it."""

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
    """One line of a released question: what it says, whether it is right, whether it was chosen.

    `role` "option": one to choose. "answer": a place for an answer, `text` is what belongs there, `given` what the
    taker put there, `chosen` whether that earns all. "part": the heading of a part. "rubric": what markers look for. A
    question is right when `right` and `chosen` agree in every line of the first two. `marked`: text and `given` have
    the question's markup, else they are plain.
    """

    letter: str
    text: str
    right: bool
    chosen: bool
    role: str = "option"
    given: str = ""
    marked: bool = True


class Response(NamedTuple):
    """One thing a taker answered, for counting: the part of the question, the own id of the answer, its text, and the
    part of the question's points it earns. `option` is None when the part was left open."""

    part: str
    option: str | None
    text: str
    credit: Fraction


class Answered(NamedTuple):
    """A question of one paper with its answer; `worth`: its points there."""

    content: Content
    key: Key
    order: Order
    payload: Payload
    scoring: str
    worth: Fraction


class Criterion(NamedTuple):
    """One thing markers give points for: what it says ("" for the whole answer) and the most there is for it.

    Points are those of its own rubric. Without points for a `key` one the whole earns nothing. `part` is the number
    of the part of a case, "" elsewhere.
    """

    text: str
    most: Fraction
    key: bool = False
    part: str = ""


class QuestionType(ABC):
    """One type of question.

    `public_schema` is the allow-list of what may be sent before release, as {field: type}; `public` must return
    exactly these fields. Options are numbered as shown: `order[shown]` is the option's own index, and only the server
    knows `order`. `manual`: people mark it; not `scored`: worth
    nothing. `at_random`: rules that name no type may draw it. `in_rows`: it can be
    written in one row of a sheet. `template` shows it to takers.
    """

    key: ClassVar[str]
    label: ClassVar[str | Promise]
    names: ClassVar[frozenset[str]]
    public_schema: ClassVar[Mapping[str, Any]]
    manual: ClassVar[bool] = False
    scored: ClassVar[bool] = True
    at_random: ClassVar[bool] = True
    in_rows: ClassVar[bool] = True

    @property
    def template(self) -> str:
        return f"exams/types/{self.key}.html"

    def shuffled(self, content: Content, random: Random | None) -> Order:
        """The order in which one paper shows the options; their own order without `random`."""
        return []

    @abstractmethod
    def checked(self, content: object, key: object) -> tuple[dict[str, Any], dict[str, Any]]:
        """Content and key of a question given as data, in their canonical form; Refused when it is none."""

    def misfit(self, stem: str, content: Content) -> str:
        """Why the stem does not go with the content, as a sentence; "" when it does."""
        return ""

    @abstractmethod
    def public(self, content: Content, order: Order) -> dict[str, Any]:
        """What the taker's browser gets besides the stem."""

    @abstractmethod
    def parse(self, raw: object, content: Content, order: Order) -> Payload:
        """The answer in its canonical form, None when it was taken back; Malformed for anything else."""

    def answered(self, payload: Payload) -> bool:
        """Whether there is an answer at all."""
        return payload is not None and payload != [] and payload != ""

    def chosen(self, payload: Payload) -> set[int]:
        """The numbers, as shown, that an answer marks."""
        return {each for each in payload if type(each) is int} if isinstance(payload, list) else set()

    def waits(self, content: Content, payload: Payload) -> bool:
        """Whether people have to mark this answer; nothing needs no marking."""
        return self.manual and self.answered(payload)

    @abstractmethod
    def share(self, content: Content, key: Key, order: Order, payload: Payload, scoring: str) -> Fraction:
        """The part of the points this answer earns by itself, 0 to 1; 0 for what people mark."""

    def criteria(self, answered: Answered) -> list[Criterion]:
        """What markers of this answer give points for; nothing where they need not look."""
        return []

    def marked(self, answered: Answered, given: Sequence[Fraction]) -> Fraction:
        """The part of the points this answer earns, 0 to 1, once markers gave so many for each of its `criteria`."""
        return self.share(answered.content, answered.key, answered.order, answered.payload, answered.scoring)

    @abstractmethod
    def right(self, content: Content, key: Key, order: Order) -> Payload:
        """An answer that earns all points, as this paper would send it; None when no single answer does."""

    @abstractmethod
    def reviewed(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Reviewed]:
        """The question with its key, in the order the taker saw it. Only for released results."""

    @abstractmethod
    def responses(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Response]:
        """The answer in its parts, by own ids, for counting what people answer."""

    def guess_score(self, content: Content, key: Key) -> Fraction | None:
        """What a random answer earns on average, as quiz statistics define it; None where nobody can say."""
        return Fraction(0)

    def written(self, row: Written) -> tuple[dict[str, Any], dict[str, Any]]:
        """Content and key of a written question; Refused when it cannot be one."""
        raise Refused("type", _("a question of this type cannot be written in one row"))

    def row(self, stem: str, content: Content, key: Key) -> Written | None:
        """The row that `written` makes this question of; None when a row cannot say all of it."""
        found = self.as_row(stem, content, key)
        if found is None or self.stem(found) != stem:
            return None
        try:
            return found if self.written(found) == (content, key) else None
        except Refused:
            return None

    def as_row(self, stem: str, content: Content, key: Key) -> Written | None:
        """The row that comes nearest to a question; None for types that no row can say."""
        return None

    def stem(self, row: Written) -> str:
        """The stem of a written question as it is kept."""
        return row.stem

    def instead(self, row: Written) -> Instead | None:
        """What `row`, which `written` refuses, may mean; for a person to decide. None when nothing is likely."""
        return None

    def odd(self, content: Content, key: Key) -> str:
        """What is unusual about a right question, as a sentence; "" when nothing is."""
        return ""

    def rewritten(
        self, content: Content, key: Key, rewrite: Callable[[str], str]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Content and key with every text that has the question's markup put through `rewrite`."""
        return _rewritten(content, rewrite), _rewritten(key, rewrite)

    @abstractmethod
    def texts(self, content: Content) -> list[str]:
        """The texts besides the stem that make the question what it is, for finding duplicates."""


def _rewritten(fields: Content, rewrite: Callable[[str], str]) -> dict[str, Any]:
    return {name: _texts(value, rewrite) if name in MARKED_UP else value for name, value in fields.items()}


def _texts(value: Any, rewrite: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return rewrite(value)
    if isinstance(value, list):
        return [_texts(each, rewrite) for each in value]
    return {**value, "text": rewrite(value["text"])}
