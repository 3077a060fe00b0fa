"""From a question as data to one ready to be stored: checked, cleaned, with its media and its hash."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from exams import markup, media, types
from exams.actions.banks import Draft
from exams.exchange.question import Exchanged, Markup, Media
from exams.models import SkillLevel
from exams.rules import normalise
from exams.types import Refused, checking

LONGEST: Final = {
    "code": 40, "title": 200, "topic": 100, "basis_document": 200, "basis_clause": 100, "basis_edition": 50,
}  # fmt: skip
LONGEST_STEM: Final = 20_000
MOST_POINTS: Final = Decimal(99_999)
MOST_TAGS: Final = 30


def drafted(question: Exchanged) -> Draft:
    """The question as it is stored. Raises Refused for what is no question, with its field and a sentence."""
    kind = _kind(question)
    form = Markup(question.markup)
    stem = _text(question.stem, form, "stem", longest=LONGEST_STEM)
    content, key = _words(kind, question, form)
    reason = kind.misfit(stem, content)
    if reason:
        raise Refused("stem", reason)
    explanation = _text(question.explanation, form, "explanation", empty=True, longest=LONGEST_STEM)
    return Draft(
        type=kind.key,
        stem=stem,
        content=content,
        key=key,
        hash=identity(kind, stem, content, form),
        markup=form,
        explanation=explanation,
        difficulty=checking.whole(question.difficulty, "difficulty", least=1, most=5),
        skill=_skill(question.skill),
        points=_points(question.points),
        tags=_tags(question.tags),
        valid_until=question.valid_until,
        media=_media(question, [stem, explanation], content, key),
        **{name: checking.text(getattr(question, name), name, empty=True, longest=n) for name, n in LONGEST.items()},
    )


def identity(kind: types.QuestionType, stem: str, content: Mapping[str, Any], form: str) -> str:
    """The hash by which the question is recognised, formatted or not."""
    texts = [markup.sameness(text, form) for text in kind.texts(content)]
    return normalise.identity(kind.key, markup.sameness(stem, form), texts)


def _kind(question: Exchanged) -> types.QuestionType:
    kind = types.registered().get(question.type)
    if kind is None:
        raise Refused("type", _("there is no question type “%(type)s”") % {"type": question.type[:30]})
    return kind


def _words(kind: types.QuestionType, question: Exchanged, form: Markup) -> tuple[dict[str, Any], dict[str, Any]]:
    """Content and key, cleaned and then checked again: what cleaning empties is no option."""
    content, key = kind.checked(question.content, question.key)
    return kind.checked(*kind.rewritten(content, key, lambda text: markup.clean(text, form)))


def _text(text: object, form: Markup, field: str, *, empty: bool = False, longest: int) -> str:
    found = checking.text(text, field, empty=empty, longest=longest)
    return checking.text(markup.clean(found, form), field, empty=empty, longest=longest)


def _skill(level: int | None) -> int | None:
    if level is not None and level not in SkillLevel:
        raise Refused("skill", _("there is no such skill level"))
    return level


def _points(points: str) -> Decimal:
    found = Decimal(checking.positive(points, "points"))
    if found > MOST_POINTS:
        raise Refused("points", _("a question is worth at most %(most)s points") % {"most": MOST_POINTS})
    return found.quantize(Decimal("0.01"))


def _tags(tags: Sequence[str]) -> list[str]:
    found = checking.listed(list(tags), "tags", most=MOST_TAGS)
    return sorted({checking.text(tag, "tags", longest=60) for tag in found})


def _media(
    question: Exchanged, texts: Sequence[str], content: Mapping[str, Any], key: Mapping[str, Any]
) -> dict[str, Media]:
    """The media that the texts name, checked; what no text names stays behind."""
    named = set().union(*(markup.media(text) for text in texts), markup.media(f"{content} {key}"))
    missing = named - set(question.media)
    if missing:
        raise Refused("media", _("a picture or sound of the question is missing in the file"))
    return {name: media.checked(question.media[name]) for name in sorted(named)}
