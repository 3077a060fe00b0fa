"""Texts of a question between plain and HTML: all of one question share one markup."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final

from exams.exchange.question import Markup

_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--)>|&(?:[a-zA-Z]{2,10}|#[0-9]{1,6}|#x[0-9a-fA-F]{1,5});")
_ENDS_LINE = {"p", "div", "br", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr"}


@dataclass(frozen=True)
class Passage:
    """One text as the file has it."""

    text: str
    html: bool = False

    @classmethod
    def guessed(cls, text: str) -> "Passage":
        """HTML when it looks so."""
        return cls(text, looks_like_html(text))

    def as_html(self) -> str:
        return self.text if self.html else escaped(self.text)


NOTHING: Final = Passage("")


def looks_like_html(text: str) -> bool:
    return bool(_TAG.search(text))


def markup_of(passages: Sequence[Passage]) -> Markup:
    """HTML when any of them is."""
    return Markup.HTML if any(passage.html and passage.text for passage in passages) else Markup.PLAIN


def text_in(markup: Markup, passage: Passage) -> str:
    return passage.as_html() if markup == Markup.HTML else passage.text


def escaped(text: str) -> str:
    """Plain text as HTML that says the same."""
    return html.escape(text, quote=False).replace("\n", "<br>")


def unescaped(text: str) -> str | None:
    """The plain text that `escaped` makes into this; None when there is none, as with tags."""
    plain = html.unescape(text.replace("<br>", "\n"))
    return plain if escaped(plain) == text else None


def without_markup(text: str) -> str:
    """What a person reads of HTML."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in "".join(reader.found).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        if tag == "br":
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in ("script", "style")))
        if tag in _ENDS_LINE:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)
