"""The body of an item, taken apart: what is asked, what is answered where, and what stands around it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from exams.exchange.qti.tree import Node

INLINE = frozenset({"textEntryInteraction", "inlineChoiceInteraction"})
BLOCK = frozenset(
    {
        "choiceInteraction",
        "orderInteraction",
        "matchInteraction",
        "associateInteraction",
        "extendedTextInteraction",
        "hotspotInteraction",
        "selectPointInteraction",
        "gapMatchInteraction",
        "hottextInteraction",
    }
)
PART = "lidian-part"  # the class of what our own files put around one part of a case
SCORER = "scorer"  # the view of those who mark
FEEDBACK = ("feedbackBlock", "feedbackInline")
Part = Node | str


@dataclass
class Segment:
    """A run of the body. Texts have no `interaction`, inline ones stand within `parts`; `whole`: a part of a case."""

    parts: list[Part]
    interaction: Node | None = None
    inline: bool = False
    whole: bool = False


@dataclass
class Around:
    """What the body holds besides the question: feedback, and rubrics by who may see them."""

    feedback: list[Node] = field(default_factory=list)
    rubrics: list[Node] = field(default_factory=list)
    hints: list[Node] = field(default_factory=list)


def stripped(parts: Iterable[Part], around: Around) -> list[Part]:
    """The same without feedback and rubrics, which go into `around`."""
    kept: list[Part] = []
    for part in parts:
        if isinstance(part, str) or part.get("class") == PART:
            kept.append(part)
        elif part.name in FEEDBACK:
            around.feedback.append(part)
        elif part.name == "rubricBlock":
            around.rubrics.append(part)
        elif part.name == "infoControl":
            around.hints.append(part)
        else:
            part.children = part.children if part.name in BLOCK else stripped(part.children, around)
            kept.append(part)
    return kept


def for_markers(around: Around) -> list[Node]:
    """The rubrics that those see who mark."""
    return [rubric for rubric in around.rubrics if SCORER in rubric.get("view").split()]


def interactions(parts: Iterable[Part]) -> list[Node]:
    """Everything that can be answered, whether we know it or not."""
    found = []
    for part in parts:
        if isinstance(part, str):
            continue
        if part.name.endswith("Interaction"):
            found.append(part)
        else:
            found.extend(interactions(part.children))
    return found


def segments(parts: Sequence[Part]) -> list[Segment]:
    """The body as runs of text, block interactions and texts with inline interactions, in order."""
    found: list[Segment] = []
    for part in parts:
        for segment in _segments(part):
            last = found[-1] if found else None
            if last and not segment.interaction and not last.interaction and last.inline == segment.inline:
                last.parts.extend(segment.parts)
            else:
                found.append(segment)
    return found


def _segments(part: Part) -> list[Segment]:
    if isinstance(part, str):
        return [Segment([part])] if part.strip() else []
    inside = interactions([part])
    if part.get("class") == PART:
        return [Segment(part.children, interaction=part, whole=True)]
    if not inside:
        return [Segment([part])]
    if part.name in BLOCK:
        return [Segment([], interaction=part)]
    if all(each.name in INLINE for each in inside):
        return [Segment([part], inline=True)]
    return [each for child in part.children for each in _segments(child)]
