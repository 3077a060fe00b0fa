"""Texts of a file in the one markup of their question: plain, or HTML reduced to what docs/questions.md allows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from django.utils.translation import gettext as _

from exams.exchange.qti.html import BETWEEN, BLOCKS, SAME_AS, SILENT, SPACE, element, sanitised
from exams.exchange.qti.mathml import latex
from exams.exchange.qti.pictures import digest
from exams.exchange.qti.tree import Node, joined
from exams.exchange.question import Markup, Media


@dataclass
class Texts:
    """Writes down the texts of one question; `take` finds a picture or sound by its address there."""

    markup: Markup
    take: Callable[[str], Media | None]
    remarks: list[str] = field(default_factory=list)
    media: dict[str, Media] = field(default_factory=dict)

    def line(self, parts: Sequence[Node | str]) -> str:
        """The same for an option: one paragraph is none."""
        text = self.of(parts)
        only = re.fullmatch(r"<p>((?:(?!</?p>).)*)</p>", text, re.S)
        return only[1].strip() if self.markup == Markup.HTML and only else text

    def of(self, parts: Sequence[Node | str], blanks: Sequence[Node] = ()) -> str:
        """The text of these; the nth of `blanks` in it becomes {{n}}."""
        marks = {id(blank): f"{{{{{number}}}}}" for number, blank in enumerate(blanks, start=1)}
        if self.markup == Markup.HTML:
            html = sanitised("".join(self._html(part, marks) for part in parts))
            return BETWEEN.sub(lambda found: found[1], html).strip()
        lines = "".join(self._plain(part, marks) for part in parts).split("\n")
        return "\n".join(line for line in (joined([line]) for line in lines) if line)

    def plain(self, parts: Sequence[Node | str]) -> str:
        """The words alone, whatever the markup of the question is."""
        return Texts(Markup.PLAIN, self.take, self.remarks).of(parts)

    def written(self, text: str) -> str:
        """Words that the file has without any markup."""
        return escape(text, quote=False) if self.markup == Markup.HTML else text

    def picture(self, address: str) -> tuple[str, Media] | None:
        """The name and the data of what an address means; None is remarked upon."""
        found = self.take(address)
        if found is None:
            self.remarks.append(
                _("This picture or sound is not in the file, or phones cannot show it: %(name)s")
                % {"name": address[:100]}
            )
            return None
        name = digest(found.data)
        self.media[name] = found
        return name, found

    def _plain(self, part: Node | str, marks: dict[int, str]) -> str:
        if isinstance(part, str):
            return SPACE.sub(" ", part)
        if id(part) in marks:
            return marks[id(part)]
        if part.name in SILENT:
            return ""
        if part.name == "br":
            return "\n"
        if part.name == "math":
            return self._formula(part)
        if part.name in ("img", "object", "audio", "video"):
            return part.get("alt") or part.text()
        inner = "".join(self._plain(child, marks) for child in part.children)
        if part.name == "rt":
            return f"({inner})"
        return f"\n{inner}\n" if SAME_AS.get(part.name, part.name) in BLOCKS | {"li", "tr"} else inner

    def _html(self, part: Node | str, marks: dict[int, str]) -> str:
        if isinstance(part, str):
            return escape(SPACE.sub(" ", part), quote=False)
        if id(part) in marks:
            return marks[id(part)]
        if part.name in SPECIAL:
            return SPECIAL[part.name](self, part)
        inner = "".join(self._html(child, marks) for child in part.children)
        return element(part, inner)

    def _formula(self, math: Node) -> str:
        found = latex(math)
        if not found:
            self.remarks.append(_("A formula could not be carried over; only its characters remain."))
            return joined([math.text()])
        left, right = (r"\[", r"\]") if math.get("display") == "block" else (r"\(", r"\)")
        return f"{left}{found}{right}"

    def _image(self, node: Node) -> str:
        return self._media(node.get("src") or node.get("data"), node.get("alt") or node.text().strip(), node)

    def _audio(self, node: Node) -> str:
        sources = [node.get("src"), *(source.get("src") for source in node.every("source"))]
        return self._media(next(filter(None, sources), ""), "", node)

    def _media(self, address: str, alt: str, node: Node) -> str:
        found = self.picture(address)
        if found is None:
            return escape(alt, quote=False)
        name, media = found
        if media.mime.startswith("audio/"):
            return f'<audio src="media:{name}" controls></audio>'
        wide = "".join(
            f' {key}="{node.get(key)}"'
            for key in ("width", "height")
            if node.get(key).isascii() and node.get(key).isdigit()
        )
        return f'<img src="media:{name}" alt="{escape(alt)}"{wide}>'

    def _object(self, node: Node) -> str:
        kind = node.get("type")
        if kind.startswith(("image/", "audio/")) or not kind:
            return self._image(node)
        return self._video(node)

    def _video(self, node: Node) -> str:
        self.remarks.append(_("A video or another embedded file was left out: %(name)s") % {"name": _address(node)})
        return ""


def _address(node: Node) -> str:
    sources = [node.get("data"), node.get("src"), *(source.get("src") for source in node.every("source"))]
    return next(filter(None, sources), node.name)[:100]


SPECIAL: Final[dict[str, Callable[[Texts, Node], str]]] = {
    **dict.fromkeys(SILENT, lambda texts, node: ""),
    "pre": lambda texts, node: f"<pre>{escape(node.text(), quote=False)}</pre>",
    "rt": lambda texts, node: f"({escape(node.text(), quote=False)})",
    "math": Texts._formula,
    "img": Texts._image,
    "audio": Texts._audio,
    "object": Texts._object,
    "video": Texts._video,
    "iframe": Texts._video,
    "embed": Texts._video,
}
