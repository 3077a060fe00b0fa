"""XML from outside: no entities, no document types, no deep nesting; every element knows its line."""

import re
from typing import Any, Final
from xml.etree.ElementTree import Element, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError
from django.utils.translation import gettext as _

from exams.exchange.decoding import text_of
from exams.exchange.unreadable import Unreadable

DEEPEST: Final = 60
LINE: Final = "\ufdd0line"  # no attribute of a file can be called so
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


class _TooDeep(Exception):
    pass


class _Builder(TreeBuilder):
    """Builds elements with their lines, down to `DEEPEST`."""

    parser: Any = None
    depth = 0

    def start(self, tag: str, attrs: dict[Any, Any]) -> Element:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _TooDeep
        element = super().start(tag, attrs)
        element.set(LINE, str(self.parser.parser.CurrentLineNumber))
        return element

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)


def parsed(data: bytes) -> Element:
    """The root of an XML file, also of one in another encoding than it says. Raises Unreadable."""
    text = text_of(data)
    try:
        return _fed(_DECLARATION.sub("", text, count=1))
    except DefusedXmlException:
        raise Unreadable(_("This file defines entities or a document type of its own and was refused.")) from None
    except _TooDeep:
        raise Unreadable(_("The elements of this file are nested too deeply.")) from None
    except ParseError as problem:
        line, _column = problem.position
        raise Unreadable(_("This is no correct XML: line %(line)s cannot be read.") % {"line": line}) from None


def line_of(element: Element) -> str:
    return element.get(LINE, "")


def text_at(element: Element | None, path: str = "") -> str:
    """The text of a child, "" when there is none."""
    found = element.find(path) if element is not None and path else element
    return "".join(found.itertext()).strip() if found is not None else ""


def _fed(text: str) -> Element:
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    builder.parser = parser
    parser.feed(text)
    root: Element = parser.close()
    return root
