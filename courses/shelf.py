"""The shelf: editions a process has read lately, at hand without asking the database (docs/decisions/0006).

Nothing here can become wrong, because an edition never changes: nobody has to tell us to forget. Whatever can change,
a course's name plate or what a lesson opens, is never put here. What stands here is shared by all requests: read only.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import UUID

from courses.enums import LessonKind
from courses.media import Medium
from courses.models import CourseEdition, LessonEdition

T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """One lesson of an outline: `number` from 1, ids of the lesson and of its edition, and what the edition froze."""

    number: int
    lesson: int
    lesson_edition: int
    uuid: UUID
    title: str
    module: str
    kind: str
    required: bool
    minutes: int

    @property
    def is_exam(self) -> bool:
        return self.kind == LessonKind.EXAM


@dataclass(frozen=True)
class Edition:
    """An edition of a course with its outline."""

    facts: CourseEdition
    lines: Sequence[Line]


@dataclass(frozen=True)
class Content:
    """What a learner reads, and the keys of its self-checks (as in `LessonEdition`): never for a browser."""

    title: str
    html: str
    self_checks: Mapping[str, Any]
    characters: int
    media: Sequence[Medium] = ()


class Shelf(Generic[T]):
    """Up to `room` things by the id of their edition; what was not asked for longest makes room."""

    def __init__(self, read: Callable[[Collection[int]], Mapping[int, T]], *, room: int) -> None:
        self._read = read
        self._room = room
        self._held: OrderedDict[int, T] = OrderedDict()
        self._lock = Lock()

    def one(self, edition: int) -> T:
        """KeyError when there is no such edition."""
        return self.many([edition])[edition]

    def many(self, editions: Collection[int]) -> dict[int, T]:
        """Those that exist; what is not at hand is read at once, in one go."""
        with self._lock:
            found = {pk: self._held[pk] for pk in editions if pk in self._held}
            for pk in found:
                self._held.move_to_end(pk)
        missing = [pk for pk in editions if pk not in found]
        return found | self._fetched(missing) if missing else found

    def clear(self) -> None:
        with self._lock:
            self._held.clear()

    def _fetched(self, editions: Collection[int]) -> dict[int, T]:
        """Read outside the lock: two requests may read the same, and both are right."""
        read = dict(self._read(editions))
        with self._lock:
            self._held.update(read)
            while len(self._held) > self._room:
                self._held.popitem(last=False)
        return read


_EDITION = [field.attname for field in CourseEdition._meta.concrete_fields]
_LINE = (
    "outline__lesson", "outline__lesson_edition", "outline__lesson__uuid", "outline__lesson_edition__title",
    "outline__module", "outline__lesson__kind", "outline__required", "outline__minutes",
)  # fmt: skip


def _editions(pks: Collection[int]) -> Mapping[int, Edition]:
    """One statement. An edition that is only announced has one row too, without a lesson."""
    rows = CourseEdition.objects.filter(pk__in=pks).order_by("pk", "outline__position")
    found: dict[int, Edition] = {}
    for pk, of_edition in groupby(rows.values_list(*_EDITION, *_LINE), key=itemgetter(_EDITION.index("id"))):
        lines = list(of_edition)
        facts = CourseEdition.from_db("default", _EDITION, lines[0][: len(_EDITION)])
        outline = [line[len(_EDITION) :] for line in lines if line[len(_EDITION)] is not None]
        found[pk] = Edition(facts, [Line(number, *line) for number, line in enumerate(outline, 1)])
    return found


def _contents(pks: Collection[int]) -> Mapping[int, Content]:
    rows = LessonEdition.objects.filter(pk__in=pks)
    facts = rows.values_list("pk", "title", "html", "self_checks", "characters", "media")
    return {
        pk: Content(title, html, self_checks, characters, [Medium(**medium) for medium in media])
        for pk, title, html, self_checks, characters, media in facts
    }


editions: Shelf[Edition] = Shelf(_editions, room=500)
contents: Shelf[Content] = Shelf(_contents, room=200)


def clear() -> None:
    """For tests, whose undone editions give their ids to others."""
    editions.clear()
    contents.clear()
