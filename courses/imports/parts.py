"""Parts of a section, HTML and finished blocks, joined into the blocks of a lesson.

要点, 警示 and 依据 with a colon at the beginning of a paragraph make it a callout, 第…条 is printed in bold; words are
never changed, left out or reordered.
"""

import re
from collections import deque

from django.utils.translation import gettext as _

from cms.blocks import Tone
from courses.imports.draft import Block, Note, block, words_of

Part = str | Block

ARTICLE = re.compile(r"^(第[零〇一二三四五六七八九十百千两\d]+条(?:之[一二三四五六七八九十]+)?)")
CALLOUT = re.compile(
    r"^<p>(?P<open>(?:<[bi]>)*)"
    r"(?:[【\[](?P<boxed>要点|警示|依据)[】\]]\s*[：:]?|(?P<plain>要点|警示|依据)(?P<close>(?:</[bi]>)*)\s*[：:])"
    r"(?P<rest>.*)</p>$",
    re.DOTALL,
)
TONES = {"要点": Tone.KEY, "警示": Tone.WARNING, "依据": Tone.BASIS}
DOCUMENT = re.compile(r"《([^》]{2,200})》")
CLAUSE = re.compile(r"第[零〇一二三四五六七八九十百千两\d]+条(?:第[一二三四五六七八九十\d]+款)?")


def assembled(parts: list[Part], title: str, notes: list[Note]) -> list[Block]:
    """The blocks of a lesson. Neighbouring HTML becomes one text block."""
    blocks: list[Block] = []
    html: list[str] = []
    queue = deque(parts)
    while queue:
        part = queue.popleft()
        box = _callout(part, queue, title, notes) if isinstance(part, str) else part
        if box is None:
            html.append(number_article(str(part)))
        else:
            blocks += [*_text(html), box]
            html = []
    return blocks + _text(html)


def number_article(html: str) -> str:
    """`<p>第一条 …` with its number in bold; the characters stay as they are."""
    body = html.removeprefix("<p>")
    match = ARTICLE.match(body) if body != html else None
    return f"<p><b>{match[1]}</b>{body[match.end() :]}" if match else html


def _text(html: list[str]) -> list[Block]:
    joined = "".join(html)
    return [block("rich_text", joined)] if joined else []


def _callout(html: str, following: deque[Part], title: str, notes: list[Note]) -> Block | None:
    """A box with the rest of the paragraph; when the word stands alone, with the paragraph or list after it."""
    found = CALLOUT.match(html)
    if found is None or html.count("<p>") > 1:
        return None
    text = _balanced(found)
    if not words_of(text):
        if not following or not isinstance(following[0], str) or following[0].startswith("<h"):
            return None
        text = str(following.popleft())
    value = {"tone": TONES[found["boxed"] or found["plain"]].value, "title": "", "text": text}
    return block("callout", value | _source(value["tone"], words_of(text), title, notes))


def _source(tone: str, words: str, title: str, notes: list[Note]) -> dict[str, str]:
    """Document and clause that a legal basis names."""
    document, clause = DOCUMENT.search(words), CLAUSE.search(words)
    if tone != Tone.BASIS or not document:
        if tone == Tone.BASIS:
            notes.append(Note(_("A legal basis names no document. Please enter it."), title))
        return {"document": "", "clause": ""}
    return {"document": document[1], "clause": clause[0] if clause else ""}


def _balanced(found: re.Match[str]) -> str:
    """The paragraph without its first word; bold that began before the word and ended in it is gone."""
    closed = re.findall(r"[bi]", found["close"] or "")
    still = [tag for tag in re.findall(r"[bi]", found["open"]) if tag not in closed]
    rest = "".join(f"<{tag}>" for tag in still) + found["rest"]
    for tag in still:
        rest = re.sub(rf"^((?:<[bi]>)*)<{tag}>\s*</{tag}>", r"\1", rest)
    return f"<p>{rest.strip()}</p>"
