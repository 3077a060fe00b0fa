"""What a lesson can open besides text. Higher apps add their kind in `apps.ready()`; courses knows none of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from courses.models.identity import Lesson
    from lms.people.models import Person


class ActivityKind(Protocol):
    """One kind of activity, e.g. an exam."""

    @property
    def key(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def icon(self) -> str: ...

    def choices(self, person: "Person") -> Sequence[tuple[str, str]]:
        """Activities this person may put into a lesson, as (key, title)."""

    def why_not(self, activity_key: str) -> str | None:
        """Why this activity cannot be published in a lesson, in the reader's words; None when it can."""

    def attach(self, activity_key: str, lesson: "Lesson") -> None:
        """The lesson was published with this activity: remember which lesson reports its result."""

    def launch_url(self, activity_key: str, lesson: "Lesson") -> str:
        """Where a learner does it."""

    def minutes(self, activity_key: str) -> int:
        """How long it takes, in minutes."""


_kinds: dict[str, ActivityKind] = {}


def register(kind: ActivityKind) -> None:
    _kinds[kind.key] = kind


def get(key: str) -> ActivityKind:
    """The kind with this key; KeyError when no app provides it."""
    return _kinds[key]


def registered() -> list[ActivityKind]:
    return list(_kinds.values())
