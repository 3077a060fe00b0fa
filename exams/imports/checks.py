"""Is each row a question, and is it new?"""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from exams import types
from exams.actions.banks import Draft
from exams.imports import normalise
from exams.imports.report import Line, Report
from exams.imports.rows import Reading, Row
from exams.types.question_type import Refused, Written

NOT_KEPT = ("points", "positions", "skill")
LONGEST = {"topic": 100, "code": 40, "basis": 200, "edition": 50}  # what the columns of the bank hold
LONGEST_TEXT = 5000


class Unsupported(Exception):
    """A question of a type we do not have."""


def check(reading: Reading, *, known: Mapping[str, str]) -> Report:
    """Sort the rows. `known` are the questions already in the bank: hash → how to name them to a person."""
    report = Report(reading.format, reading.sheet, len(reading.rows))
    seen = dict(known)
    for row in reading.rows:
        try:
            draft = drafted(row)
        except Refused as refusal:
            report.refused.append(_line(row, refusal.field, refusal.reason))
        except Unsupported as unsupported:
            report.unsupported.append(_line(row, "type", str(unsupported)))
        else:
            _sort(report, row, draft, seen)
    report.ignored = _ignored(reading)
    return report


def drafted(row: Row) -> Draft:
    """The question a row makes. Raises Refused or Unsupported."""
    _no_formulas(row)
    kind = _kind(row)
    stem = _needed(row, "stem")
    answer = _needed(row, "answer")
    content, key = kind.written(Written(stem, normalise.options(row.options), answer))
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
    )


def _sort(report: Report, row: Row, draft: Draft, seen: dict[str, str]) -> None:
    earlier = seen.get(draft.hash)
    if earlier is None:
        seen[draft.hash] = _("row %(row)s of this file") % {"row": row.number}
        report.new.append((row.number, draft))
    else:
        report.duplicates.append(_line(row, "stem", _("the same question as %(earlier)s") % {"earlier": earlier}))


def _line(row: Row, field: str, reason: str) -> Line:
    column = row[field].column or row["option_A" if field == "options" else field].column
    return Line(row.number, column, reason, row.text("stem")[:60])


def _no_formulas(row: Row) -> None:
    for field, cell in row.cells.items():
        if cell.formula and field not in NOT_KEPT:
            raise Refused(field, _("the cell holds a formula; please paste it as a value"))


def _kind(row: Row) -> types.QuestionType:
    text = _needed(row, "type")
    kind = types.named(normalise.sameness(text))
    if kind is None:
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


def _day(row: Row) -> date | None:
    try:
        return normalise.day(row.text("valid_until"))
    except ValueError:
        raise Refused("valid_until", _("this is not a date such as 2027-12-31")) from None


def _ignored(reading: Reading) -> list[str]:
    kept_not = {row[field].column.split(" ", 1)[-1] for row in reading.rows for field in NOT_KEPT if row.text(field)}
    return sorted({*reading.unknown, *kept_not})
