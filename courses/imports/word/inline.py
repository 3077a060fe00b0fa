"""The inside of a Word paragraph: words with bold, italic and links; whatever else is there is kept or named."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import groupby

from django.utils.html import escape
from django.utils.translation import gettext as _
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from courses.imports.draft import Block
from courses.imports.scripts import shifted
from courses.imports.word import drawings
from courses.imports.word.context import Context, quoted
from courses.imports.word.fields import Fields
from courses.imports.word.names import Element, children, full, is_on, texts, value

SYMBOLS = {"F0FE": "☑", "F052": "☑", "F0A8": "□", "F0A3": "□", "F06F": "□", "F0FC": "✓", "F0FB": "✗", "F0E0": "→"}
SILENT = {
    "w:rPr", "w:pPr", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:permStart", "w:permEnd", "w:softHyphen",
    "w:commentRangeStart", "w:commentRangeEnd", "w:lastRenderedPageBreak", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr",
    "w:customXmlPr", "w:fldData", "w:rubyPr", "w:annotationRef", "w:footnoteRef", "w:endnoteRef", "w:separator",
    "w:continuationSeparator", "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart",
    "w:moveToRangeEnd", "w:dayShort", "w:sectPr",
}  # fmt: skip
INSIDE = {
    "w:smartTag", "w:sdt", "w:sdtContent", "w:fldSimple", "w:customXml", "w:bdo", "w:dir", "w:ruby", "w:rubyBase",
    "mc:Choice", "mc:Fallback", "w:hyperlink", "w:ins", "w:moveTo",
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass
class Line:
    """A paragraph as spans of (look, text), a line break as `\\n`, and the pictures in it."""

    spans: list[tuple[Look, str]] = field(default_factory=list)
    pictures: list[Block] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(text for _look, text in self.spans).strip()

    @property
    def html(self) -> str:
        parts = []
        for look, group in groupby(self.spans, lambda span: span[0]):
            words = escape("".join(text for _look, text in group)).replace("\n", "<br/>")
            words = f"<i>{words}</i>" if look.italic and words.strip() else words
            words = f"<b>{words}</b>" if look.bold and words.strip() else words
            parts.append(f'<a href="{escape(look.href)}">{words}</a>' if look.href else words)
        return "".join(parts).strip()


class Inline:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.fields = Fields()
        say = context.say
        self.leaves: dict[str, Callable[[Element], None]] = {
            "w:footnoteReference": lambda at: context.footnote(RT.FOOTNOTES, at.get(full("w:id")) or ""),
            "w:endnoteReference": lambda at: context.footnote(RT.ENDNOTES, at.get(full("w:id")) or ""),
            "w:commentReference": lambda at: context.comment(at.get(full("w:id")) or ""),
            "w:del": lambda at: say(_("Text deleted with tracked changes was left out: “%s”") % quoted(at)),
            "w:moveFrom": lambda at: say(_("Text moved away with tracked changes was left out: “%s”") % quoted(at)),
            "w:rt": lambda at: say(_("The reading above a word was left out: “%s”") % quoted(at)),
        }
        self.words: dict[str, Callable[[Element], str]] = {
            "w:t": lambda at: at.text or "",
            "w:tab": lambda _at: "\u3000",
            "w:ptab": lambda _at: "\u3000",
            "w:br": lambda at: "\n" if at.get(full("w:type")) in {None, "textWrapping"} else "",
            "w:cr": lambda _at: "\n",
            "w:noBreakHyphen": lambda _at: "-",
            "w:sym": self._symbol,
            "m:oMath": self._formula,
            "m:oMathPara": self._formula,
        }

    def line(self, paragraph: Element) -> Line:
        line = Line()
        self._walk(paragraph, Look(), line)
        return line

    def _walk(self, element: Element, look: Look, line: Line) -> None:
        for name, child in children(element):
            if name == "w:r":
                self._run(child, look, line)
            elif name in self.words:
                self._add(self.words[name](child), look, line)
            elif name in self.leaves:
                self.leaves[name](child)
            elif name not in SILENT and not self.fields.saw(name, child):
                self._other(name, child, look, line)

    def _other(self, name: str, child: Element, look: Look, line: Line) -> None:
        if name in INSIDE:
            self._walk(child, self._linked(name, child, look), line)
        elif name == "mc:AlternateContent":
            for _name, inner in list(children(child))[:1]:
                self._walk(inner, look, line)
        elif name in {"w:drawing", "w:pict", "w:object"}:
            self._drawn(name, child, look, line)
        else:
            self.context.say(_("Something was left out that Word calls %(name)s.") % {"name": name.rpartition(":")[2]})

    def _linked(self, name: str, element: Element, look: Look) -> Look:
        if name in {"w:ins", "w:moveTo"} and texts(element).strip():
            self.context.say(_("Text inserted with tracked changes was taken in: “%s”") % quoted(element))
        if name != "w:hyperlink":
            return look
        href = self.context.target(element.get(full("r:id")) or "")
        return replace(look, href=href if href.startswith(("http://", "https://")) else "")

    def _drawn(self, name: str, element: Element, look: Look, line: Line) -> None:
        if name == "w:drawing":
            line.pictures += drawings.drawing(self.context, element)
        elif name == "w:pict":
            line.pictures += drawings.vml(self.context, element)
        elif drawings.is_formula(element):
            self._add(self._formula(element), look, line)
        else:
            drawings.embedded(self.context, element)

    def _run(self, run: Element, look: Look, line: Line) -> None:
        if is_on(run, "w:rPr/w:vanish"):
            if texts(run).strip():
                self.context.say(_("Hidden text was left out: “%s”") % quoted(run))
            return
        if is_on(run, "w:rPr/w:strike") or is_on(run, "w:rPr/w:dstrike"):
            self.context.say(_("Crossed-out text stands without its line: “%s”") % quoted(run))
        look = replace(look, bold=is_on(run, "w:rPr/w:b"), italic=is_on(run, "w:rPr/w:i"))
        before = len(line.spans)
        self._walk(run, look, line)
        raised = value(run, "w:rPr/w:vertAlign")
        if raised in {"superscript", "subscript"}:
            line.spans[before:] = [(style, self._shifted(text, raised)) for style, text in line.spans[before:]]

    def _shifted(self, text: str, how: str) -> str:
        found = shifted(text, raised=how == "superscript")
        if found is None:
            self.context.say(_("Raised or lowered letters stand in the line: “%s”") % text)
        return text if found is None else found

    def _add(self, text: str, look: Look, line: Line) -> None:
        if text and not self.fields.hides:
            href = look.href or self.fields.href
            line.spans.append((replace(look, href=href), text))

    def _symbol(self, element: Element) -> str:
        code = (element.get(full("w:char")) or "").upper()
        if code in SYMBOLS and (element.get(full("w:font")) or "").lower().startswith("wingdings"):
            return SYMBOLS[code]
        font = element.get(full("w:font")) or ""
        self.context.say(_("A symbol of the font %(font)s was left out.") % {"font": font})
        return ""

    def _formula(self, element: Element) -> str:
        said = _("A formula was left out, please add it as a picture; its place is marked: “%s”")
        self.context.say(said % (quoted(element) or "?"))
        return _("[formula]")
