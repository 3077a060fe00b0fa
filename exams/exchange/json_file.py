"""Questions as JSON: the simple shape that question tools exchange, and ours, which holds everything.

The simple one: `{"type": "SINGLE", "content": "…", "options": [{"key": "A", "text": "…"}], "answer": "A"}`, with
`categories`, `explanation` and `tags`. What it cannot say stands in fields of ours beside it; `shape` is content and
key as docs/questions.md describes them.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from exams.exchange.decoding import text_of
from exams.exchange.gathering import Gathering, Written
from exams.exchange.numbers import decimal, plain
from exams.exchange.pictures import decoded, encoded, media_of
from exams.exchange.question import Exchange, Exchanged, Markup, Media
from exams.exchange.unreadable import Broken, Unlike, Unreadable
from exams.exchange.writing import Sheet
from exams.types.answers import letters, truth

FORMAT: Final = "lidian-questions"
SIMPLE: Final = {"SINGLE": "single", "MULTI": "multiple", "MULTIPLE": "multiple", "JUDGE": "true_false"}
_NAMES: Final = {"single": "SINGLE", "multiple": "MULTI", "true_false": "JUDGE"}
_BEGINS: Final = re.compile(r'\s*(?:\{\s*["}]|\[\s*[{\]])')
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TEXTS: Final = ("title", "code", "basis_document", "basis_clause", "basis_edition", "explanation")


def sniff(data: bytes, name: str) -> bool:
    """An object or a list of objects; `[html]` begins a text."""
    return bool(_BEGINS.match(text_of(data)))


def read(data: bytes) -> Exchange:
    """Every question of a list, or of the list in `questions`. Raises Unreadable."""
    found = Gathering("json")
    for number, entry in enumerate(_entries(text_of(data)), 1):
        place = _("question %(number)s") % {"number": number}
        what = str(entry.get("content", ""))[:60] if isinstance(entry, dict) else ""
        found.take(place, what, lambda entry=entry, place=place: _question(entry, place))  # type: ignore[misc]
    return found.exchange()


def write(questions: Iterable[Exchanged]) -> Written:
    """Everything about every question, as UTF-8."""
    sheet = Sheet()
    entries = [sheet.take(question, lambda question=question: as_json(question)) for question in questions]  # type: ignore[misc]
    whole = {"format": FORMAT, "questions": [entry for entry in entries if entry]}
    return sheet.written(json.dumps(whole, ensure_ascii=False, indent=1).encode())


def as_json(question: Exchanged) -> dict[str, Any]:
    """All of a question but its place."""
    return {
        "type": _NAMES.get(question.type, question.type),
        "content": question.stem,
        **_simple(question),
        "categories": question.topic,
        "tags": list(question.tags),
        "explanation": question.explanation,
        "difficulty": question.difficulty,
        "points": question.points,
        **({"skill": question.skill} if question.skill is not None else {}),
        **{name: getattr(question, name) for name in _TEXTS if name != "explanation" and getattr(question, name)},
        **({"valid_until": question.valid_until.isoformat()} if question.valid_until else {}),
        **({"markup": question.markup.value} if question.markup != Markup.PLAIN else {}),
        **({"media": [_file(media) for media in question.media.values()]} if question.media else {}),
        "shape": {"content": question.content, "key": question.key},
    }


def from_json(entry: Mapping[str, Any], place: str) -> Exchanged:
    """The question that `as_json` made this of. Raises Broken and Unlike."""
    type, content, key = _shape(entry)
    return Exchanged(
        place=place,
        type=type,
        stem=_text(entry, "content") or _text(entry, "stem"),
        content=content,
        key=key,
        markup=Markup.HTML if entry.get("markup") == "html" else Markup.PLAIN,
        topic=_topic(entry.get("categories")),
        tags=_tags(entry.get("tags")),
        difficulty=_level(entry, "difficulty", 5, 3) or 3,
        skill=_level(entry, "skill", 8, None),
        points=_points(entry.get("points")),
        valid_until=_day(entry.get("valid_until")),
        media=_media(entry.get("media")),
        **{name: _text(entry, name) for name in _TEXTS},
    )


def _entries(text: str) -> list[Any]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(_("This is no correct JSON.")) from None
    entries = whole.get("questions") if isinstance(whole, dict) else whole
    if not isinstance(entries, list):
        raise Unreadable(_("This JSON holds no list of questions."))
    return entries


def _question(entry: Any, place: str) -> Exchanged:
    if not isinstance(entry, dict):
        raise Broken(_("this is no question but another value"))
    question = from_json(entry, place)
    if not question.stem:
        raise Broken(_("the question has no text"))
    return question


def _simple(question: Exchanged) -> dict[str, Any]:
    """Options and answer in letters, for tools that know only these."""
    if question.type == "true_false":
        return {"answer": "正确" if question.key["correct"] else "错误"}
    if question.type not in _NAMES or len(question.content["options"]) > len(_LETTERS):
        return {}
    options = [{"key": key, "text": text} for key, text in zip(_LETTERS, question.content["options"], strict=False)]
    return {"options": options, "answer": "".join(_LETTERS[index] for index in question.key["correct"])}


def _shape(entry: Mapping[str, Any]) -> tuple[str, Any, Any]:
    """Type, content and key: as our shape says, or from options and letters."""
    named = _text(entry, "type")
    shape = entry.get("shape")
    if isinstance(shape, dict):
        return SIMPLE.get(named.upper(), named), shape.get("content", {}), shape.get("key", {})
    if named.upper() not in SIMPLE:
        raise Unlike(named[:60] or "?", _("there are no questions of the type “%(type)s” here") % {"type": named[:60]})
    type = SIMPLE[named.upper()]
    if type == "true_false":
        return type, {}, {"correct": _truth(entry)}
    return type, *_choice(entry)


def _choice(entry: Mapping[str, Any]) -> tuple[Any, Any]:
    options = entry.get("options")
    if not isinstance(options, list) or not all(isinstance(each, dict) for each in options):
        raise Broken(_("the options are missing"))
    keys = [str(each.get("key", "")).strip().upper() for each in options]
    answer = entry.get("answer")
    wanted = [str(each).strip().upper() for each in answer] if isinstance(answer, list) else letters(str(answer or ""))
    for letter in wanted or []:
        if letter not in keys:
            raise Broken(_("the answer names %(letter)s, but there is no such option") % {"letter": letter[:20]})
    if not wanted:
        raise Broken(_("no option is marked as right"))
    texts = [str(each.get("text", "")) for each in options]
    return {"options": texts}, {"correct": sorted({keys.index(letter) for letter in wanted})}


def _truth(entry: Mapping[str, Any]) -> bool:
    answer = entry.get("answer")
    found = answer if isinstance(answer, bool) else truth(str(answer or ""))
    if found is None:
        raise Broken(_("the answer “%(answer)s” says neither right nor wrong") % {"answer": str(answer)[:20]})
    return found


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name, "")
    if not isinstance(value, str):
        raise Broken(_("“%(name)s” is not a text") % {"name": name})
    return value


def _topic(value: Any) -> str:
    parts = value if isinstance(value, list) else str(value or "").split("/")
    return "/".join(str(part).strip() for part in parts if str(part).strip())


def _tags(value: Any) -> tuple[str, ...]:
    return tuple(str(tag) for tag in value) if isinstance(value, list) else ()


def _level(entry: Mapping[str, Any], name: str, most: int, usual: int | None) -> int | None:
    value = entry.get(name, usual)
    if value is not None and (type(value) is not int or not 1 <= value <= most):
        raise Broken(_("“%(name)s” is a whole number from 1 to %(most)s") % {"name": name, "most": most})
    return value


def _points(value: Any) -> str:
    try:
        return "1" if value is None else plain(decimal(str(value)))
    except ValueError:
        raise Broken(_("“%(text)s” is not a number") % {"text": str(value)[:40]}) from None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        raise Broken(_("“%(text)s” is not a date such as 2027-12-31") % {"text": str(value)[:40]}) from None


def _file(media: Media) -> dict[str, str]:
    return {"name": media.name, "mime": media.mime, "data": encoded(media)}


def _media(value: Any) -> dict[str, Media]:
    found = {}
    for each in value if isinstance(value, list) else []:
        media = media_of(decoded(str(each.get("data", "")))) if isinstance(each, dict) else None
        if media is None:
            raise Broken(_("an embedded file is damaged"))
        found[media.name] = media
    return found
