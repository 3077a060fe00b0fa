"""Cloze: answers embedded in the text, `{1:SHORTANSWER:=Paris~%50%paris#almost}`."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from exams.exchange.choices import multiple_key, single_key
from exams.exchange.numbers import decimal, of_percent, plain
from exams.exchange.passages import without_markup
from exams.exchange.unreadable import Broken
from exams.exchange.wildcards import text_blank

_SHORT: Final = {
    "SA": "SHORTANSWER", "MW": "SHORTANSWER", "SAC": "SHORTANSWER_C", "MWC": "SHORTANSWER_C", "NM": "NUMERICAL",
    "MC": "MULTICHOICE", "MCV": "MULTICHOICE", "MCH": "MULTICHOICE", "MCS": "MULTICHOICE", "MCVS": "MULTICHOICE",
    "MCHS": "MULTICHOICE", "MR": "MULTIRESPONSE", "MRH": "MULTIRESPONSE", "MRS": "MULTIRESPONSE",
    "MRHS": "MULTIRESPONSE",
}  # fmt: skip
START: Final = re.compile(
    r"\{\s*([0-9]*)\s*:\s*(SHORTANSWER_C|SHORTANSWER|NUMERICAL|MULTICHOICE(?:_VS|_HS|_V|_H|_S)?"
    r"|MULTIRESPONSE(?:_HS|_H|_S)?|SAC|SA|MWC|MW|NM|MCVS|MCHS|MCV|MCH|MCS|MC|MRHS|MRH|MRS|MR)\s*:"
)
_END: Final = re.compile(r"(?<!\\)\}")
_BETWEEN: Final = re.compile(r"(?<!\\)~")
_WEIGHT: Final = re.compile(r"\s*(?:(=)|%(-?[0-9]+(?:[.,][0-9]*)?)%)")
_FEEDBACK: Final = re.compile(r"(?<!\\)(?<!&)(?<!&amp;)#")
_ESCAPED: Final = re.compile(r"\\([~#}])")
MEANS: Final = "~#}\\"
_ENTITY: Final = re.compile(f"&#({'|'.join(str(ord(char)) for char in MEANS)});")
Taken = tuple[str, str, dict[str, Any], dict[str, Any]]


@dataclass(frozen=True)
class Embedded:
    """One embedded question: its kind, its weight, and its answers as share and text."""

    kind: str
    weight: str
    answers: Sequence[tuple[str, str]]


def taken_apart(text: str, *, html: bool, remark: Callable[[str], None]) -> Taken:
    """Type, stem, content and key: a `fill_in`, or a `case` where one place asks for several options."""
    texts, embedded = _split(text, html, remark)
    if not embedded:
        raise Broken(_("the text holds no embedded question"))
    if any(each.kind == "MULTIRESPONSE" for each in embedded):
        return _case(texts, embedded, html)
    stem = _joined(texts, [f"{{{{{number}}}}}" for number in range(1, len(embedded) + 1)])
    pairs = [_blank(each, html) for each in embedded]
    return "fill_in", stem, {"blanks": [blank for blank, _key in pairs]}, {"blanks": [key for _blank, key in pairs]}


def _split(text: str, is_html: bool, remark: Callable[[str], None]) -> tuple[list[str], list[Embedded]]:
    """The texts around the embedded questions, one more than of those."""
    texts, embedded, at = [], [], 0
    while found := START.search(text, at):
        end = _END.search(text, found.end())
        if not end:
            raise Broken(_("an embedded question has no end"))
        texts.append(text[at : found.start()])
        answers = _answers(text[found.end() : end.start()], is_html, remark)
        long = _SHORT.get(found[2], found[2])
        kind = long if long == "SHORTANSWER_C" else long.split("_")[0]
        embedded.append(Embedded(kind, str(int(found[1] or "1") or 1), answers))
        at = end.end()
    return [*texts, text[at:]], embedded


def _answers(body: str, is_html: bool, remark: Callable[[str], None]) -> list[tuple[str, str]]:
    """Share and text of each. Moodle resolves entities in answers; in HTML only those of our writer are resolved."""
    answers = []
    for part in _BETWEEN.split(body):
        share = "0"
        if found := _WEIGHT.match(part):
            share, part = ("1" if found[1] else of_percent(found[2])), part[found.end() :]
        answer, *said = _FEEDBACK.split(part, maxsplit=1)
        if any(each.strip() for each in said):
            remark(_("feedback on single answers is not kept"))
        bare = _ESCAPED.sub(r"\1", answer).strip()
        resolved = _ENTITY.sub(lambda found: chr(int(found[1])), bare) if is_html else html.unescape(bare)
        answers.append((share, resolved))
    return answers


def _blank(each: Embedded, html: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Content and key of one blank."""
    weight = {} if each.weight == "1" else {"weight": each.weight}
    if each.kind == "MULTICHOICE":
        options = [text for _share, text in each.answers]
        accepted = [{"option": n, "share": share} for n, (share, _text) in enumerate(each.answers) if share != "0"]
        return {"kind": "choice", "options": options} | weight, {"accepted": _some(accepted)}
    if each.kind == "NUMERICAL":
        return {"kind": "number"} | weight, {"accepted": _numbers(each)}
    return {"kind": "text"} | weight, _texts(each, html)


def _texts(each: Embedded, is_html: bool) -> dict[str, Any]:
    read = without_markup if is_html else str
    accepted = [{"text": read(text), "share": share} for share, text in each.answers if text]
    return text_blank(_some(accepted), case=each.kind == "SHORTANSWER_C")


def _numbers(each: Embedded) -> list[dict[str, str]]:
    found = []
    for share, text in each.answers:
        if html.unescape(text) == "*":
            continue
        value, _colon, tolerance = text.partition(":")
        try:
            around = plain(abs(decimal(tolerance or "0")))
            found.append({"value": plain(decimal(value)), "tolerance": around, "share": share})
        except ValueError:
            raise Broken(_("“%(text)s” is not a number") % {"text": text[:40]}) from None
    return _some(found)


def _some(accepted: list[Any]) -> list[Any]:
    if not accepted:
        raise Broken(_("no answer is given"))
    return accepted


def _case(texts: list[str], embedded: Sequence[Embedded], html: bool) -> Taken:
    marks = [f"（{number}）" for number in range(1, len(embedded) + 1)]
    parts, keys = [], []
    for mark, each in zip(marks, embedded, strict=True):
        type, content, key = _part(each, html)
        parts.append({"type": type, "stem": mark, "content": content, "weight": each.weight})
        keys.append(key)
    return "case", _joined(texts, marks), {"parts": parts}, {"parts": keys}


def _part(each: Embedded, html: bool) -> tuple[str, dict[str, Any], dict[str, Any]]:
    if each.kind == "NUMERICAL":
        return "numerical", {}, {"accepted": _numbers(each)}
    if each.kind.startswith("SHORTANSWER"):
        return "fill_in", {"blanks": [{"kind": "text"}]}, {"blanks": [_texts(each, html)]}
    shares = [share for share, _text in each.answers]
    content = {"options": [text for _share, text in each.answers]}
    if each.kind == "MULTIRESPONSE":
        return "multiple", content, multiple_key(shares)
    return "single", content, single_key(shares)


def _joined(texts: Sequence[str], marks: Sequence[str]) -> str:
    return "".join(text + mark for text, mark in zip(texts, [*marks, ""], strict=True)).strip()
