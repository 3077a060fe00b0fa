"""A GIFT file as blocks: one question each, with what the lines above say about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_CATEGORY = re.compile(r"\$CATEGORY:\s*(.*)", re.IGNORECASE)
_CODE = re.compile(r"\[id:((?:\\.|[^\]\\])*)\]")
_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\])*)\]")
_IN_BRACKETS = re.compile(r"\\(.)")
_ROOTS = re.compile(r"^(?:\$[a-z]+[0-9]*\$/)?(?:top(?:/|$))?", re.IGNORECASE)


@dataclass
class Block:
    """The lines of one question. `line` is that of its first one, from 1."""

    line: int = 0
    lines: list[str] = field(default_factory=list)
    topic: str = ""
    code: str = ""
    tags: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def blocks(text: str) -> Iterator[Block]:
    """Every question with its lines; comments above it give its code and tags."""
    topic, block = "", Block()
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip()
        category = _CATEGORY.match(bare)
        if (not bare or category) and block.lines:
            yield block
            block = Block()
        if category:
            topic = topic_of(category[1])
        elif bare.startswith("//"):
            _told(block, bare)
        elif bare:
            block.line = block.line or number
            block.topic = topic
            block.lines.append(line)
    if block.lines:
        yield block


def topic_of(category: str) -> str:
    """The path of a category without the roots that Moodle adds; "//" is a slash of a name."""
    path = _ROOTS.sub("", category.strip()).replace("//", "\uff0f")
    return "/".join(part.strip() for part in path.split("/") if part.strip())


def in_brackets(text: str) -> str:
    return re.sub(r"([\\\]])", r"\\\1", text.replace("\n", " "))


def _told(block: Block, comment: str) -> None:
    if found := _CODE.search(comment):
        block.code = _IN_BRACKETS.sub(r"\1", found[1]).strip()
    block.tags += [_IN_BRACKETS.sub(r"\1", tag).strip() for tag in _TAG.findall(comment)]
