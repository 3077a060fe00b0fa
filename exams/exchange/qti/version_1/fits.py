"""Which question the responses of an item of 1.2 make."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from exams.exchange.qti.fitting import Fitted
from exams.exchange.qti.numbers import decimal
from exams.exchange.qti.version_1.blanks import choose_in_line, entry, filled_in
from exams.exchange.qti.version_1.choices import choice, hotspot, matching, ordering, pairs
from exams.exchange.qti.version_1.material import Part
from exams.exchange.qti.version_1.old import Old, Pieces, texts_of
from exams.exchange.qti.version_1.presentation import Response
from exams.exchange.unreadable import Unlike

Fit = Callable[[Old, Response], Fitted]
BY_NAME = ("fill_in_multiple_blanks", "multiple_dropdowns")
STRANGE = ("render_slider", "render_extension")
FITS: dict[tuple[str, str], Fit] = {
    ("response_lid", "render_hotspot"): hotspot,
    ("response_xy", "render_hotspot"): hotspot,
    ("response_grp", "render_choice"): pairs,
}


def question(old: Old, pieces: Pieces) -> tuple[str, Fitted]:
    """Stem and question. Raises Broken, or Unlike for what we have nothing like."""
    responses = [piece for piece in pieces if isinstance(piece, Response) and piece.rendered]
    strange = [each.rendered for each in responses if each.rendered in STRANGE]
    if strange:
        raise Unlike(strange[0], _("there is no question of this kind here"))
    if not responses:
        return old.texts.of(texts_of(pieces)), Fitted("description", {}, {})
    if old.kind.startswith(BY_NAME):
        return choose_in_line(old, pieces, responses)
    if all(each.rendered == "render_fib" for each in responses):
        return filled_in(old, pieces, responses)
    if len(responses) > 1 and _is_matching(old, responses):
        return old.texts.of([part for piece in pieces if not isinstance(piece, Response) for part in piece]), matching(
            old, responses
        )
    return (
        _case(old, pieces, responses)
        if len(responses) > 1
        else (old.texts.of(texts_of(pieces)), _one(old, responses[0]))
    )


def _one(old: Old, response: Response) -> Fitted:
    if response.rendered == "render_choice" and response.kind == "response_lid":
        return ordering(old, response) if response.cardinality == "ordered" else choice(old, response)
    if response.rendered == "render_fib":
        return entry(old, response)
    fit = FITS.get((response.kind, response.rendered))
    if fit is None:
        raise Unlike(f"{response.kind} {response.rendered}", _("there is no question of this kind here"))
    return fit(old, response)


def _is_matching(old: Old, responses: list[Response]) -> bool:
    """Several lists of the same choices, each with a text of its own."""
    lists = {tuple(old.options(each)) for each in responses}
    return len(lists) == 1 and all(
        each.kind == "response_lid" and each.cardinality == "single" and old.texts.of(each.asked) for each in responses
    )


def _case(old: Old, pieces: Pieces, responses: list[Response]) -> tuple[str, Fitted]:
    """Texts before the first response are the material, those between belong to the response that follows."""
    first = pieces.index(responses[0])
    material = old.texts.of(texts_of(pieces[:first]))
    parts: list[dict[str, Any]] = []
    keys: list[dict[str, Any]] = []
    waiting: list[list[Part] | Response] = []
    for piece in pieces[first:]:
        if not isinstance(piece, Response) or not piece.rendered:
            waiting.append(piece)
            continue
        fitted = _one(old, piece)
        stem = old.texts.of(texts_of([*waiting, piece]))
        waiting = []
        parts.append(
            {
                "type": fitted.type,
                "stem": stem or f"({len(parts) + 1})",
                "content": fitted.content,
                "weight": decimal(1),
            }
        )
        keys.append(fitted.key)
    rest = old.texts.of(texts_of(waiting))
    stem = "\n".join(filter(None, (material, rest))) if old.texts.markup == "plain" else material + rest
    return stem, Fitted("case", {"parts": parts}, {"parts": keys})
