"""One item of 1.2 as a question."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from exams.exchange.qti.html import markup_of
from exams.exchange.qti.numbers import decimal, number
from exams.exchange.qti.texts import Texts
from exams.exchange.qti.tree import Node
from exams.exchange.qti.version_1.conditions import conditions
from exams.exchange.qti.version_1.fits import question
from exams.exchange.qti.version_1.material import Part, parts_of
from exams.exchange.qti.version_1.old import Old
from exams.exchange.qti.version_1.presentation import Response, shown
from exams.exchange.question import Exchanged, Media
from exams.exchange.unreadable import Broken, Unlike

Take = Callable[[str], Media | None]
Read = tuple[Exchanged, Sequence[str]]
KIND_FIELDS = ("question_type", "qmd_itemtype", "bbmd_questiontype", "cc_profile", "qmd_questiontype")
POINT_FIELDS = ("points_possible", "qmd_absolutescore_max", "cc_weighting", "qmd_weighting")
BANK_FIELDS = ("bank_title", "qmd_topic")
STRANGE_KINDS = ("calculated", "file_upload", "hot_spot_drawing")
TITLE = 200  # characters


def read_items(root: Node, file: str, take: Take) -> Iterator[tuple[str, str, Callable[[], Read]]]:
    """The items of a file: place, what it is called there, and what reads it or raises Broken or Unlike."""
    for holder, item in _items(root, root):
        name = item.get("ident") or item.get("title")
        what = item.get("title") or name

        def read_one(holder: Node = holder, item: Node = item, place: str = f"{file} · {name}") -> Read:
            return _read(holder, item, place, take)

        yield f"{file} · {name}", what, read_one


def _items(node: Node, holder: Node) -> Iterator[tuple[Node, Node]]:
    for child in node.nodes():
        if child.name == "item":
            yield holder, child
        elif child.name in ("assessment", "section", "objectbank"):
            yield from _items(child, child if child.name == "objectbank" else holder)


def _read(holder: Node, item: Node, place: str, take: Take) -> Read:
    facts = _facts(item)
    kind = next((facts[name] for name in KIND_FIELDS if facts.get(name)), "")
    if kind.startswith(STRANGE_KINDS) or any(item.every("calculated")):
        raise Unlike(kind or "calculated", _("there is no question of this kind here"))
    presentation = item.first("presentation")
    if presentation is None:
        raise Broken(_("the question is empty"))
    pieces = shown(presentation)
    spoken = {each.get("ident"): parts_of(each) for each in item.nodes("itemfeedback")}
    texts = Texts(markup_of([Node("all", {}, _everything(pieces, spoken.values()))]), take)
    rules = conditions(item)
    old = Old(texts, rules, kind, spoken)
    stem, fitted = question(old, pieces)
    if not stem.strip():
        raise Broken(_("the question is empty"))
    _remark_rest(item, texts)
    explanation = texts.of([Node("div", {}, parts) for name, parts in spoken.items() if name not in old.told])
    points = next((each for name in POINT_FIELDS if (each := number(facts.get(name, ""))) and each > 0), None)
    bank = _facts(holder)
    return (
        Exchanged(
            place=place,
            type=fitted.type,
            stem=stem,
            content=fitted.content,
            key=fitted.key,
            markup=texts.markup,
            title=item.get("title")[:TITLE],
            topic=next((bank[name] for name in BANK_FIELDS if bank.get(name)), "").replace("/", "／"),
            points=decimal(points or Fraction(1)),
            explanation=explanation,
            media=texts.media,
        ),
        texts.remarks,
    )


def _facts(node: Node) -> dict[str, str]:
    """What metadata say, by field: of the standard, and of those who put elements of their own there."""
    found: dict[str, str] = {}
    for metadata in node.nodes("itemmetadata", "qtimetadata"):
        for each in metadata.every():
            if each.name == "qtimetadatafield":
                found[each.said("fieldlabel").lower()] = each.said("fieldentry")
            elif not each.nodes():
                found.setdefault(each.name.lower(), each.text().strip())
    return found


def _everything(pieces: Sequence[list[Part] | Response], spoken: object) -> list[Part]:
    parts: list[Part] = []
    for piece in pieces:
        if isinstance(piece, Response):
            parts += piece.asked
            parts += [part for label in piece.labels for part in label.parts]
        else:
            parts += piece
    return parts + [part for each in spoken for part in each]  # type: ignore[attr-defined]


def _remark_rest(item: Node, texts: Texts) -> None:
    for name in ("itemrubric", "rubric"):
        for each in item.nodes(name):
            said = texts.plain(parts_of(each))
            if said:
                texts.remarks.append(
                    _("A note for %(who)s was left out: %(text)s")
                    % {"who": each.get("view", "All"), "text": said[:100]}
                )
