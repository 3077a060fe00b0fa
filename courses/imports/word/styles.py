"""What the styles of a Word file say about a paragraph: heading, caption, line of a table of contents, list."""

import re
from collections.abc import Iterator
from typing import Any

from courses.imports.word.names import Element, find, full, number, value

HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
TITLE = {"title", "标题"}
CAPTION = {"caption", "题注"}
LEVELS = 9


class Styles:
    def __init__(self, document: Any) -> None:
        found = document.styles.element.findall(full("w:style"))
        self.by_id: dict[str, Element] = {style.get(full("w:styleId")) or "": style for style in found}

    def chain(self, paragraph: Element) -> Iterator[Element]:
        """The style of a paragraph and what it is based on, nearest first."""
        name, seen = value(paragraph, "w:pPr/w:pStyle"), set[str]()
        while name in self.by_id and name not in seen:
            seen.add(name)
            yield self.by_id[name]
            name = value(self.by_id[name], "w:basedOn")

    def names(self, paragraph: Element) -> list[str]:
        return [value(style, "w:name").strip() for style in self.chain(paragraph)]

    def level(self, paragraph: Element) -> int:
        """1 for the title of the document, 2 for the first level of headings, and so on; 0 for text."""
        names = self.names(paragraph)
        if names and names[0].lower() in TITLE:
            return 1
        outlines = [value(holder, "w:pPr/w:outlineLvl") for holder in self.chain(paragraph)]
        for text in [value(paragraph, "w:pPr/w:outlineLvl"), *outlines]:
            if text:
                level = number(text, LEVELS)
                return level + 2 if level < LEVELS else 0
        return next((int(found[1]) + 1 for name in names if (found := HEADING.match(name))), 0)

    def depth(self, paragraph: Element) -> int:
        """How deep in a list the styles “List Bullet 2”, “List Number 3” put a paragraph, from 0."""
        found = [re.match(r"list (?:bullet|number) ([2-5])$", name.lower()) for name in self.names(paragraph)]
        return next((int(match[1]) - 1 for match in found if match), 0)

    def is_caption(self, paragraph: Element) -> bool:
        return any(name.lower() in CAPTION for name in self.names(paragraph))

    def is_contents(self, paragraph: Element) -> bool:
        return any(re.match(r"(?:toc|目录)\s*[1-9]|toc heading$", name.lower()) for name in self.names(paragraph))

    def numbering(self, paragraph: Element) -> tuple[str, int]:
        """The list a paragraph belongs to and its level in it; an empty name when it is in none."""
        own = find(paragraph, "w:pPr/w:numPr")
        for holder in [paragraph, *self.chain(paragraph)]:
            name = value(holder, "w:pPr/w:numPr/w:numId")
            if name:
                level = value(own, "w:ilvl") or value(holder, "w:pPr/w:numPr/w:ilvl")
                return ("", 0) if name == "0" else (name, min(number(level, 0), LEVELS - 1))
        return "", 0
