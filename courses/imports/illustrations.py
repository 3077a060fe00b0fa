"""The pictures a Markdown file names, found among the files that came with it."""

import base64
import binascii
import posixpath
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import unquote

from django.utils.translation import gettext as _
from markdown_it.token import Token

from courses.imports.draft import Note, picture
from courses.imports.parts import Part
from courses.imports.pictures import Gallery

EMBEDDED = re.compile(r"^data:image/(png|jpe?g|webp);base64,", re.IGNORECASE)
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
TAG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)


class Illustrations:
    """`files` by their path in what was sent; `document` is the path of the Markdown file."""

    def __init__(self, document: str, files: Mapping[str, bytes], notes: list[Note]) -> None:
        self.folder = posixpath.dirname(document.replace("\\", "/"))
        self.files, self.notes = files, notes
        self.gallery = Gallery(notes)
        self.used: set[str] = set()

    def taken_from(self, group: list[Token]) -> list[Part]:
        """The pictures of some tokens as parts of their own; the tokens go on without them."""
        parts: list[Part] = []
        line = 1
        for token in group:
            line = token.map[0] + 1 if token.map else line
            kept: list[Token] = []
            for child in token.children or []:
                line += child.type in {"softbreak", "hardbreak"}
                if child.type == "image":
                    parts += self._part(child, _("Line %(n)d") % {"n": line})
                else:
                    kept.append(child)
            if len(kept) < len(token.children or []):
                token.children = _trimmed(kept)
        return parts

    def _part(self, token: Token, place: str) -> Iterator[Part]:
        source = str(token.attrGet("src") or "")
        alt, caption = token.content.strip(), str(token.attrGet("title") or "").strip()
        found = self._find(source, place)
        if found is None:
            return
        name, content = found
        file = self.gallery.take(name, content, name, place)
        if file:
            if not alt:
                self.gallery.missing_alt(name, place)
            yield picture(file, alt, caption)

    def _find(self, source: str, place: str) -> tuple[str, bytes] | None:
        """Name and bytes; None when it is not there, which a note then says."""
        if EMBEDDED.match(source):
            return self._embedded(source, place)
        shown = unquote(source)
        if ELSEWHERE.match(source):
            said = _("A picture from another place was left out, please upload it: %(name)s")
            self.notes.append(Note(said % {"name": shown[:200]}, place))
            return None
        path = self._path(shown)
        if path is None:
            said = _("This picture is missing among the files: %(name)s")
            self.notes.append(Note(said % {"name": shown[:200]}, place))
            return None
        self.used.add(path)
        return posixpath.basename(path), self.files[path]

    def _embedded(self, source: str, place: str) -> tuple[str, bytes] | None:
        try:
            return _("picture"), base64.b64decode(source.partition(",")[2], validate=True)
        except binascii.Error:
            self.notes.append(Note(_("A picture inside the text is damaged and was left out."), place))
            return None

    def _path(self, source: str) -> str | None:
        """Where it lies beside the document; failing that, the only file of that name."""
        source = re.split(r"[?#]", source.replace("\\", "/"))[0]
        path = posixpath.normpath(posixpath.join(self.folder, source)).lstrip("/")
        if path in self.files:
            return path
        name = posixpath.basename(path)
        same = [known for known in self.files if posixpath.basename(known) == name]
        return same[0] if len(same) == 1 else None

    def say_unused(self) -> None:
        unused = [posixpath.basename(name) for name in self.files if name not in self.used]
        if unused:
            said = _("These files were not used, nothing in the text names them: %(names)s")
            self.notes.append(Note(said % {"names": "、".join(unused)}))


def tags_as_images(group: list[Token]) -> None:
    """`<img src=… alt=…>`, which many editors write, as the image it means."""
    for token in group:
        if token.type == "html_block" and TAG.search(token.content):
            token.children = [_image(tag) for tag in TAG.findall(token.content)]
            token.content = TAG.sub("", token.content)
        elif token.children:
            token.children = [
                _image(child.content) if child.type == "html_inline" and TAG.fullmatch(child.content) else child
                for child in token.children
            ]


class _Attributes(HTMLParser):
    def __init__(self, tag: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = {name: value or "" for name, value in attrs}


def _image(tag: str) -> Token:
    found = _Attributes(tag).found
    image = Token("image", "img", 0)
    image.attrs = {"src": found.get("src", ""), "title": found.get("title", "")}
    image.content = found.get("alt", "")
    return image


def _trimmed(children: list[Token]) -> list[Token]:
    """Without the line breaks that only stood around a picture."""
    blank = {"softbreak", "hardbreak"}
    while children and (children[0].type in blank or (children[0].type == "text" and not children[0].content.strip())):
        children.pop(0)
    while children and children[-1].type in blank:
        children.pop()
    return children
