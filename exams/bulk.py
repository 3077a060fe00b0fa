"""Changing many questions at once: what a wish makes of each, and why it may not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from exams.models import Question, SkillLevel

State = Question.State
REVIEW_FROM: Final = frozenset({State.DRAFT, State.RECHECK})


@dataclass(frozen=True)
class Wish:
    """What becomes of every question; None and empty leave it as it is.

    `endless`: valid without an end. `step`: "review" or "retire", the latter with a `reason`.
    """

    topic: str | None = None
    difficulty: int | None = None
    skill: int | None = None
    add_tags: Sequence[str] = ()
    remove_tags: Sequence[str] = ()
    valid_until: date | None = None
    endless: bool = False
    basis_edition: str = ""
    step: str = ""
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Wish(reason=self.reason)


class Change(NamedTuple):
    """A field with its value before and after; `field` as in the models, "tags" or "state"."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Planned:
    """What happens to one question: its changes, or why there are none of them."""

    question: Question
    changes: Sequence[Change] = ()
    refusal: str = ""
    beside: dict[str, Any] = field(default_factory=dict)

    def after(self, name: str) -> Any:
        """The new value of a field that changes; None for one that stays."""
        return next((change.after for change in self.changes if change.field == name), None)


def planned(question: Question, tags: frozenset[str], wish: Wish) -> Planned:
    """What a wish makes of a question (with its current version) that has these tags. All of the wish, or nothing."""
    refusal = _refusal(question, wish)
    if refusal:
        return Planned(question, refusal=refusal)
    facts = [Change(name, getattr(question, name), value) for name, value in _facts(wish)]
    facts += _tags(tags, wish) + _beside(question, wish) + _state(question, wish)
    changes = [change for change in facts if change.before != change.after]
    beside = {each.field: each.after for each in changes if each.field in ("valid_until", "basis_edition")}
    return Planned(question, changes, beside=beside)


def _refusal(question: Question, wish: Wish) -> str:
    assert question.current is not None
    state = question.state
    if state == State.RETIRED:
        return _("It is out of use; take it back to draft first.")
    if state == State.REVIEW and (wish.basis_edition or wish.valid_until or wish.endless):
        return _("It is in review; whoever approves it has to see what is approved.")
    if wish.basis_edition and not question.current.basis_document:
        return _("It names no source document.")
    if wish.step == "review" and state not in REVIEW_FROM:
        return _("Only drafts and questions to be checked again can be sent to review.")
    return ""


def _facts(wish: Wish) -> list[tuple[str, Any]]:
    wanted = {"topic": wish.topic, "difficulty": wish.difficulty, "skill": wish.skill}
    return [(name, value) for name, value in wanted.items() if value is not None]


def _tags(tags: frozenset[str], wish: Wish) -> list[Change]:
    after = (tags | set(wish.add_tags)) - set(wish.remove_tags)
    return [Change("tags", sorted(tags), sorted(after))]


def _beside(question: Question, wish: Wish) -> list[Change]:
    old = question.current
    assert old is not None
    changes = []
    if wish.endless or wish.valid_until:
        changes.append(Change("valid_until", old.valid_until, None if wish.endless else wish.valid_until))
    if wish.basis_edition:
        changes.append(Change("basis_edition", old.basis_edition, wish.basis_edition))
    return changes


def _state(question: Question, wish: Wish) -> list[Change]:
    to = {"review": State.REVIEW, "retire": State.RETIRED}.get(wish.step)
    return [Change("state", question.state, str(to))] if to else []


def told(change: Change) -> tuple[str, str]:
    """Before and after, in words."""
    return _word(change.field, change.before), _word(change.field, change.after)


def _word(name: str, value: Any) -> str:
    if value in (None, "", []):
        return _("without an end") if name == "valid_until" else "—"
    if name == "state":
        return str(State(value).label)
    if name == "skill":
        return str(SkillLevel(value).label)
    return "、".join(value) if name == "tags" else str(value)
