"""From questions to a Moodle XML file."""

import re
from collections.abc import Callable, Iterable
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.translation import gettext as _

from exams.exchange.choices import feedback_of, shares_of
from exams.exchange.decoding import cleaned
from exams.exchange.gathering import Written
from exams.exchange.labels import with_labels
from exams.exchange.matches import lines_of
from exams.exchange.moodle_xml import essays, markers, units
from exams.exchange.moodle_xml.embedding import embedded
from exams.exchange.moodle_xml.kinds import GRADINGS
from exams.exchange.numbers import percent
from exams.exchange.pictures import ENDINGS, encoded
from exams.exchange.question import Exchanged, Markup
from exams.exchange.unreadable import Unlike
from exams.exchange.wildcards import for_moodle
from exams.exchange.writing import Sheet, plain_text, type_name

_MEDIA: Final = re.compile(r"media:([0-9a-f]{64})")
_FORMATS: Final = {Markup.PLAIN: "plain_text", Markup.HTML: "html"}


def write(questions: Iterable[Exchanged]) -> Written:
    """A UTF-8 XML file."""
    sheet, topic = Sheet(), ""
    parts = [b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    for question in questions:
        element = sheet.take(question, lambda question=question: _question(question, sheet))  # type: ignore[misc]
        if element is None:
            continue
        if question.topic != topic:
            topic = question.topic
            parts.append(tostring(_category(topic), encoding="utf-8") + b"\n")
        parts.append(tostring(element, encoding="utf-8") + b"\n")
    return sheet.written(b"".join([*parts, b"</quiz>\n"]))


def _category(topic: str) -> Element:
    element = Element("question", {"type": "category"})
    path = f"$course$/top/{topic}" if topic else "$course$/top"
    SubElement(SubElement(element, "category"), "text").text = cleaned(path)
    return element


def _question(question: Exchanged, sheet: Sheet) -> Element:
    make = KINDS.get(question.type)
    if make is None:
        raise Unlike(type_name(question), _("Moodle has no questions of this type"))
    element = Element("question")
    SubElement(SubElement(element, "name"), "text").text = cleaned(question.title)
    stem = _text(element, "questiontext", question, question.stem)
    _text(element, "generalfeedback", question, question.explanation)
    SubElement(element, "defaultgrade").text = question.points
    SubElement(element, "hidden").text = "0"
    SubElement(element, "idnumber").text = cleaned(question.code)
    element.set("type", make(element, question, sheet, stem))
    tags = with_labels(question, without=["points"])
    if tags:
        group = SubElement(element, "tags")
        for tag in tags:
            SubElement(SubElement(group, "tag"), "text").text = cleaned(tag)
    return element


def _text(parent: Element, name: str, question: Exchanged, text: str) -> Element:
    """A text with its format and the files it shows."""
    element = SubElement(parent, name, {"format": _FORMATS[question.markup]})
    return _filled(element, question, text)


def _filled(element: Element, question: Exchanged, text: str) -> Element:
    shown = {name: question.media[name] for name in _MEDIA.findall(text) if name in question.media}
    names = {name: f"{name[:16]}.{ENDINGS.get(media.mime, 'bin')}" for name, media in shown.items()}
    words = SubElement(element, "text")
    words.text = cleaned(_MEDIA.sub(lambda m: f"@@PLUGINFILE@@/{names[m[1]]}" if m[1] in names else m[0], text))
    for name, media in shown.items():
        file = SubElement(element, "file", {"name": names[name], "path": "/", "encoding": "base64"})
        file.text = encoded(media)
    return element


def _answer(parent: Element, share: str, question: Exchanged, text: str, feedback: str = "") -> Element:
    answer = SubElement(parent, "answer", {"fraction": percent(share), "format": _FORMATS[question.markup]})
    _filled(answer, question, text)
    if feedback:
        _text(answer, "feedback", question, feedback)
    return answer


def _plain_answer(parent: Element, share: str, text: str) -> Element:
    answer = SubElement(parent, "answer", {"fraction": percent(share), "format": "plain_text"})
    SubElement(answer, "text").text = cleaned(text)
    return answer


def _choice(element: Element, question: Exchanged, sheet: Sheet, stem: Element) -> str:
    options, key = question.content["options"], question.key
    SubElement(element, "single").text = "true" if question.type == "single" else "false"
    SubElement(element, "shuffleanswers").text = "true"
    SubElement(element, "answernumbering").text = "ABCD"
    shares, said = shares_of(question.type, key, len(options)), feedback_of(key, len(options))
    for text, share, feedback in zip(options, shares, said, strict=True):
        _answer(element, share, question, text, feedback)
    return "multichoice"


def _true_false(element: Element, question: Exchanged, sheet: Sheet, stem: Element) -> str:
    said = feedback_of(question.key, 2)
    for name, right, feedback in zip(("true", "false"), (True, False), said, strict=True):
        answer = _plain_answer(element, "1" if question.key["correct"] is right else "0", name)
        if feedback:
            _text(answer, "feedback", question, feedback)
    return "truefalse"


def _fill_in(element: Element, question: Exchanged, sheet: Sheet, stem: Element) -> str:
    blanks, keys = question.content["blanks"], question.key["blanks"]
    if len(blanks) == 1 and blanks[0]["kind"] == "text" and "{{1}}" not in question.stem:
        SubElement(element, "usecase").text = "1" if keys[0].get("case") else "0"
        for entry in keys[0]["accepted"]:
            _plain_answer(element, entry.get("share", "1"), for_moodle(entry["text"], keys[0]))
        return "shortanswer"
    if question.key.get("order_free"):
        sheet.remark(question, _("in Moodle every blank has its own answer; the order counts there"))
    if any(key.get("units") for key in keys):
        sheet.remark(question, _("units of blanks are not in a Moodle file"))
    text = embedded(question)
    if text is None:
        raise Unlike(type_name(question), _("its text looks like an embedded question"))
    for child in list(stem):
        stem.remove(child)
    _filled(stem, question, text)
    return "cloze"


def _numerical(element: Element, question: Exchanged, sheet: Sheet, stem: Element) -> str:
    for entry in question.key["accepted"]:
        answer = _plain_answer(element, entry.get("share", "1"), entry["value"])
        SubElement(answer, "tolerance").text = entry.get("tolerance", "0")
    units.write(element, question.key)
    return "numerical"


def _matching(element: Element, question: Exchanged, sheet: Sheet, stem: Element) -> str:
    SubElement(element, "shuffleanswers").text = "true"
    for left, right in lines_of(question.content, question.key):
        line = _text(element, "subquestion", question, left)
        SubElement(SubElement(line, "answer"), "text").text = cleaned(plain_text(question, right, sheet))
    return "matching"


def _ordering(element: Element, question: Exchanged, sheet: Sheet, stem: Element) -> str:
    grading = question.key.get("grading", "place")
    SubElement(element, "layouttype").text = "VERTICAL"
    SubElement(element, "selecttype").text = "ALL"
    SubElement(element, "selectcount").text = "0"
    SubElement(element, "gradingtype").text = next(name for name, ours in GRADINGS.items() if ours == grading)
    SubElement(element, "showgrading").text = "SHOW"
    for number, own in enumerate(question.key["sequence"], 1):
        _answer(element, f"{number / 100}", question, question.content["items"][own])
    return "ordering"


def _essay(element: Element, question: Exchanged, sheet: Sheet, stem: Element) -> str:
    essays.write(element, question.content)
    _text(element, "graderinfo", question, essays.notes(question.key, question.markup))
    return "essay"


def _description(element: Element, question: Exchanged, sheet: Sheet, stem: Element) -> str:
    return "description"


def _hotspot(element: Element, question: Exchanged, sheet: Sheet, stem: Element) -> str:
    picture = question.media.get(question.content["image"].removeprefix("media:"))
    if picture is None:
        raise Unlike(type_name(question), _("its picture is missing"))
    markers.write(element, question.content, question.key, picture)
    return "ddmarker"


KINDS: Final[dict[str, Callable[[Element, Exchanged, Sheet, Element], str]]] = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _true_false,
    "fill_in": _fill_in,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
    "essay": _essay,
    "short_answer": _essay,
    "description": _description,
    "hotspot": _hotspot,
}
