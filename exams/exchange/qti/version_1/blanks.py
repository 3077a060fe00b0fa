"""Texts and numbers to fill in, in 1.2 and as Canvas marks them: [name] in the stem."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from exams.exchange.qti.fitting import Fitted, share
from exams.exchange.qti.numbers import decimal, number
from exams.exchange.qti.tree import Node
from exams.exchange.qti.version_1.conditions import Condition
from exams.exchange.qti.version_1.old import Old, Pieces, texts_of
from exams.exchange.qti.version_1.presentation import Response
from exams.exchange.unreadable import Broken

ESSAYS = re.compile(r"essay|short.?response|long", re.I)
SHORT = re.compile(r"short", re.I)
DROPDOWNS = "multiple_dropdowns"
MANY_ROWS = 5
Blank = tuple[dict[str, Any], dict[str, Any]]


def filled_in(old: Old, pieces: Pieces, responses: Sequence[Response]) -> tuple[str, Fitted]:
    """Fields to type into: among texts they are blanks, alone a number or an answer in one's own words."""
    if len(responses) == 1:
        only = responses[0]
        fitted = entry(old, only)
        if fitted.type != "fill_in" or _stands_last(old, pieces, only):
            return old.texts.of(texts_of(pieces)), fitted
    marks = [Node("blank") for _each in responses]
    parts: list[Node | str] = []
    for piece in pieces:
        if isinstance(piece, Response):
            parts += [*piece.asked, *([marks[responses.index(piece)]] if piece in responses else [])]
        else:
            parts += piece
    blanks = [_blank(old, each) for each in responses]
    return old.texts.of(_in_line(parts), marks), _fill_in(blanks)


def entry(old: Old, response: Response) -> Fitted:
    """One field by itself."""
    earning = old.rules.earning(response.identifier)
    if not earning or ESSAYS.search(old.kind):
        rows = number(response.attributes.get("rows", ""))
        short = SHORT.search(old.kind) or (not ESSAYS.search(old.kind) and rows and rows < MANY_ROWS)
        return Fitted("short_answer" if short else "essay", {}, {"rubric": []})
    content, key = _blank(old, response)
    if content["kind"] == "number":
        return Fitted("numerical", {}, {"accepted": key["accepted"]})
    return _fill_in([(content, key)])


def choose_in_line(old: Old, pieces: Pieces, responses: Sequence[Response]) -> tuple[str, Fitted]:
    """Canvas: the stem holds [name], and a response of that name lists choices, or all texts that are right."""
    stem = old.texts.of([part for piece in pieces if not isinstance(piece, Response) for part in piece])
    blanks = []
    for place, response in enumerate(responses, start=1):
        name = old.texts.plain(response.asked) or response.identifier.removeprefix("response_")
        if f"[{name}]" not in stem:
            raise Broken(_("the stem has no blank called “%(name)s”") % {"name": name[:40]})
        stem = stem.replace(f"[{name}]", f"{{{{{place}}}}}", 1)
        blanks.append(_choices(old, response))
    return stem, _fill_in(blanks)


def _choices(old: Old, response: Response) -> Blank:
    if response.rendered == "render_fib":
        return _blank(old, response)
    texts = [old.texts.plain(label.parts) for label in response.labels]
    if old.kind.startswith(DROPDOWNS):
        scores, most = old.best([{response.identifier: [label.identifier]} for label in response.labels])
        shares = [share(score, most) for score in scores]
        accepted: list[dict[str, Any]] = [
            {"option": at, "share": each} for at, each in enumerate(shares) if each != "0"
        ]
        return {"kind": "choice", "options": texts}, {"accepted": accepted}
    return {"kind": "text"}, {"accepted": [{"text": text, "share": "1"} for text in texts if text]}


def _fill_in(blanks: Sequence[Blank]) -> Fitted:
    return Fitted(
        "fill_in", {"blanks": [content for content, _key in blanks]}, {"blanks": [key for _content, key in blanks]}
    )


def _blank(old: Old, response: Response) -> Blank:
    earning = old.rules.earning(response.identifier)
    if not earning:
        raise Broken(_("the file does not say which answer is right"))
    most = max(condition.earns for condition in earning)
    if response.is_number or any(
        each.name in ("vargte", "vargt") for rule in earning for each in rule.named(response.identifier)
    ):
        accepted = [_number(rule, response, share(rule.earns, most)) for rule in earning]
        return {"kind": "number"}, {"accepted": accepted}
    texts: dict[str, str] = {}
    exact = False
    for condition in earning:
        for each in condition.named(response.identifier):
            texts.setdefault(each.text().strip(), share(condition.earns, most))
            exact = exact or each.get("case").lower() == "yes"
    words = [{"text": text, "share": worth} for text, worth in texts.items() if text]
    if not words:
        raise Broken(_("the file does not say which answer is right"))
    return {"kind": "text"}, {"accepted": words} | ({"case": True} if exact else {})


def _number(condition: Condition, response: Response, worth: str) -> dict[str, str]:
    """A value with its tolerance, from a value, from limits, or from both."""
    named = condition.named(response.identifier)
    exact = next((number(each.text()) for each in named if each.name == "varequal"), None)
    low = next((number(each.text()) for each in named if each.name in ("vargte", "vargt")), None)
    high = next((number(each.text()) for each in named if each.name in ("varlte", "varlt")), None)
    if low is not None and high is not None:
        middle = exact if exact is not None else (low + high) / 2
        return {
            "value": decimal(middle),
            "tolerance": decimal(max(high - middle, middle - low, Fraction(0))),
            "share": worth,
        }
    if exact is None:
        raise Broken(_("the right answer “%(value)s” is not a number") % {"value": named[0].text().strip()[:40]})
    return {"value": decimal(exact), "tolerance": "0", "share": worth}


def _stands_last(old: Old, pieces: Pieces, response: Response) -> bool:
    after = list(pieces)[list(pieces).index(response) + 1 :]
    return not old.texts.of(texts_of(after))


def _in_line(parts: Sequence[Node | str]) -> list[Node | str]:
    """Texts and blanks in one line: what only holds others of them is opened."""
    found: list[Node | str] = []
    for part in parts:
        found += _in_line(part.children) if isinstance(part, Node) and part.name == "div" else [part]
    return found
