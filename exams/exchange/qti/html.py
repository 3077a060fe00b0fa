"""HTML as questions may hold it, and what of other elements becomes of it."""

import re
from collections.abc import Iterable
from typing import Final

from exams.exchange.qti.tree import Node
from exams.exchange.question import Markup
from exams.markup import clean

CELL = frozenset({"colspan", "rowspan"})
TAGS: Final = frozenset(
    {
        "p", "br", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "b",
        "strong", "i", "em", "u", "s", "sub", "sup", "code", "pre", "blockquote", "h3", "h4", "hr", "img",
        "audio",
    }
)  # fmt: skip
SAME_AS: Final = {
    "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "dt": "p", "dd": "p", "address": "p", "big": "strong",
    "tt": "code", "kbd": "code", "samp": "code", "var": "i", "cite": "i", "dfn": "i", "del": "s", "strike": "s",
    "ins": "u", "mark": "strong", "center": "p", "section": "div", "article": "div", "figure": "div",
    "figcaption": "p",
}  # fmt: skip
LOOKS: Final = {"qti-underline": "u", "qti-strike": "s"}  # classes of spans that mean what 2.2 has no element for
ALONE: Final = frozenset({"hotspotInteraction", "selectPointInteraction"})  # their picture is no part of a text
RICH: Final = (
    (TAGS - {"p", "br"})
    | (SAME_AS.keys() - {"section", "article", "figure", "address", "center"})
    | {"object", "math"}
)
HTML_BLOCKS: Final = frozenset({"p", "ul", "ol", "table", "pre", "blockquote", "h3", "h4", "hr", "div"})
BLOCKS: Final = HTML_BLOCKS | {"simpleBlock", "prompt"}
SILENT: Final = frozenset(
    {"rp", "script", "style", "stylesheet", "head", "title", "catalogInfo", "noscript", "template"}
)
BETWEEN = re.compile(r"\s*(</?(?:p|ul|ol|li|table|thead|tbody|tfoot|tr|blockquote|h3|h4|hr)>)\s*")
SPACE = re.compile(r"[ \t\r\n\f]+")


def sanitised(html: str) -> str:
    """The same with no other tags, attributes and addresses than questions have."""
    return clean(html, Markup.HTML)


def markup_of(nodes: Iterable[Node]) -> Markup:
    """HTML as soon as anything in there means more than words and lines."""
    return Markup.HTML if any(_is_rich(node) for node in nodes) else Markup.PLAIN


def _is_rich(node: Node) -> bool:
    if node.name == "rubricBlock" and "candidate" not in node.get("view", "candidate"):
        return False
    if node.name in RICH or node.get("class") in LOOKS:
        return True
    return any(_is_rich(each) for each in node.nodes() if not (node.name in ALONE and each.name in ("object", "img")))


def element(node: Node, inner: str) -> str:
    """What is inside an element, in the one that stands for it here; without any where none does."""
    name = LOOKS.get(node.get("class")) or SAME_AS.get(node.name, node.name)
    if name in ("br", "hr"):
        return f"<{name}>"
    if name == "p" and _holds_blocks(node):
        return inner
    if name in TAGS:
        return f"<{name}{_cell(node)}>{inner}</{name}>"
    return f"<p>{inner}</p>" if name in BLOCKS and inner.strip() and not _holds_blocks(node) else inner


def _holds_blocks(node: Node) -> bool:
    return any(SAME_AS.get(each.name, each.name) in BLOCKS for each in node.every())


def _cell(node: Node) -> str:
    if node.name not in ("td", "th"):
        return ""
    return "".join(f' {key}="{node.get(key)}"' for key in sorted(CELL) if re.fullmatch(r"[0-9]{1,3}", node.get(key)))
