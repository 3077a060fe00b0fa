"""From numbered text to questions."""

import re
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext as _

from exams import types
from exams.exchange.decoding import text_of
from exams.exchange.gathering import Gathering
from exams.exchange.numbers import decimal, plain
from exams.exchange.passages import escaped
from exams.exchange.question import Exchange, Exchanged, Markup
from exams.exchange.text.lines import ZIP, is_word, lines_of
from exams.exchange.text.questions import Parts, questions
from exams.exchange.unreadable import Broken, Unlike, Unreadable
from exams.rules import normalise
from exams.types.answers import letters, truth
from exams.types.question_type import Refused, Written

_NUMBERED: Final = re.compile(r"^\s*第?\s*[0-9]{1,4}\s*(?:题|[.．、)）])", re.MULTILINE)
_ANSWERED: Final = re.compile(r"答案\s*[\]】]?\s*[:：]|】|[（(]\s*[A-H√×]+\s*[)）]")
_IN_BRACKETS: Final = re.compile(r"[（(]\s*([A-HＡ-Ｈ][A-HＡ-Ｈ、，,\s]*|[√×✓✗]|对|错|正确|错误)\s*[)）]")
_DRAWN: Final = re.compile(r"_{2,}|\{\{[0-9]+\}\}")


def sniff(data: bytes, name: str) -> bool:
    """A Word document, or text with numbered questions and their answers."""
    if data.startswith(ZIP):
        return is_word(data)
    text = text_of(data)
    return bool(_NUMBERED.search(text) and _ANSWERED.search(text))


def read(data: bytes) -> Exchange:
    """Every numbered question, by line or paragraph. Raises Unreadable."""
    found = Gathering("text")
    for parts in questions(lines_of(data)):
        what = " ".join(parts.stem)[:60]
        found.take(parts.place, what, lambda parts=parts: _question(parts, found))  # type: ignore[misc]
    if not found.questions and not found.not_carried:
        raise Unreadable(_("No numbered question such as “1. …” was found in this file."))
    return found.exchange()


def _question(parts: Parts, found: Gathering) -> Exchanged:
    stem, answer = _stem_and_answer(parts)
    if not stem:
        raise Broken(_("the question has no text"))
    kind = _kind(parts, stem, answer)
    written = Written(stem, normalise.options(parts.options), answer)
    try:
        content, key = _shapes(kind, written)
    except Refused as refusal:
        raise Broken(refusal.reason) from None
    document, clause = normalise.basis(parts.fields.get("basis", ""))
    question = Exchanged(
        place=parts.place,
        type=kind.key,
        stem=kind.stem(written),
        content=content,
        key=key,
        code=parts.fields.get("code", ""),
        topic=parts.fields.get("topic", ""),
        difficulty=_difficulty(parts.fields.get("difficulty", "")),
        points=_points(parts),
        explanation=parts.fields.get("explanation", ""),
        basis_document=document,
        basis_clause=clause,
        basis_edition=parts.fields.get("edition", ""),
    )
    return _with_pictures(question, parts)


def _stem_and_answer(parts: Parts) -> tuple[str, str]:
    """The answer may stand in the brackets of the stem: 验电应使用（ A ）。"""
    stem, answer = "\n".join(parts.stem).strip(), parts.fields.get("answer", "")
    if answer:
        return stem, answer
    inside = list(_IN_BRACKETS.finditer(stem))
    if not inside or (not parts.options and letters(inside[-1][1]) and truth(inside[-1][1]) is None):
        return stem, ""
    last = inside[-1]
    return f"{stem[: last.start()]}（　）{stem[last.end() :]}".strip(), last[1].strip()


def _kind(parts: Parts, stem: str, answer: str) -> types.QuestionType:
    """What the text says it is, or what it looks like."""
    if parts.kind:
        named = types.named(parts.kind)
        if named is None or not named.in_rows:
            raise Unlike(parts.kind, _("questions of this type cannot be written as numbered text"))
        return named
    if parts.options:
        return types.get("multiple" if len(letters(answer) or []) > 1 else "single")
    if truth(answer) is not None and not _DRAWN.search(stem):
        return types.get("true_false")
    return types.get("fill_in" if _DRAWN.search(stem) else "short_answer")


def _shapes(kind: types.QuestionType, written: Written) -> tuple[dict[str, Any], dict[str, Any]]:
    if not written.answer and kind.key not in ("short_answer", "essay"):
        raise Refused("answer", _("there is no answer"))
    return kind.written(written)


def _difficulty(text: str) -> int:
    found = normalise.difficulty(text)
    if found is None:
        raise Broken(_("difficulty is 1 to 5, or 易, 中, 难"))
    return found


def _points(parts: Parts) -> str:
    text = parts.fields.get("points", "").rstrip("分 ") or parts.points
    try:
        return plain(decimal(text)) if text else "1"
    except ValueError:
        raise Broken(_("“%(text)s” is not a number") % {"text": text[:40]}) from None


def _with_pictures(question: Exchanged, parts: Parts) -> Exchanged:
    """Pictures of a Word document stand below the text of their question."""
    if not parts.media:
        return question
    kind = types.get(question.type)
    content, key = kind.rewritten(question.content, question.key, escaped)
    shown = "".join(f'<p><img src="media:{media.name}" alt=""></p>' for media in parts.media)
    return replace(
        question,
        stem=f"<p>{escaped(question.stem)}</p>{shown}",
        content=content,
        key=key,
        explanation=escaped(question.explanation),
        markup=Markup.HTML,
        media={media.name: media for media in parts.media},
    )
