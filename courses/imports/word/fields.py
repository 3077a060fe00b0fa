"""Word's fields: an instruction that is never shown, and a result that is. One may go on over several paragraphs."""

import re
from dataclasses import dataclass

from courses.imports.word.names import Element, full

LINK = re.compile(r'^\s*HYPERLINK\s+"(https?://[^"]+)"', re.IGNORECASE)
CONTENTS = re.compile(r"^\s*TOC\b", re.IGNORECASE)


@dataclass
class Field:
    instruction: str = ""
    shown: bool = False


class Fields:
    def __init__(self) -> None:
        self.open: list[Field] = []
        self.contents_passed = False

    def saw(self, name: str, element: Element) -> bool:
        """Whether the element was part of a field's frame."""
        if name in {"w:instrText", "w:delInstrText"}:
            if self.open and not self.open[-1].shown:
                self.open[-1].instruction += element.text or ""
            return True
        if name != "w:fldChar":
            return False
        kind = element.get(full("w:fldCharType"))
        if kind == "begin":
            self.open.append(Field())
        elif self.open and kind == "separate":
            self.open[-1].shown = True
            self.contents_passed = self.contents_passed or bool(CONTENTS.match(self.open[-1].instruction))
        elif self.open and kind == "end":
            self.open.pop()
        return True

    @property
    def hides(self) -> bool:
        return any(not field.shown for field in self.open)

    @property
    def href(self) -> str:
        found = [LINK.match(field.instruction) for field in self.open if field.shown]
        return next((match[1] for match in reversed(found) if match), "")

    def were_contents(self) -> bool:
        """Whether a table of contents was open since this was last asked."""
        passed = self.contents_passed
        self.contents_passed = any(CONTENTS.match(field.instruction) for field in self.open)
        return passed or self.contents_passed
