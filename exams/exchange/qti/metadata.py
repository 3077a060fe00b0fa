"""What metadata (IEEE LOM) beside an item say of it: topic, tags, difficulty, code, what it is based on."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from exams.exchange.qti.tree import Node, joined, node
from exams.exchange.question import Exchanged

DIFFICULTIES: Final = ("very easy", "easy", "medium", "difficult", "very difficult")
USUAL: Final = 3
BASIS: Final = {"document": "basis_document", "clause": "basis_clause", "edition": "basis_edition"}
CODE: Final = "code"
MAX_TAGS = 20


def described(question: Exchanged, lom: Node) -> Exchanged:
    """The question with what its metadata say."""
    general, educational = lom.first("general"), lom.first("educational")
    found: dict[str, str | int | tuple[str, ...]] = {}
    if general:
        found["tags"] = tuple(_unique(_string(each) for each in general.nodes("keyword")))[:MAX_TAGS]
        found["code"] = _catalogued(general, CODE)
    difficulty = educational.first("difficulty") if educational else None
    if difficulty and (value := _value(difficulty)) in DIFFICULTIES:
        found["difficulty"] = DIFFICULTIES.index(value) + 1
    found["topic"] = next(filter(None, (_topic(each) for each in lom.nodes("classification"))), "")
    for relation in lom.nodes("relation"):
        resource, kind = relation.first("resource"), relation.first("kind")
        if resource and kind and _value(kind) == "isbasedon":
            found |= {name: _catalogued(resource, catalog) for catalog, name in BASIS.items()}
    return replace(question, **{name: value for name, value in found.items() if value})  # type: ignore[arg-type]


def lom_of(question: Exchanged) -> list[Node]:
    """The same for writing."""
    codes = [_identifier(CODE, question.code)] if question.code else []
    keywords = [node("keyword", node("string", tag)) for tag in question.tags]
    found = [node("general", *codes, *keywords)] if codes or keywords else []
    if question.difficulty != USUAL:
        difficulty = node("source", "LOMv1.0"), node("value", DIFFICULTIES[question.difficulty - 1])
        found.append(node("educational", node("difficulty", *difficulty)))
    basis = [
        _identifier(catalog, getattr(question, name)) for catalog, name in BASIS.items() if getattr(question, name)
    ]
    if basis:
        kind = node("kind", node("source", "LOMv1.0"), node("value", "isbasedon"))
        found.append(node("relation", kind, node("resource", *basis)))
    if question.topic:
        taxa = [node("taxon", node("entry", node("string", step))) for step in question.topic.split("/")]
        purpose = node("purpose", node("source", "LOMv1.0"), node("value", "discipline"))
        found.append(node("classification", purpose, node("taxonPath", *taxa)))
    return found


def _identifier(catalog: str, entry: str) -> Node:
    return node("identifier", node("catalog", catalog), node("entry", entry))


def _catalogued(holder: Node, catalog: str) -> str:
    return next((each.said("entry") for each in holder.nodes("identifier") if each.said("catalog") == catalog), "")


def _string(holder: Node) -> str:
    """The text of one of the languages, the first."""
    string = next(holder.every("string", "langstring"), None)
    return joined([(string or holder).text()])


def _value(holder: Node) -> str:
    value = holder.first("value")
    return _string(value).lower() if value else ""


def _topic(classification: Node) -> str:
    path = classification.first("taxonPath") or classification.first("taxonpath")
    if path is None:
        return ""
    steps = (_string(entry).replace("/", "／") for taxon in path.nodes("taxon") for entry in taxon.nodes("entry"))
    return "/".join(step for step in steps if step)


def _unique(words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]
