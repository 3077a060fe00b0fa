"""From a GIFT file to questions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from exams.exchange.choices import multiple_key, single_key
from exams.exchange.decoding import text_of
from exams.exchange.gathering import Gathering
from exams.exchange.gift import answers
from exams.exchange.gift.blocks import Block, blocks
from exams.exchange.gift.escapes import hold, release, release_inside
from exams.exchange.labels import from_labels
from exams.exchange.matches import matching
from exams.exchange.passages import NOTHING, Passage, looks_like_html, markup_of, text_in
from exams.exchange.question import Exchange, Exchanged
from exams.exchange.unreadable import Broken
from exams.exchange.wildcards import text_blank

GAP: Final = "_____"
_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_LIKELY = re.compile(r"\{\s*(?:[=~#]|\}|(?:T|TRUE|F|FALSE)\s*[#}])|^\$CATEGORY:", re.MULTILINE | re.IGNORECASE)


def sniff(data: bytes, name: str) -> bool:
    """Whether this may be GIFT: answers in braces."""
    return name.lower().endswith(".gift") or bool(_LIKELY.search(text_of(data)))


def read(data: bytes) -> Exchange:
    """Every question of a file, by line. Raises Unreadable."""
    found = Gathering("gift")
    for block in blocks(text_of(data)):
        place = _("line %(line)s") % {"line": block.line}
        found.take(place, block.text[:60], lambda block=block, place=place: _question(block, place, found))  # type: ignore[misc]
    return found.exchange()


@dataclass
class _Parts:
    """A question taken apart: what stands before, between and after the braces."""

    title: str
    before: str
    body: str | None
    after: str
    explanation: Passage


@dataclass
class _Made:
    """Type, content and key, with texts of which the markup is not settled yet."""

    type: str
    content: Any
    key: Any
    passages: Sequence[Passage] = ()
    gap: str = GAP


def _question(block: Block, place: str, found: Gathering) -> Exchanged:
    parts = _parts(hold(block.text))
    made = _made(parts, lambda sentence: found.remark(place, sentence))
    stem = _stem(parts, made.gap)
    if not stem.text:
        raise Broken(_("the question has no text"))
    markup = markup_of([stem, parts.explanation, *made.passages])
    bound = _bound(made, markup)
    question = Exchanged(
        place=place,
        type=made.type,
        stem=text_in(markup, stem),
        content=bound.content,
        key=bound.key,
        markup=markup,
        title=parts.title,
        code=block.code,
        topic=block.topic,
        explanation=text_in(markup, parts.explanation),
    )
    return from_labels(question, block.tags)


def _parts(text: str) -> _Parts:
    named = _TITLE.match(text)
    title, rest = (release(named[1]), text[named.end() :]) if named else ("", text)
    opened, closed = rest.count("{"), rest.count("}")
    if opened != closed or rest.find("{") > rest.find("}"):
        raise Broken(_("the braces are not in pairs, or an empty line stands between them"))
    if opened > 1:
        raise Broken(_("more than one pair of braces; an empty line belongs between two questions"))
    if not opened:
        return _Parts(title, rest, None, "", NOTHING)
    before, _brace, rest = rest.partition("{")
    body, _brace, after = rest.partition("}")
    body, _hashes, explanation = body.partition("####")
    return _Parts(title, before, body.strip(), after, answers.passage(explanation))


def _stem(parts: _Parts, gap: str) -> Passage:
    """The text with a mark where the braces stood in its middle."""
    if not parts.after.strip():
        return answers.passage(parts.before)
    named = answers.FORMAT.match(parts.before)
    before = parts.before[named.end() :] if named else parts.before
    text = f"{release_inside(before)}{gap}{release_inside(parts.after)}".strip()
    return Passage(text, named[1].lower() == "html" if named else looks_like_html(text))


def _made(parts: _Parts, remark: Any) -> _Made:
    body = parts.body
    if body is None:
        return _Made("description", {}, {})
    if not body:
        return _Made("essay", {}, {"rubric": []})
    if body.startswith("#"):
        return _numerical(parts, body[1:], remark)
    if "~" in body:
        return _choice(body)
    if "=" in body and "->" in body:
        return _Made("matching", answers.pairs(body), {})
    if told := answers.truth(body):
        return _true_false(*told)
    return _text(parts, body, remark)


def _numerical(parts: _Parts, body: str, remark: Any) -> _Made:
    accepted, said = answers.numbers(body)
    if said:
        remark(_("feedback on single answers is not kept"))
    if parts.after.strip():
        return _Made("fill_in", {"blanks": [{"kind": "number"}]}, {"blanks": [{"accepted": accepted}]}, gap="{{1}}")
    return _Made("numerical", {}, {"accepted": accepted})


def _choice(body: str) -> _Made:
    found = answers.options(body)
    if len(found) < 2:
        raise Broken(_("at least two options are needed"))
    single = "=" in body
    key = (single_key if single else multiple_key)([answer.share for answer in found])
    passages = [answer.text for answer in found] + [answer.feedback for answer in found]
    return _Made("single" if single else "multiple", {}, key, passages)


def _true_false(correct: bool, said: Sequence[Passage]) -> _Made:
    wrong, right = [*said, NOTHING, NOTHING][:2]
    return _Made("true_false", {}, {"correct": correct}, [right, wrong] if correct else [wrong, right])


def _text(parts: _Parts, body: str, remark: Any) -> _Made:
    found = answers.accepted(body)
    if any(answer.feedback.text for answer in found):
        remark(_("feedback on single answers is not kept"))
    texts = [{"text": answer.text.text, "share": answer.share} for answer in found if answer.text.text]
    if not texts:
        raise Broken(_("no answer is given"))
    return _Made("fill_in", {"blanks": [{"kind": "text"}]}, {"blanks": [text_blank(texts)]}, gap="{{1}}")


def _bound(made: _Made, markup: Any) -> _Made:
    """The same with its texts in the markup of the whole question."""
    if made.type == "matching":
        content, key = matching(
            [(text_in(markup, left), text_in(markup, Passage(right))) for left, right in made.content]
        )
        return replace(made, content=content, key=key)
    texts = [text_in(markup, passage) for passage in made.passages]
    if made.type == "true_false":
        return replace(made, key=made.key | ({"feedback": texts} if any(texts) else {}))
    if made.type in ("single", "multiple"):
        half = len(texts) // 2
        feedback = {"feedback": texts[half:]} if any(texts[half:]) else {}
        return replace(made, content={"options": texts[:half]}, key=made.key | feedback)
    return made
