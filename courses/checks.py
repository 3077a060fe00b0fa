"""Self-checks: compares a choice with the key that only the server has. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from courses.models import LessonEdition


@dataclass(frozen=True)
class Checked:
    """`right`: indexes of the right options, in order; `explanation`: HTML."""

    correct: bool
    right: list[int]
    explanation: str


def check(lesson_edition: LessonEdition, key: str, choice: Iterable[int]) -> Checked:
    """Whether exactly the right options were chosen. KeyError when the lesson has no such self-check."""
    answer = lesson_edition.self_checks[key]
    right = sorted(answer["correct"])
    return Checked(sorted(set(choice)) == right, right, answer["explanation"])
