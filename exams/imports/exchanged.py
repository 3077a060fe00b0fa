"""Questions that come ready made from a file, as rows: checked, shown and decided about like others."""

import re
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from exams.exchange.json_file import as_json, from_json
from exams.exchange.question import Exchange, Exchanged, NotCarried, Why
from exams.exchange.unreadable import Unreadable
from exams.imports.rows import Cell, Reading, Row
from exams.markup import bare

MAX_MEDIA = 40 * 1024 * 1024  # bytes, counted once for each question


def reading(exchange: Exchange) -> Reading:
    """One row for each question and each trouble, in the order of their places."""
    notes: dict[str, list[str]] = {}
    for place, sentence in exchange.remarks:
        notes.setdefault(place, []).append(sentence)
    if sum(len(media.data) for question in exchange.questions for media in question.media.values()) > MAX_MEDIA:
        raise Unreadable(_("The pictures of this file are larger than 40 MB together. Please split it."))
    found: list[Exchanged | NotCarried] = [*exchange.questions, *exchange.not_carried]
    found.sort(key=lambda each: _numbers(each.place))
    rows = [_row(number, each, notes.pop(each.place, [])) for number, each in enumerate(found, 1)]
    return Reading(exchange.format, "", rows, [sentence for others in notes.values() for sentence in others])


def stored(row: Row) -> dict[str, Any]:
    """What of such a row its cells do not say, for JSON."""
    if row.trouble:
        trouble = {"what": row.trouble.what, "why": row.trouble.why, "reason": row.trouble.reason}
        return {"where": row.where, "trouble": trouble, "notes": list(row.notes)}
    return {"where": row.where, "question": as_json(row.question), "notes": list(row.notes)} if row.question else {}


def restored(row: Row, stored: dict[str, Any]) -> Row:
    """The row with what `stored` said."""
    where, notes = stored.get("where", ""), stored.get("notes", [])
    if trouble := stored.get("trouble"):
        found = NotCarried(where, trouble["what"], Why(trouble["why"]), trouble["reason"])
        return replace(row, where=where, trouble=found, notes=notes)
    if question := stored.get("question"):
        return replace(row, where=where, question=from_json(question, where), notes=notes)
    return row


def _row(number: int, found: Exchanged | NotCarried, notes: list[str]) -> Row:
    if isinstance(found, NotCarried):
        return Row(number, {"stem": Cell(found.what)}, where=found.place, trouble=found, notes=notes)
    return Row(number, _cells(found), where=found.place, question=found, notes=notes)


def _numbers(place: str) -> list[int]:
    return [int(number) for number in re.findall(r"[0-9]{1,9}", place)]


def _cells(question: Exchanged) -> dict[str, Cell]:
    """What the file says something about: usual values say nothing."""
    said = {
        "stem": bare(question.stem, question.markup),
        "explanation": question.explanation,
        "basis": question.basis_document,
        "edition": question.basis_edition,
        "valid_until": str(question.valid_until or ""),
        "difficulty": "" if question.difficulty == 3 else str(question.difficulty),
        "code": question.code,
    }
    return {name: Cell(text[:200]) for name, text in said.items() if text}
