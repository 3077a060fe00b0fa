"""Tables of a Word file. A cell that covers others keeps its words at the top left, and a note says so."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from courses.imports import draft
from courses.imports.draft import Block, Unreadable
from courses.imports.word.context import Context, quoted
from courses.imports.word.inline import Line
from courses.imports.word.names import Element, children, find, number, value

MAX_COLUMNS = 63  # Word's own limit
Reader = Callable[[Element], Line]


class Tables:
    def __init__(self, context: Context, read: Reader) -> None:
        self.context, self.read = context, read

    def blocks(self, element: Element) -> Iterator[Block]:
        """The table, then the pictures that stood in it."""
        pictures: list[Block] = []
        merged = False
        rows: list[list[str]] = []
        for row in self._rows(element):
            cells: list[str] = []
            for cell in _inside(row, "w:tc"):
                span = max(1, number(value(cell, "w:tcPr/w:gridSpan"), 1))
                covered = find(cell, "w:tcPr/w:vMerge") is not None and value(cell, "w:tcPr/w:vMerge") != "restart"
                merged = merged or span > 1 or covered
                if len(cells) + span > MAX_COLUMNS:
                    raise Unreadable(_("A table has more than 63 columns. Please divide it."))
                cells += [self._words(cell, pictures), *[""] * (span - 1)]
            rows.append(cells)
        if merged:
            self.context.say(
                _("A table has merged cells; here the words stand in the first one and the rest is empty.")
            )
        if any(any(row) for row in rows):
            yield draft.table(rows, header=len(rows) > 1)
        if pictures:
            self.context.say(_("Pictures inside a table now stand after it."))
        yield from pictures

    def only_cell(self, element: Element) -> Element | None:
        """A table of one cell is a frame around text."""
        rows = list(_inside(element, "w:tr"))
        cells = list(_inside(rows[0], "w:tc")) if len(rows) == 1 else []
        return cells[0] if len(cells) == 1 else None

    def _rows(self, element: Element) -> Iterator[Element]:
        for row in _inside(element, "w:tr"):
            if find(row, "w:trPr/w:del") is None:
                yield row
            else:
                self.context.say(_("A table row deleted with tracked changes was left out: “%s”") % quoted(row))

    def _words(self, cell: Element, pictures: list[Block]) -> str:
        lines: list[str] = []
        for name, child in _flat(cell):
            if name == "w:p":
                line = self.read(child)
                lines.append(line.text)
                pictures += line.pictures
            else:
                self.context.say(_("A table inside a table was written as text."))
                for row in _inside(child, "w:tr"):
                    lines.append("　".join(self._words(inner, pictures) for inner in _inside(row, "w:tc")))
        return "\n".join(line for line in lines if line)


def _inside(element: Element, wanted: str) -> Iterator[Element]:
    return (child for name, child in _flat(element) if name == wanted)


def _flat(element: Element) -> Iterator[tuple[str, Element]]:
    """Paragraphs, tables, rows and cells, also those inside frames that Word lays around them."""
    for name, child in children(element):
        if name in {"w:p", "w:tbl", "w:tr", "w:tc"}:
            yield name, child
        elif name in {"w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"}:
            yield from _flat(child)


def caption_of(block: Block, words: str) -> bool:
    """Put a caption on a picture that has none yet."""
    if block["type"] != "image" or block["caption"]:
        return False
    block["caption"] = words[:255]
    return True
