"""Manifest and test of a package."""

from collections.abc import Sequence
from dataclasses import dataclass

from exams.exchange.qti import extras
from exams.exchange.qti.metadata import lom_of
from exams.exchange.qti.tree import Node, node
from exams.exchange.qti.write.dialects import LOM, XSI, Dialect
from exams.exchange.question import Exchanged

TEST_FILE = "test.xml"
PREFIX = "imsmd:"
OWN = "lidian:"


@dataclass(frozen=True)
class Entry:
    """One item of a package: its file, the pictures it shows, and what is said of it besides."""

    identifier: str
    file: str
    question: Exchanged
    media: Sequence[str]
    digest: str
    extra: str


def manifest(entries: Sequence[Entry], media: Sequence[str], dialect: Dialect) -> Node:
    resources = [_test(entries, dialect), *(_item(each, dialect) for each in entries)]
    resources += [
        node("resource", node("file", href=file), identifier=_media_identifier(file), type="webcontent", href=file)
        for file in media
    ]
    attributes = {
        "xmlns": dialect.package_space,
        "xmlns:imsmd": LOM,
        "xmlns:lidian": extras.NAMESPACE,
        "xmlns:xsi": XSI,
        "xsi:schemaLocation": f"{dialect.package_space} {dialect.package_location}",
        "identifier": "MANIFEST-QUESTIONS",
    }
    described = node("metadata", node("schema", dialect.schema), node("schemaversion", dialect.schema_version))
    return Node("manifest", attributes, [described, node("organizations"), node("resources", *resources)])


def test(entries: Sequence[Entry], dialect: Dialect) -> Node:
    """All items in order, each weighted with its points."""
    refs = [_reference(each) for each in entries]
    section = node("assessmentSection", *refs, identifier="SECTION", title="1", visible="true")
    part = node("testPart", section, identifier="PART", navigationMode="nonlinear", submissionMode="simultaneous")
    outcome = node("outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    summed = node("sum", node("testVariables", variableIdentifier="SCORE", weightIdentifier="POINTS"))
    scored = node("outcomeProcessing", node("setOutcomeValue", summed, identifier="SCORE"))
    attributes = {
        "xmlns": dialect.space,
        "xmlns:xsi": XSI,
        "xsi:schemaLocation": f"{dialect.space} {dialect.location}",
        "identifier": "TEST",
        "title": "1",
    }
    return Node("assessmentTest", attributes, [outcome, part, scored])


def _reference(entry: Entry) -> Node:
    weight = node("weight", identifier="POINTS", value=entry.question.points)
    return node("assessmentItemRef", weight, identifier=entry.identifier, href=entry.file)


def _test(entries: Sequence[Entry], dialect: Dialect) -> Node:
    needed = [node("dependency", identifierref=each.identifier) for each in entries]
    kind = dialect.types % "test"
    return node("resource", node("file", href=TEST_FILE), *needed, identifier="TEST", type=kind, href=TEST_FILE)


def _item(entry: Entry, dialect: Dialect) -> Node:
    described = lom_of(entry.question)
    found = [_prefixed(each) for each in described]
    if entry.extra:
        found.append(Node(OWN + extras.NAME, {"sha256": entry.digest}, [entry.extra]))
    metadata = [node("metadata", Node(f"{PREFIX}lom", {}, list(found)))] if found else []
    needed = [node("dependency", identifierref=_media_identifier(file)) for file in entry.media]
    kind = dialect.types % "item"
    return node(
        "resource",
        *metadata,
        node("file", href=entry.file),
        *needed,
        identifier=entry.identifier,
        type=kind,
        href=entry.file,
    )


def _media_identifier(file: str) -> str:
    return "M-" + file.rpartition("/")[2].partition(".")[0]


def _prefixed(described: Node) -> Node:
    children = [child if isinstance(child, str) else _prefixed(child) for child in described.children]
    return Node(PREFIX + described.name, described.attributes, children)
