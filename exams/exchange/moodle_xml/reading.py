"""From a Moodle XML file to questions."""

import re
from typing import Final
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from exams.exchange.decoding import text_of
from exams.exchange.gathering import Gathering
from exams.exchange.gift.blocks import topic_of
from exams.exchange.labels import from_labels
from exams.exchange.moodle_xml.kinds import KINDS, Made
from exams.exchange.moodle_xml.texts import Texts
from exams.exchange.numbers import decimal, plain
from exams.exchange.passages import markup_of, text_in
from exams.exchange.question import Exchange, Exchanged
from exams.exchange.unreadable import Broken, Unlike, Unreadable
from exams.exchange.xml_tree import line_of, parsed, text_at

_QUIZ: Final = re.compile(r"^\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<quiz\b", re.DOTALL)
_USUAL_SAID: Final = re.compile(
    r"your answer is (?:partially )?(?:in)?correct|(?:您|你)的(?:回答|答案)|parabéns", re.I
)
_SAID: Final = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")


def sniff(data: bytes, name: str) -> bool:
    return bool(_QUIZ.match(text_of(data)))


def read(data: bytes) -> Exchange:
    """Every question of a file, by number and line. Raises Unreadable."""
    root = parsed(data)
    if root.tag != "quiz":
        raise Unreadable(_("This XML holds no questions of Moodle: its first element is not <quiz>."))
    found, topic, number = Gathering("moodle-xml"), "", 0
    for element in root.iter("question"):
        if element.get("type") == "category":
            topic = topic_of(text_at(element, "category/text") or text_at(element, "category"))
            continue
        number += 1
        place = _("question %(number)s, line %(line)s") % {"number": number, "line": line_of(element)}
        what = text_at(element, "name/text")[:60] or element.get("type", "")
        found.take(place, what, lambda e=element, p=place, t=topic: _question(e, p, t, found))  # type: ignore[misc]
    return found.exchange()


def _question(element: Element, place: str, topic: str, found: Gathering) -> Exchanged:
    texts = Texts(lambda sentence: found.remark(place, sentence))
    made = _made(element, texts)
    explanation = texts.at(element, "generalfeedback")
    markup = markup_of([made.stem, explanation, *made.passages])
    content, key = made.bound(markup)
    _lost(element, texts)
    question = Exchanged(
        place=place,
        type=made.type,
        stem=text_in(markup, made.stem),
        content=content,
        key=key,
        markup=markup,
        title=text_at(element, "name/text"),
        code=text_at(element, "idnumber"),
        topic=topic,
        points=_points(element),
        explanation=text_in(markup, explanation),
        media=texts.media,
    )
    return from_labels(question, [text_at(tag, "text") for tag in element.findall("tags/tag")])


def _made(element: Element, texts: Texts) -> Made:
    type = element.get("type", "")
    make = KINDS.get(type)
    if make is None:
        raise Unlike(type or "?", _("there are no questions of the type “%(type)s” here") % {"type": type})
    made = make(element, texts)
    if not made.stem.text and type != "description":
        raise Broken(_("the question has no text"))
    return made


def _points(element: Element) -> str:
    grade = text_at(element, "defaultgrade")
    try:
        return plain(decimal(grade)) if grade else "1"
    except ValueError:
        raise Broken(_("“%(text)s” is not a number") % {"text": grade[:40]}) from None


def _lost(element: Element, texts: Texts) -> None:
    """Say what a question has that is not kept."""
    said = [text_at(element, f"{name}/text") for name in _SAID]
    if any(text and not _USUAL_SAID.search(text) for text in said):
        texts.remark(_("feedback on right and wrong answers as a whole is not kept"))
    if any(text_at(hint, "text") for hint in element.findall("hint")):
        texts.remark(_("hints between tries are not kept"))
