"""Fill a question bank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import OuterRef, Subquery

from exams.actions.belongings import add_media, add_tags, set_tags
from exams.exchange.question import Markup, Media
from exams.models import Question, QuestionBank, QuestionVersion
from lms.journal import actions as journal
from lms.people.models import OrgUnit, Person

BATCH = 500


@dataclass(frozen=True)
class Draft:
    """A question ready to be stored: content and key as its type checked them, `hash` as `imports.identity` made it.

    `skill` is a `SkillLevel`; `media` what of its media may be new to
    the bank, checked; `points` what its author thinks it worth.
    """

    type: str
    stem: str
    content: Mapping[str, Any]
    key: Mapping[str, Any]
    hash: str
    code: str = ""
    topic: str = ""
    difficulty: int = 3
    explanation: str = ""
    basis_document: str = ""
    basis_clause: str = ""
    basis_edition: str = ""
    valid_until: date | None = None
    markup: str = Markup.PLAIN
    title: str = ""
    tags: Sequence[str] = ()
    skill: int | None = None
    points: Decimal = Decimal(1)
    media: Mapping[str, Media] = field(default_factory=dict)


@transaction.atomic
def open_bank(*, name: str, unit: OrgUnit | None, by: Person | None, at: datetime) -> QuestionBank:
    """The bank of this name, made when it is new."""
    bank, created = QuestionBank.objects.get_or_create(name=name.strip(), defaults={"unit": unit, "created_at": at})
    if created:
        journal.write("bank-opened", by=by, unit=unit, at=at, payload={"bank": bank.pk})
    return bank


@transaction.atomic
def add_questions(
    *,
    bank: QuestionBank,
    drafts: Sequence[Draft],
    by: Person | None,
    at: datetime,
    state: str = Question.State.ACTIVE,
) -> int:
    """Add new questions, all or none; IntegrityError when one is in the bank already."""
    for start in range(0, len(drafts), BATCH):
        _add(bank, drafts[start : start + BATCH], by, at, state)
    if drafts:
        changed(bank)
        journal.write("questions-added", by=by, unit=bank.unit, at=at, payload={"bank": bank.pk, "count": len(drafts)})
    return len(drafts)


@transaction.atomic
def add_versions(*, bank: QuestionBank, drafts: Mapping[int, Draft], by: Person | None, at: datetime) -> int:
    """Give questions of the bank, by id, new words; their hashes must stay. Earlier versions are kept as they are.

    IntegrityError when somebody else gives one a version at this moment.
    """
    questions = list(bank.questions.filter(pk__in=list(drafts)).select_related("current"))
    for question in questions:
        assert question.hash == drafts[question.pk].hash
        revised(question, drafts[question.pk], by, at)
    if questions:
        changed(bank)
        payload = {"bank": bank.pk, "count": len(questions)}
        journal.write("questions-revised", by=by, unit=bank.unit, at=at, payload=payload)
    return len(questions)


def changed(bank: QuestionBank) -> None:
    """Something that can be drawn from the bank has changed: nobody may draw from an older stock."""
    bank.mark = uuid4()
    bank.save(update_fields=["mark"])


def revised(question: Question, draft: Draft, by: Person | None, at: datetime) -> QuestionVersion:
    """Give a question of which the caller has the current version another one; the caller announces it."""
    assert question.current is not None
    version = _version(question, draft, by, at, number=question.current.number + 1)
    version.save()
    question.current = version
    for name, value in _facts(draft).items():
        setattr(question, name, value)
    question.measured_difficulty, question.measured_answers = None, 0
    measured = ["measured_difficulty", "measured_answers"]
    question.save(update_fields=["current", *measured, *_facts(draft)])
    set_tags(question, draft.tags)
    add_media(question.bank, [version], draft.media, at)
    return version


def _add(bank: QuestionBank, drafts: Sequence[Draft], by: Person | None, at: datetime, state: str) -> None:
    questions = Question.objects.bulk_create(_question(bank, draft, by, at, state) for draft in drafts)
    versions = QuestionVersion.objects.bulk_create(
        _version(question, draft, by, at) for question, draft in zip(questions, drafts, strict=True)
    )
    own = QuestionVersion.objects.filter(question=OuterRef("pk"), number=1).values("pk")
    Question.objects.filter(pk__in=[each.question_id for each in versions]).update(current=Subquery(own))
    add_tags([(question, draft.tags) for question, draft in zip(questions, drafts, strict=True)])
    add_media(bank, versions, {name: each for draft in drafts for name, each in draft.media.items()}, at)


def _facts(draft: Draft) -> dict[str, Any]:
    """What of a draft is the question's, not the version's."""
    return {
        "code": draft.code,
        "title": draft.title,
        "type": draft.type,
        "topic": draft.topic,
        "difficulty": draft.difficulty,
        "skill": draft.skill,
        "points": draft.points,
        "hash": draft.hash,
    }


def _question(bank: QuestionBank, draft: Draft, by: Person | None, at: datetime, state: str) -> Question:
    return Question(bank=bank, state=state, state_by=by, created_at=at, **_facts(draft))


def _version(question: Question, draft: Draft, by: Person | None, at: datetime, *, number: int = 1) -> QuestionVersion:
    return QuestionVersion(
        question=question,
        number=number,
        type=draft.type,
        markup=draft.markup,
        stem=draft.stem,
        content=draft.content,
        key=draft.key,
        explanation=draft.explanation,
        basis_document=draft.basis_document,
        basis_clause=draft.basis_clause,
        basis_edition=draft.basis_edition,
        valid_until=draft.valid_until,
        created_at=at,
        created_by=by,
    )
