"""HTML as people write it, as a tree."""

import re
from html.parser import HTMLParser
from typing import Final

from exams.exchange.qti.tree import MAX_DEPTH, Node

VOID: Final = frozenset({"br", "hr", "img", "source", "input", "col", "wbr", "area", "embed", "link", "meta", "track"})
CLOSES_ITSELF: Final = {"p": {"p"}, "li": {"li"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"}}
LOOKS: Final = re.compile(
    r"</?(?:p|br|div|span|b|i|u|strong|em|img|sub|sup|table|ul|ol|li|h[1-6]|a|font|pre)\b[^<>]*>", re.I
)


def nodes_of(html: str) -> list["Node | str"]:
    """The top of the tree; what is never closed ends with what holds it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root.children


def looks_like_html(text: str) -> bool:
    return bool(LOOKS.search(text))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("all")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.open[-1].name in CLOSES_ITSELF.get(tag, ()):
            self.open.pop()
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID and len(self.open) < MAX_DEPTH:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        names = [node.name for node in self.open]
        if tag in names[1:]:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
