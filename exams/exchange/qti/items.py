"""One item of 2.x or 3.0 as a question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from exams.exchange.qti.body import SCORER, Around, Part, for_markers, stripped
from exams.exchange.qti.declarations import declarations, outcome
from exams.exchange.qti.fitting import Fitted, Item
from exams.exchange.qti.html import markup_of
from exams.exchange.qti.numbers import decimal, number
from exams.exchange.qti.parts import question
from exams.exchange.qti.scoring import scoring
from exams.exchange.qti.texts import Texts
from exams.exchange.qti.tree import Node
from exams.exchange.question import Exchanged, Markup, Media
from exams.exchange.unreadable import Broken, Unlike

TITLE = 200  # characters
CANDIDATE = "candidate"


@dataclass(frozen=True)
class Read:
    """An item as read, with what it lost on the way."""

    question: Exchanged
    remarks: Sequence[str]


@dataclass(frozen=True)
class Source:
    """Where an item comes from: its place, its pictures, texts shared with others, and its weight in a test."""

    place: str
    take: Callable[[str], Media | None]
    stimulus: Callable[[str], Sequence[Part]]
    weight: Fraction = Fraction(1)


def read_item(root: Node, source: Source) -> Read:
    """Raises Broken, or Unlike for what we have nothing like."""
    _refuse_moving(root)
    around = Around()
    body = root.first("itemBody")
    shared = [part for ref in root.nodes("assessmentStimulusRef") for part in source.stimulus(ref.get("href"))]
    parts = stripped([*shared, *(body.children if body else [])], around)
    if not _has_something(parts):
        raise Broken(_("the question is empty"))
    texts = Texts(_markup(root, shared), source.take)
    responses = declarations(root)
    modal = root.nodes("modalFeedback")
    item = Item(
        texts,
        responses,
        scoring(root, list(responses)),
        for_markers(around),
        {each.get("identifier"): each.children for each in modal},
    )
    stem, fitted = question(item, _with_instructions(texts, parts, around))
    if item.scoring.odd:
        item.remark(_("The file has scoring rules of its own; the right answer is kept, parts of points may differ."))
    explanation = _explanation(item, modal, around)
    return Read(_exchanged(root, source, texts, stem, fitted, explanation), texts.remarks)


def _exchanged(root: Node, source: Source, texts: Texts, stem: str, fitted: Fitted, explanation: str) -> Exchanged:
    return Exchanged(
        place=source.place,
        type=fitted.type,
        stem=stem,
        content=fitted.content,
        key=fitted.key,
        markup=texts.markup,
        title=root.get("title")[:TITLE],
        points=decimal(_points(root, fitted) * source.weight),
        explanation=explanation,
        media=texts.media,
    )


def _refuse_moving(root: Node) -> None:
    """Items that change while they are answered, or differ from person to person."""
    if root.get("adaptive") == "true":
        raise Unlike("adaptive", _("the item changes with the answers"))
    if root.first("templateDeclaration") or root.first("templateProcessing"):
        raise Unlike("templateProcessing", _("its numbers or texts are drawn anew for each person"))


def _has_something(parts: Sequence[Part]) -> bool:
    return any(part.strip() if isinstance(part, str) else _shows(part) for part in parts)


def _shows(node: Node) -> bool:
    silent = not node.text().strip() and not next(node.every(), None)
    return not silent or node.name in ("img", "object", "audio")


def _markup(root: Node, shared: Sequence[Part]) -> Markup:
    shown = [*root.nodes("itemBody", "modalFeedback"), *(part for part in shared if isinstance(part, Node))]
    return markup_of([Node("all", {}, list(shown))])


def _with_instructions(texts: Texts, parts: list[Part], around: Around) -> list[Part]:
    """Rubrics for those who answer stand before the question; those for others are remarked upon."""
    first: list[Part] = []
    for rubric in around.rubrics:
        views = rubric.get("view", CANDIDATE).split()
        if CANDIDATE in views:
            first.append(Node("div", {}, rubric.children))
        elif SCORER not in views:
            texts.remarks.append(
                _("A note for %(who)s was left out: %(text)s")
                % {"who": ", ".join(views), "text": texts.plain(rubric.children)[:100]}
            )
    for hint in around.hints:
        texts.remarks.append(_("A hint was left out: %(text)s") % {"text": texts.plain(hint.children)[:100]})
    return first + parts


def _explanation(item: Item, modal: Sequence[Node], around: Around) -> str:
    """What is said to everybody after answering."""
    rest: list[Part] = [Node("div", {}, each.children) for each in modal if each.get("identifier") not in item.told]
    rest += [Node("div", {}, each.children) for each in around.feedback]
    return item.texts.of(rest)


def _points(root: Node, fitted: Fitted) -> Fraction:
    stated = outcome(root, "MAXSCORE")
    if stated is None:
        score = next((each for each in root.nodes("outcomeDeclaration") if each.get("identifier") == "SCORE"), None)
        stated = number(score.get("normalMaximum")) if score else None
    points = stated if stated and stated > 0 else fitted.earns
    return points if points > 0 else Fraction(1)
