"""Where the reader of a Word file is, and what it has to say about what stays out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.parser import parse_xml

from courses.imports.draft import Note
from courses.imports.pictures import Gallery
from courses.imports.word.names import Element, full, related, texts

WORDS = 16  # characters of a paragraph, enough to find it by
QUOTED = 120  # characters of what is left out


@dataclass
class Context:
    """`paragraph` counts from 1 in the order of the file, cells of tables included."""

    part: Any
    notes: list[Note] = field(default_factory=list)
    paragraph: int = 0
    heading: str = ""
    words: str = ""
    before: bool = False  # `words` are of a paragraph before this one, which has none

    def __post_init__(self) -> None:
        self.gallery = Gallery(self.notes)
        self._said: set[str] = set()
        self._asides: dict[str, Mapping[str, Element]] = {}

    def enter(self, paragraph: Element) -> None:
        self.paragraph += 1
        own = texts(paragraph).strip()
        self.words, self.before = own or self.words, not own

    @property
    def place(self) -> str:
        words = _short(self.words, WORDS)
        said = _("Paragraph %(n)d, after “%(words)s”") if self.before else _("Paragraph %(n)d “%(words)s”")
        where = said % {"n": self.paragraph, "words": words}
        return f"{_short(self.heading, 2 * WORDS)} · {where}" if self.heading else where

    def say(self, text: str) -> None:
        """Once for each paragraph."""
        note = Note(text, self.place)
        if note not in self.notes[-20:]:
            self.notes.append(note)

    def say_once(self, text: str) -> None:
        """Once for the whole file."""
        if text not in self._said:
            self._said.add(text)
            self.notes.append(Note(text))

    def aside(self, kind: str, key: str) -> Element | None:
        """A footnote, an endnote or a comment by its number."""
        if kind not in self._asides:
            found = related(self.part, kind)
            root: Element = parse_xml(found.blob) if found is not None else []
            self._asides[kind] = {child.get(full("w:id")) or "": child for child in root if isinstance(child.tag, str)}
        return self._asides[kind].get(key)

    def footnote(self, kind: str, key: str) -> None:
        found = self.aside(kind, key)
        self.say(_("A footnote was left out: “%(text)s”") % {"text": quoted(found)})

    def comment(self, key: str) -> None:
        found = self.aside(RT.COMMENTS, key)
        author = (found.get(full("w:author")) or "") if found is not None else ""
        self.say(_("A comment by %(author)s was left out: “%(text)s”") % {"author": author, "text": quoted(found)})

    def target(self, key: str) -> str:
        """The address a hyperlink or a linked picture leads to."""
        found = self.part.rels.get(key)
        return str(found.target_ref) if found is not None and found.is_external else ""

    def blob(self, key: str) -> tuple[str, bytes] | None:
        """Name and content of a part, for example an image."""
        found = self.part.rels.get(key)
        if found is None or found.is_external:
            return None
        return str(found.target_part.partname).rpartition("/")[2], bytes(found.target_part.blob)


def quoted(element: Element | None) -> str:
    return _short(texts(element).strip(), QUOTED) if element is not None else ""


def _short(text: str, length: int) -> str:
    return text[:length] + ("…" if len(text) > length else "")
