"""Names of elements in Word's XML, and small questions to one."""

from collections.abc import Iterator
from typing import Any

Element = Any  # of lxml, which carries no types

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
SHORT = {uri: prefix for prefix, uri in NAMESPACES.items()}


def full(name: str) -> str:
    """`w:p` as lxml writes it."""
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def short(element: Element) -> str:
    """`w:p`; an unknown namespace is left out, a comment has no name."""
    if not isinstance(element.tag, str):
        return ""
    uri, _brace, local = element.tag[1:].partition("}")
    return f"{SHORT[uri]}:{local}" if uri in SHORT else local


def find(element: Element, path: str) -> Element | None:
    return element.find(path, NAMESPACES) if element is not None else None


def value(element: Element, path: str, attribute: str = "w:val") -> str:
    """The attribute of what lies at the path; empty when there is no such thing."""
    found = find(element, path)
    return (found.get(full(attribute)) or "") if found is not None else ""


def is_on(element: Element, path: str) -> bool:
    """A switch such as `w:b`: there, and not turned off."""
    found = find(element, path)
    return found is not None and found.get(full("w:val")) not in {"0", "false", "off", "none"}


def texts(element: Element) -> str:
    """Every word inside, whatever it stands in."""
    return "".join(part.text or "" for part in element.iter(full("w:t"), full("w:delText"), full("m:t")))


def related(part: Any, kind: str) -> Any | None:
    """The part a document is tied to by a relationship of this kind."""
    try:
        return part.part_related_by(kind)
    except KeyError:
        return None


def number(text: str, default: int) -> int:
    """A whole number of reasonable size as an attribute has it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def children(element: Element) -> Iterator[tuple[str, Element]]:
    for child in element:
        name = short(child)
        if name:
            yield name, child
