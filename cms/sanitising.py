"""Running text that did not come through the editor, reduced to what the editor could have written."""

from typing import Any, Final

import nh3
from wagtail import blocks
from wagtail.rich_text import RichText

TAGS: Final = {"p", "h3", "h4", "ul", "ol", "li", "b", "i", "a", "br", "hr", "blockquote", "code"}
ATTRIBUTES: Final = {"a": {"href"}}
SCHEMES: Final = {"http", "https"}


def clean(html: str) -> str:
    """The same words with no other tags, attributes and kinds of address than these; scripts and styles are gone."""
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None).strip()


def sanitised(block: blocks.Block, value: Any) -> Any:
    """The value of a block with all rich text inside it cleaned, however deep; changed in place where it has parts."""
    if isinstance(block, blocks.RichTextBlock):
        return RichText(clean(value.source))
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            value[name] = sanitised(child, value[name])
    for part in _parts(block, value):
        part.value = sanitised(part.block, part.value)
    return value


def _parts(block: blocks.Block, value: Any) -> Any:
    """The children of a list or a stream, each with its block."""
    if isinstance(block, blocks.ListBlock):
        return value.bound_blocks
    return value if isinstance(block, blocks.StreamBlock) else ()
