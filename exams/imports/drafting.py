"""From a row to the question it makes."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from exams import types
from exams.actions.banks import Draft
from exams.exchange import drafting as ready
from exams.exchange.numbers import decimal
from exams.exchange.question import NotCarried, Why
from exams.imports.rows import Row
from exams.rules import normalise
from exams.types.question_type import Instead, Refused, Written

LONGEST = {"topic": 100, "code": 40, "basis": 200, "edition": 50}  # what the columns of the bank hold
LONGEST_TEXT = 5000
BESIDES = ("title", "tags", "skill", "points")


class Unsupported(Exception):
    """A question of a type we do not have."""


def drafted(row: Row) -> Draft:
    """The question a row makes. Raises Refused or Unsupported."""
    if row.trouble:
        raise _troubled(row.trouble)
    if row.question:
        return ready.drafted(row.question)
    _no_formulas(row)
    kind = _kind(row)
    return _draft(row, kind, _written(row))


def meant(row: Row) -> tuple[Draft, Instead] | None:
    """What a refused row may mean, and what that assumes; None when nothing is likely."""
    if row.trouble or row.question:
        return None
    try:
        _no_formulas(row)
        instead = _kind(row).instead(_written(row))
        return (_draft(row, types.get(instead.type), instead.written), instead) if instead else None
    except (Refused, Unsupported):
        return None


def _troubled(trouble: NotCarried) -> Exception:
    return Unsupported(trouble.reason) if trouble.why == Why.UNSUPPORTED else Refused("stem", trouble.reason)


def _written(row: Row) -> Written:
    stem = _needed(row, "stem")
    return Written(stem, normalise.options(row.options), _needed(row, "answer"))


def _draft(row: Row, kind: types.QuestionType, written: Written) -> Draft:
    content, key = kind.written(written)
    stem = kind.stem(written)
    document, clause = normalise.basis(_short(row, "basis", "basis"))
    return Draft(
        type=kind.key,
        stem=stem,
        content=content,
        key=key,
        hash=normalise.identity(kind.key, stem, kind.texts(content)),
        code=_short(row, "code", "code"),
        topic=_topic(row),
        difficulty=_difficulty(row),
        explanation=_text(row, "explanation"),
        basis_document=document,
        basis_clause=clause[:100],
        basis_edition=_short(row, "edition", "edition"),
        valid_until=_day(row),
        points=_points(row),
        skill=_skill(row),
        tags=normalise.several(row.text("positions")),
    )


def merged(row: Row, draft: Draft, ours: Draft) -> Draft:
    """The draft, with what our question has and the row says nothing about."""
    silent = {
        "explanation": ["explanation"],
        "basis": ["basis_document", "basis_clause"],
        "edition": ["basis_edition"],
        "valid_until": ["valid_until"],
        "difficulty": ["difficulty"],
        "code": ["code"],
    }
    names = [name for field, kept in silent.items() if not row.text(field) for name in kept]
    names += [name for name in BESIDES if not getattr(draft, name) or getattr(draft, name) == usual(name)]
    if not draft.topic:
        names.append("topic")
    if ours.markup != draft.markup and not row.question:  # words of a sheet must not undo the formatting of the bank's
        names += ["markup", "stem", "content", "key", "explanation"]
    return replace(draft, **{name: getattr(ours, name) for name in names})


def usual(name: str) -> object:
    """What a draft has when nobody says anything."""
    found = next(field for field in fields(Draft) if field.name == name)
    return found.default


def _no_formulas(row: Row) -> None:
    for field, cell in row.cells.items():
        if cell.formula:
            raise Refused(field, _("the cell holds a formula; please paste it as a value"))


def _kind(row: Row) -> types.QuestionType:
    text = _needed(row, "type")
    kind = types.named(normalise.sameness(text))
    if kind is None or not kind.in_rows:
        raise Unsupported(_("questions of type “%(type)s” cannot be imported yet") % {"type": text[:20]})
    return kind


def _needed(row: Row, field: str) -> str:
    text = _text(row, field)
    if not text:
        raise Refused(field, _("the cell is empty"))
    return text


def _text(row: Row, field: str) -> str:
    return _within(field, row.text(field), LONGEST_TEXT)


def _short(row: Row, field: str, kind: str) -> str:
    return _within(field, row.text(field), LONGEST[kind])


def _within(field: str, text: str, longest: int) -> str:
    if len(text) > longest:
        raise Refused(field, _("the text is longer than %(longest)s characters") % {"longest": longest})
    return text


def _topic(row: Row) -> str:
    """一级专业/二级专业 as one path; 知识点 alone is a topic of its own."""
    parts = [part for part in (row.text("topic_1"), row.text("topic_2")) if part]
    return _within("topic_2", "/".join(parts), LONGEST["topic"])


def _difficulty(row: Row) -> int:
    found = normalise.difficulty(row.text("difficulty"))
    if found is None:
        raise Refused("difficulty", _("difficulty is 1 to 5, or 易, 中, 难"))
    return found


def _points(row: Row) -> Decimal:
    try:
        found = decimal(row.text("points") or "1")
    except ValueError:
        found = Decimal(-1)
    if not 0 <= found <= ready.MOST_POINTS:
        raise Refused("points", _("points are a number from 0 to %(most)s") % {"most": ready.MOST_POINTS})
    return found.quantize(Decimal("0.01"))


def _skill(row: Row) -> int | None:
    try:
        return normalise.skill(row.text("skill"))
    except ValueError:
        raise Refused("skill", _("there is no such skill level")) from None


def _day(row: Row) -> date | None:
    try:
        return normalise.day(row.text("valid_until"))
    except ValueError:
        raise Refused("valid_until", _("this is not a date such as 2027-12-31")) from None
