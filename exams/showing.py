"""A question as pages show it: texts as HTML, the answer as it was given, the template of its type."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from exams import markup, types
from exams.models import QuestionVersion
from exams.types.fill_in import MARK
from exams.types.question_type import MARKED_UP


def address(sha256: str) -> str:
    return reverse("exams:media", args=[sha256])


def html(text: str, form: str, *, inline: bool = False) -> SafeString:
    return markup.rendered(text, form, address, inline=inline)


def asked(
    kind: types.QuestionType, stem: str, form: str, public: Mapping[str, Any], answer: types.Payload, name: str
) -> dict[str, Any]:
    """What the template of a type needs. `name` prefixes the names of its inputs; `public` is what may be sent."""
    shown = {field: _shown(field, value, form) for field, value in public.items()}
    facts: dict[str, Any] = {
        "kind": kind.key,
        "kind_label": kind.label,
        "template": kind.template,
        "name": name,
        "public": shown,
    }
    text = html(stem, form)
    if "parts" in public:
        answers = answer or [None] * len(public["parts"])
        rows = enumerate(zip(public["parts"], answers, strict=True), 1)
        facts["parts"] = [_part(part, form, given, f"{name}-{n}") for n, (part, given) in rows]
    if "blanks" in public:
        text = _with_blanks(text, public["blanks"], name)
    if "image" in public:
        facts["image"] = address(public["image"].removeprefix("media:"))
    if "right" in public:
        facts["lettered"] = any("<" in text for text in shown["right"])  # a menu shows words only
        letters = [chr(65 + n) for n in range(len(shown["right"]))]
        facts["choices"] = letters if facts["lettered"] else shown["right"]
    return {**facts, "stem": text, "apart": "blanks" in public or form != "plain", **_answer(kind, answer)}


def reviewed(version: QuestionVersion, order: types.Order, answer: types.Payload) -> dict[str, Any]:
    """A question with its key, for `components/review_question.html`. Only for released results and examiners."""
    kind, form = types.get(version.type), version.markup
    lines = kind.reviewed(version.content, version.key, order, answer)
    picture = _picture(version, answer) if "areas" in version.key else None
    words = {"stem": _ruled(html(version.stem, form)), "explanation": html(version.explanation, form)}
    return {**words, "lines": [_line(line, form) for line in lines], "picture": picture}


def _line(line: types.Reviewed, form: str) -> dict[str, Any]:
    own = form if line.marked else "plain"
    words = {"text": _ruled(html(line.text, own, inline=True)), "given": html(line.given, own, inline=True)}
    return {**asdict(line), **words, "letter": line.letter}


def _ruled(stem: SafeString) -> SafeString:
    """With lines where fields were."""
    return markup.replaced(stem, MARK, lambda mark: f"____ ({mark[1]})")


def _picture(version: QuestionVersion, answer: types.Payload) -> dict[str, Any]:
    """The picture with its areas and the marks that were set, in pixels."""
    content = version.content
    width, height = content["width"], content["height"]
    marks = [(x * width, y * height) for x, y in answer or []]
    areas = [_area(area, width, height) for area in version.key["areas"]]
    return {**content, "image": address(content["image"].removeprefix("media:")), "areas": areas, "marks": marks}


def _area(area: Mapping[str, Any], width: int, height: int) -> dict[str, Any]:
    if area["shape"] == "circle":
        return {"x": area["at"][0] * width, "y": area["at"][1] * height, "radius": area["radius"] * width}
    if area["shape"] == "polygon":
        return {"points": " ".join(f"{x * width:.1f},{y * height:.1f}" for x, y in area["points"])}
    left, top, right, bottom = area["box"]
    return {"x": left * width, "y": top * height, "w": (right - left) * width, "h": (bottom - top) * height}


def has_formula(*texts: str) -> bool:
    return any(markup.has_formula(text) for text in texts)


def _part(part: Mapping[str, Any], form: str, answer: types.Payload, name: str) -> dict[str, Any]:
    return asked(types.get(part["type"]), part["stem"], form, part["content"], answer, name)


def _shown(field: str, value: Any, form: str) -> Any:
    return [html(text, form, inline=True) for text in value] if field in MARKED_UP and _texts(value) else value


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _answer(kind: types.QuestionType, answer: types.Payload) -> dict[str, Any]:
    return {"chosen": kind.chosen(answer), "given": json.dumps(answer, ensure_ascii=False)}


def _with_blanks(stem: SafeString, blanks: list[Mapping[str, Any]], name: str) -> SafeString:
    """The stem with its fields in place of the marks, or behind it when it has none."""
    fields = [
        render_to_string("exams/types/blank.html", {"blank": blank, "n": n, "name": f"{name}-{n}"})
        for n, blank in enumerate(blanks, 1)
    ]
    if not MARK.search(stem):
        return mark_safe(f"{stem} {fields[0]}")
    return markup.replaced(stem, MARK, lambda mark: fields[int(mark[1]) - 1])
