"""A body with everything in it that can be answered, as one question: a plain one or a case of several."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from exams.exchange.qti.areas import hotspot, select_point
from exams.exchange.qti.blanks import filled_in, gap_match
from exams.exchange.qti.body import BLOCK, INLINE, PART, Around, Part, Segment, interactions, segments, stripped
from exams.exchange.qti.choices import choice, hottext
from exams.exchange.qti.essays import extended_text
from exams.exchange.qti.fitting import Fitted, Item, Reader, without_feedback
from exams.exchange.qti.numbers import decimal
from exams.exchange.qti.pairs import associate, match, order
from exams.exchange.qti.tree import Node
from exams.exchange.unreadable import Unlike

READERS: dict[str, Reader] = {
    "choiceInteraction": choice,
    "orderInteraction": order,
    "matchInteraction": match,
    "associateInteraction": associate,
    "extendedTextInteraction": extended_text,
    "hotspotInteraction": hotspot,
    "selectPointInteraction": select_point,
}
WITH_STEM: dict[str, Callable[[Item, Node], tuple[str, Fitted]]] = {
    "gapMatchInteraction": gap_match,
    "hottextInteraction": lambda item, node: (item.texts.of(_without_prompt(node)), hottext(item, node)),
}


def question(item: Item, parts: Sequence[Part]) -> tuple[str, Fitted]:
    """Stem and question. Raises Broken, or Unlike for what we have nothing like."""
    found = interactions(parts)
    strange = sorted({each.name for each in found if each.name not in BLOCK | INLINE})
    if strange:
        raise Unlike(", ".join(strange), _("there is no question of this kind here"))
    if not found:
        return item.texts.of(parts), Fitted("description", {}, {})
    runs = segments(parts)
    if any(run.whole for run in runs) or (len(found) > 1 and any(run.interaction for run in runs)):
        return _case(item, runs)
    if found[0].name in INLINE:
        return filled_in(item, parts)
    around = _without(parts, found[0])
    return _single(item, found[0], around)


def _single(item: Item, node: Node, around: Sequence[Part]) -> tuple[str, Fitted]:
    """A block interaction with the texts around it; its prompt comes after them."""
    prompt = node.first("prompt")
    asked = [*around, *([prompt] if prompt else [])]
    if node.name in WITH_STEM:
        inside, fitted = WITH_STEM[node.name](item, node)
        return _lines(item, item.texts.of(asked), inside), fitted
    return item.texts.of(asked), READERS[node.name](item, node)


def _case(item: Item, runs: Sequence[Segment]) -> tuple[str, Fitted]:
    """The texts before the first thing to answer are the material; those between belong to what follows them."""
    material, waiting = _material(runs)
    parts: list[dict[str, Any]] = []
    fits: list[Fitted] = []
    for run in runs[len(material) :]:
        if not run.interaction and not run.inline:
            waiting = waiting + run.parts
            continue
        stem, fitted = _part(_marked(item, len(parts) + 1), run, waiting)
        waiting = []
        fits.append(fitted)
        parts.append({"type": fitted.type, "stem": stem or f"({len(parts) + 1})", "content": fitted.content})
    rest = item.texts.of(waiting)
    if rest:
        parts[-1]["stem"] = _lines(item, parts[-1]["stem"], rest)
    for part, fitted in zip(parts, fits, strict=True):
        part["weight"] = decimal(fitted.earns)
    stem = item.texts.of([part for run in material for part in run.parts])
    key = {"parts": [fitted.key for fitted in fits]}
    return stem, Fitted("case", {"parts": parts}, key, sum((fitted.earns for fitted in fits), start=0 * fits[0].earns))


def _material(runs: Sequence[Segment]) -> tuple[list[Segment], list[Part]]:
    """The runs that are material, and what of them is the question of the first part after all."""
    first = runs[0]
    if first.interaction or first.inline:
        return [], []
    answered = runs[1]
    blocks = [part for part in first.parts if not isinstance(part, str)]
    if answered.whole or answered.inline or len(blocks) < 2 or _prompt(answered):
        return [first], []
    last = blocks[-1]
    return [Segment([part for part in first.parts if part is not last])], [last]


def _part(item: Item, run: Segment, before: Sequence[Part]) -> tuple[str, Fitted]:
    if run.whole:
        return question(item, [*before, *stripped(run.parts, Around())])
    if run.inline:
        return filled_in(item, [*before, *run.parts])
    assert run.interaction is not None
    return _single(item, run.interaction, before)


def _marked(item: Item, place: int) -> Item:
    """The item with the rubrics of one part, where our own files say which belong to it."""
    own = [rubric for rubric in item.rubrics if rubric.get("class").startswith(PART)]
    return replace(item, rubrics=[each for each in own if each.get("class") == f"{PART}-{place}"]) if own else item


def _prompt(run: Segment) -> bool:
    prompt = run.interaction.first("prompt") if run.interaction else None
    return bool(prompt and prompt.text().strip())


def _lines(item: Item, *texts: str) -> str:
    """Several texts below each other in the markup of the question."""
    kept = [text for text in texts if text]
    if len(kept) < 2 or item.texts.markup == "plain":
        return "\n".join(kept)
    return "".join(text if text.startswith("<") else f"<p>{text}</p>" for text in kept)


def _without(parts: Sequence[Part], gone: Node) -> list[Part]:
    return [
        part if isinstance(part, str) else Node(part.name, part.attributes, _without(part.children, gone))
        for part in parts
        if part is not gone
    ]


def _without_prompt(node: Node) -> list[Part]:
    """The text with words to mark, these underlined where the markup can."""
    return [
        part if isinstance(part, str) else _underlined(part)
        for part in without_feedback(node.children)
        if isinstance(part, str) or part.name != "prompt"
    ]


def _underlined(node: Node) -> Node:
    children = [part if isinstance(part, str) else _underlined(part) for part in node.children]
    return Node("u" if node.name == "hottext" else node.name, node.attributes, children)
