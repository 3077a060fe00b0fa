"""Trees as XML."""

import re
from typing import Final

from exams.exchange.qti.tree import Node
from exams.exchange.qti.write.dialects import CARRIED, Dialect

FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
IN_ATTRIBUTES: Final = {**ESCAPES, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def document(root: Node, dialect: Dialect) -> bytes:
    """A whole file."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_element(root, dialect)}\n'.encode()


def _element(node: Node, dialect: Dialect) -> str:
    name, attributes = dialect.spelled(node)
    told = "".join(f' {key}="{_escaped(value, IN_ATTRIBUTES)}"' for key, value in attributes.items())
    children = node.children
    if dialect.is_3 and node.name in CARRIED:
        children = [Node("contentBody", {}, children)]
    inner = "".join(
        _escaped(child, ESCAPES) if isinstance(child, str) else _element(child, dialect) for child in children
    )
    return f"<{name}{told}>{inner}</{name}>" if inner else f"<{name}{told}/>"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return re.sub(r'[&<>\r"\n\t]', lambda found: escapes.get(found[0], found[0]), FORBIDDEN.sub("", text))
