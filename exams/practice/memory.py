"""When a question comes back: FSRS, with days as its shortest step, so that one sitting does not repeat itself."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from fsrs import Card, Rating, Scheduler, State

LONGEST: Final = 180  # days
_SCHEDULER: Final = Scheduler(
    learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False
)  # fmt: skip


@dataclass(frozen=True)
class Memory:
    """What FSRS knows of one question and one person: stability in days, difficulty 1 to 10."""

    stability: float
    difficulty: float
    due: datetime
    reviewed_at: datetime


def reviewed(before: Memory | None, right: bool, at: datetime) -> Memory:
    """The memory after one more answer: right counts as “good”, wrong as “again”."""
    card, _log = _SCHEDULER.review_card(_card(before, at), Rating.Good if right else Rating.Again, at.astimezone(UTC))
    assert card.stability is not None and card.difficulty is not None
    return Memory(card.stability, card.difficulty, card.due, at)


def _card(before: Memory | None, at: datetime) -> Card:
    if before is None:
        return Card(card_id=0, due=at.astimezone(UTC))
    return Card(
        card_id=0,
        state=State.Review,
        stability=before.stability,
        difficulty=before.difficulty,
        due=before.due.astimezone(UTC),
        last_review=before.reviewed_at.astimezone(UTC),
    )
