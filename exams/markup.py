"""The texts of questions: plain or HTML, with formulas and media (docs/questions.md). Nothing unsafe comes out."""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe

from exams.exchange.question import Markup
from exams.types.checking import storable

TAGS: Final = {
    *("p", "br", "hr", "div", "span", "h3", "h4", "blockquote", "pre", "code", "ul", "ol", "li", "dl", "dt", "dd"),
    *("b", "strong", "i", "em", "u", "s", "del", "ins", "small", "mark", "sub", "sup", "img", "audio"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
ATTRIBUTES: Final = {
    "img": {"src", "alt", "width", "height"},
    "audio": {"src"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
_MEDIA: Final = re.compile(r"media:([0-9a-f]{64})")
# Splits cleaned HTML into texts and tags: there every attribute stands in double quotes.
_PIECES: Final = re.compile(r'(<(?:"[^"]*"|[^">])*>)')
_FORMULA: Final = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)
_ONE_PARAGRAPH: Final = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)
_BLOCKS: Final = re.compile(r"<(?:br|hr|/p|/div|/li|/tr|/h3|/h4|/dt|/dd|/blockquote|/pre)\b[^>]*>")
_PICTURE: Final = re.compile(r"<img\b(?:\"[^\"]*\"|[^\">])*>")
_ALT: Final = re.compile(r'\balt="([^"]*)"')

Address = Callable[[str], str]


def clean(text: str, markup: str) -> str:
    """A text as it is kept: without tags, attributes and addresses that questions do not have."""
    return storable(_sanitised(text, str) if markup == Markup.HTML else text).strip()


def rendered(text: str, markup: str, address: Address, *, inline: bool = False) -> SafeString:
    """The text as HTML. `address` gives the URL of a medium by its SHA-256; `inline` without a paragraph around it.

    A formula becomes `<span class="formula">` (`formula formula-block` for a display) around its source.
    """
    html = _sanitised(text, address) if markup == Markup.HTML else escape(text).replace("\n", "<br>")
    only = _ONE_PARAGRAPH.fullmatch(html.strip()) if inline else None
    return replaced(SafeString(only[1] if only else html), _FORMULA, _formula)


def bare(text: str, markup: str) -> str:
    """Only the words: for lists, searches and files without formatting; a picture is its description."""
    if markup != Markup.HTML:
        return text
    described = _PICTURE.sub(lambda picture: " ".join(_ALT.findall(picture[0])), _BLOCKS.sub("\n", text))
    return re.sub(r"\n{2,}", "\n", unescape(_PIECES.sub("", described))).strip()


def media(text: str) -> set[str]:
    """The SHA-256 of every medium a text names."""
    return set(_MEDIA.findall(text))


def has_formula(text: str) -> bool:
    return bool(_FORMULA.search(text))


def sameness(text: str, markup: str) -> str:
    """What makes the text the same as another, formatting apart: its words and its media."""
    return " ".join([bare(text, markup), *sorted(media(text))])


def replaced(html: SafeString, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str]) -> SafeString:
    """Rendered HTML with something put in place of a pattern in its texts, never inside its tags."""
    pieces = _PIECES.split(html)
    return mark_safe("".join(piece if n % 2 else pattern.sub(by, piece) for n, piece in enumerate(pieces)))


def _sanitised(html: str, address: Address) -> str:
    def attribute(tag: str, name: str, value: str) -> str | None:
        if name != "src":
            return value
        found = _MEDIA.fullmatch(value)
        return (value if address is str else address(found[1])) if found else None

    kept = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"media"}, link_rel=None, attribute_filter=attribute,
        set_tag_attribute_values={"audio": {"controls": ""}},
    )  # fmt: skip
    return kept.strip()


def _formula(found: re.Match[str]) -> str:
    kind = "formula" if found[1] is not None else "formula formula-block"
    return f'<span class="{kind}">{found[0]}</span>'
