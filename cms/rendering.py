"""A page's body as what readers get: HTML without anything secret, plain text, and the keys kept on the server."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from wagtail.blocks import StreamValue

from cms.media.blocks import MediaBlock, facts_of, title_of

BLOCK_END = re.compile(
    r"</(?:p|li|h\d|td|th|tr|figcaption|summary|legend|label|dt|dd|div|caption)>|<br\s*/?>|<hr\s*/?>"
)
BLANKS = re.compile(r"[ \t\u3000]+")

SelfChecks = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Body:
    """`self_checks`: block id → question, options, correct (indexes), explanation (HTML). Never sent to a reader.

    `media`: what there is to play or leaf through, in order (see `facts_of`).
    """

    html: str
    text: str
    self_checks: SelfChecks
    media: list[dict[str, Any]]

    @property
    def characters(self) -> int:
        return len(re.sub(r"\s", "", self.text))


def render(body: StreamValue) -> Body:
    """Nothing personal, no time and no hashed file name goes in: the result is kept for as long as the records."""
    parts = [str(child.render(context={"block_id": child.id})).strip() for child in body]
    words = [_words(child, part) for child, part in zip(body, parts, strict=True)]
    text = "\n".join(word for word in words if word)
    return Body(mark_safe("\n".join(parts)), text, dict(_self_checks(body)), list(_media(body)))


def _words(child: StreamValue.StreamChild, markup: str) -> str:
    """What there is to read; the buttons of a self-check and of a player are not."""
    if isinstance(child.block, MediaBlock):
        return title_of(child.value)
    if child.block_type != "self_check":
        return plain_text(markup)
    return "\n".join([child.value["question"], *(option["text"] for option in child.value["options"])])


def plain_text(markup: str) -> str:
    """Words as a reader sees them, one block per line, so that a phrase is found inside a line."""
    text = html.unescape(strip_tags(BLOCK_END.sub("\\g<0>\n", markup)))
    lines = (BLANKS.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _self_checks(body: StreamValue) -> Iterator[tuple[str, dict[str, Any]]]:
    for child in body:
        if child.block_type == "self_check":
            options = list(child.value["options"])
            yield (
                str(child.id),
                {
                    "question": child.value["question"],
                    "options": [option["text"] for option in options],
                    "correct": [index for index, option in enumerate(options) if option["correct"]],
                    "explanation": str(child.value["explanation"]),
                },
            )


def _media(body: StreamValue) -> Iterator[dict[str, Any]]:
    """Each file once, however often it stands there."""
    seen = set()
    for child in body:
        if isinstance(child.block, MediaBlock) and child.value["file"] and child.value["file"].pk not in seen:
            seen.add(child.value["file"].pk)
            yield facts_of(child.value)
