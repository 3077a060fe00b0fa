"""What a bank holds already, to recognise it in a file."""

from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from exams import types
from exams.actions.banks import Draft
from exams.imports.report import Change
from exams.models import Question, QuestionBank
from exams.rules import normalise

COMPARED: Final = (
    "code", "topic", "difficulty", "explanation", "basis_document", "basis_clause", "basis_edition", "valid_until",
)  # fmt: skip


@dataclass(frozen=True)
class Ours:
    """A question of the bank: how a person would recognise it, and its current words."""

    pk: int
    name: str
    draft: Draft


@dataclass(frozen=True)
class Known:
    """The questions of a bank by hash; how to name the one with a type and a stem."""

    questions: dict[str, Ours] = field(default_factory=dict)
    stems: dict[tuple[str, str], str] = field(default_factory=dict)


EMPTY: Final = Known()


def known_in(bank: QuestionBank | None) -> Known:
    if bank is None:
        return EMPTY
    rows = Question.objects.filter(bank=bank, current__isnull=False).select_related("current").prefetch_related("tags")
    ours = {question.hash: _ours(question) for question in rows}
    return Known(ours, {(one.draft.type, normalise.sameness(one.draft.stem)): one.name for one in ours.values()})


def changes(ours: Draft, theirs: Draft) -> list[Change]:
    """Where two drafts of one question differ. The order of options counts for nothing, the right ones do."""
    found = [
        Change(name, _shown(getattr(ours, name)), _shown(getattr(theirs, name)))
        for name in COMPARED
        if getattr(ours, name) != getattr(theirs, name)
    ]
    old, new = right(ours), right(theirs)
    if {normalise.sameness(text) for text in old} != {normalise.sameness(text) for text in new}:
        found.insert(0, Change("answer", "；".join(old), "；".join(new)))
    return found


def right(draft: Draft) -> list[str]:
    """The texts of the right options."""
    kind = types.get(draft.type)
    order = kind.shuffled(draft.content, None)
    return [line.text for line in kind.reviewed(draft.content, draft.key, order, None) if line.right]


def _ours(question: Question) -> Ours:
    version = question.current
    assert version is not None
    name = _("question %(code)s of the bank") % {"code": question.code} if question.code else _("one in the bank")
    if question.state == Question.State.RETIRED:
        name = _("%(question)s (out of use)") % {"question": name}
    draft = Draft(
        type=question.type,
        stem=version.stem,
        content=version.content,
        key=version.key,
        hash=question.hash,
        code=question.code,
        topic=question.topic,
        difficulty=question.difficulty,
        explanation=version.explanation,
        basis_document=version.basis_document,
        basis_clause=version.basis_clause,
        basis_edition=version.basis_edition,
        valid_until=version.valid_until,
        markup=version.markup,
        title=question.title,
        tags=[tag.name for tag in question.tags.all()],
        skill=question.skill,
        points=question.points,
    )
    return Ours(question.pk, name, draft)


def _shown(value: object) -> str:
    return "" if value is None else str(value)
