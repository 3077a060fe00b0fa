"""One tree for every vocabulary of QTI: names as 2.x has them, whatever prefix and spelling a file uses."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _

MAX_XML = 20 * 1024 * 1024  # bytes of one XML file
MAX_DEPTH = 100  # elements inside each other
ENCODINGS = frozenset({"gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "windows-1252"})
DECLARED = re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["'][^>]*\?>""")
MATHML = "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2010/Math/MathML"
PREFIX = "qti-"


class BadXML(ValueError):
    """A file that is no XML we read; the text says why, in the reader's language."""


@dataclass
class Node:
    """An element: its name and attributes without namespaces, texts and elements in order; `is_3`: named as in 3.0."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)
    is_3: bool = False

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default).strip()

    def nodes(self, *names: str) -> list["Node"]:
        """The elements right inside, of these names or of any."""
        return [child for child in self.children if isinstance(child, Node) and (not names or child.name in names)]

    def first(self, name: str) -> "Node | None":
        return next(iter(self.nodes(name)), None)

    def every(self, *names: str) -> Iterator["Node"]:
        """The elements inside, however deep, in the order of the file."""
        for child in self.nodes():
            if not names or child.name in names:
                yield child
            yield from child.every(*names)

    def text(self) -> str:
        """All characters inside."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def said(self, name: str) -> str:
        """The text of the first element of this name right inside, without space around it."""
        found = self.first(name)
        return found.text().strip() if found else ""


def node(name: str, *children: "Node | str", **attributes: str) -> Node:
    """A new element; `class_` and the like lose their underscore."""
    return Node(name, {key.rstrip("_"): value for key, value in attributes.items()}, list(children))


def parsed(data: bytes) -> Node:
    """The root of an XML file. Raises BadXML."""
    if len(data) > MAX_XML:
        raise BadXML(_("This XML file is larger than 20 MB."))
    try:
        root = fromstring(_readable(data))
    except DefusedXmlException:
        raise BadXML(_("This file defines entities or refers to things outside of itself and was refused.")) from None
    except ParseError as problem:
        line, _column = problem.position
        raise BadXML(_("This is not well-formed XML (line %(line)s).") % {"line": line}) from None
    except (ValueError, LookupError):
        raise BadXML(_("This file is not written in the encoding that it names.")) from None
    _check_depth(root)
    return _node(root)


def joined(parts: Iterable[str]) -> str:
    """Words of several places as one line."""
    return " ".join(" ".join(parts).split())


def _readable(data: bytes) -> bytes:
    """The same in an encoding that the parser knows; it does not know those of East Asia."""
    declared = DECLARED.match(data[:300])
    if declared and (encoding := declared[1].decode().lower()) in ENCODINGS:
        encoding = "gb18030" if encoding.startswith("gb") else encoding
        return data[declared.end() :].decode(encoding).encode()
    if declared or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030").encode()
    return data


def _check_depth(root: Element) -> None:
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise BadXML(_("Elements of this file stand more than 100 deep inside each other."))
        waiting.extend((child, depth + 1) for child in element)


def _node(element: Element) -> Node:
    tag = element.tag if isinstance(element.tag, str) else ""
    space, _brace, local = tag.rpartition("}")
    attributes = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    found = Node(*_neutral(local, attributes), is_3=local.startswith(PREFIX))
    if space[1:] in MATHML and local == "math":
        found.name = "math"
    if element.text:
        found.children.append(element.text)
    for child in element:
        found.children.append(_node(child))
        if child.tail:
            found.children.append(child.tail)
    return found


def _neutral(name: str, attributes: dict[str, str]) -> tuple[str, dict[str, str]]:
    """A name of 3.0 as 2.x spells it: qti-choice-interaction is choiceInteraction, max-choices is maxChoices."""
    if not name.startswith(PREFIX):
        return name, attributes
    return _camel(name.removeprefix(PREFIX)), {
        key if key.startswith(("data-", "aria-")) else _camel(key): value for key, value in attributes.items()
    }


def _camel(name: str) -> str:
    return re.sub(r"-([a-z0-9])", lambda found: found[1].upper(), name)
