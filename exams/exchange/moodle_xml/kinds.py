"""The question types of Moodle, each as one of ours."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from exams.exchange.choices import multiple_key, single_key
from exams.exchange.matches import matching
from exams.exchange.moodle_xml import essays, units
from exams.exchange.moodle_xml.cloze import taken_apart
from exams.exchange.moodle_xml.gaps import gaps
from exams.exchange.moodle_xml.markers import markers
from exams.exchange.moodle_xml.texts import Texts
from exams.exchange.numbers import decimal, of_percent, plain
from exams.exchange.passages import Passage, text_in, without_markup
from exams.exchange.question import Markup
from exams.exchange.unreadable import Broken, Unlike
from exams.exchange.wildcards import text_blank
from exams.exchange.xml_tree import text_at

GRADINGS: Final = {
    "ALL_OR_NOTHING": "exact",
    "-1": "exact",
    "ABSOLUTE_POSITION": "place",
    "0": "place",
    "RELATIVE_NEXT_EXCLUDE_LAST": "neighbours",
    "1": "neighbours",
}


@dataclass
class Made:
    """A question whose markup is not settled yet: `bind` gives content and key when `passages` have become texts."""

    type: str
    stem: Passage
    passages: Sequence[Passage] = ()
    bind: Callable[[list[str]], tuple[Any, Any]] = field(default=lambda _texts: ({}, {}))

    def bound(self, markup: Markup) -> tuple[Any, Any]:
        return self.bind([text_in(markup, passage) for passage in self.passages])


def _stem(element: Element, texts: Texts) -> Passage:
    """The text; files of Moodle 1 have its picture beside it."""
    stem, old = texts.at(element, "questiontext"), element.find("image_base64")
    picture = texts.file(old) if old is not None and (old.text or "").strip() else None
    return Passage(f'{stem.as_html()}<p><img src="media:{picture.name}" alt=""></p>', True) if picture else stem


def _choice(element: Element, texts: Texts) -> Made:
    answers = element.findall("answer")
    if len(answers) < 2:
        raise Broken(_("at least two options are needed"))
    shares = [_share(answer) for answer in answers]
    single = text_at(element, "single").lower() in ("true", "1", "")
    options = [texts.at(answer) for answer in answers]
    said = [texts.at(answer, "feedback") for answer in answers]
    key = (single_key if single else multiple_key)(shares)

    def bind(found: list[str]) -> tuple[Any, Any]:
        feedback = found[len(options) :]
        return {"options": found[: len(options)]}, key | ({"feedback": feedback} if any(feedback) else {})

    return Made("single" if single else "multiple", _stem(element, texts), [*options, *said], bind)


def _true_false(element: Element, texts: Texts) -> Made:
    answers = {text_at(answer, "text").lower(): answer for answer in element.findall("answer")}
    if not {"true", "false"} <= set(answers):
        raise Broken(_("the answers must be “true” and “false”"))
    correct = decimal(_share(answers["true"])) > 0
    said = [texts.at(answers[name], "feedback") for name in ("true", "false")]

    def bind(found: list[str]) -> tuple[Any, Any]:
        return {}, {"correct": correct} | ({"feedback": found} if any(found) else {})

    return Made("true_false", _stem(element, texts), said, bind)


def _short_answer(element: Element, texts: Texts) -> Made:
    accepted = [{"text": _plain(texts.at(answer)), "share": _share(answer)} for answer in element.findall("answer")]
    accepted = [entry for entry in accepted if entry["text"]]
    if not accepted:
        raise Broken(_("no answer is given"))
    _said(element, texts)
    key = {"blanks": [text_blank(accepted, case=text_at(element, "usecase") in ("1", "true"))]}
    return Made("fill_in", _stem(element, texts), bind=lambda _t: ({"blanks": [{"kind": "text"}]}, key))


def _numerical(element: Element, texts: Texts) -> Made:
    accepted = [_number(answer, texts) for answer in element.findall("answer")]
    key = {"accepted": [entry for entry in accepted if entry]}
    if not key["accepted"]:
        raise Broken(_("no number is given as the answer"))
    _said(element, texts)
    content, in_key = units.read(element)
    return Made("numerical", _stem(element, texts), bind=lambda _t: (content, key | in_key))


def _number(answer: Element, texts: Texts) -> dict[str, str] | None:
    text = text_at(answer, "text") or (answer.text or "").strip()
    if text == "*":
        texts.remark(_("feedback on every other answer is not kept"))
        return None
    try:
        tolerance = plain(abs(decimal(text_at(answer, "tolerance") or "0")))
        return {"value": plain(decimal(text)), "tolerance": tolerance, "share": _share(answer)}
    except ValueError:
        raise Broken(_("“%(text)s” is not a number") % {"text": text[:40]}) from None


def _matching(element: Element, texts: Texts) -> Made:
    lines = element.findall("subquestion")
    left = [texts.at(line) for line in lines]
    right = [Passage(text_at(line, "answer/text") or text_at(line, "answer")) for line in lines]

    def bind(found: list[str]) -> tuple[Any, Any]:
        half = len(found) // 2
        return matching(list(zip(found[:half], found[half:], strict=True)))

    return Made("matching", _stem(element, texts), [*left, *right], bind)


def _ordering(element: Element, texts: Texts) -> Made:
    answers = sorted(element.findall("answer"), key=lambda answer: _position(answer))
    if len(answers) < 2:
        raise Broken(_("at least two items are needed"))
    if text_at(element, "selecttype") not in ("", "0", "ALL"):
        texts.remark(_("all items are shown, not a part of them"))
    named = text_at(element, "gradingtype")
    grading = GRADINGS.get(named, "place" if not named else "neighbours")
    if named and named not in GRADINGS:
        texts.remark(_("the way of grading became “neighbours”"))
    key = {"sequence": list(range(len(answers))), "grading": grading}
    return Made("ordering", _stem(element, texts), [texts.at(each) for each in answers], lambda t: ({"items": t}, key))


def _essay(element: Element, texts: Texts) -> Made:
    items, reference = essays.rubric(texts.at(element, "graderinfo"))

    def bind(found: list[str]) -> tuple[Any, Any]:
        key: dict[str, Any] = {
            "rubric": [{"text": text, "points": points} for text, (points, _p) in zip(found[1:], items, strict=True)]
        }
        return essays.limits(element), key | ({"reference": found[0]} if found[0] else {})

    return Made("essay", _stem(element, texts), [reference, *(text for _points, text in items)], bind)


def _description(element: Element, texts: Texts) -> Made:
    return Made("description", _stem(element, texts))


def _cloze(element: Element, texts: Texts) -> Made:
    stem = _stem(element, texts)
    type, text, content, key = taken_apart(stem.text, html=stem.html, remark=texts.remark)
    return Made(type, Passage(text, stem.html), bind=lambda _t: (content, key))


def _gaps(element: Element, texts: Texts) -> Made:
    stem = _stem(element, texts)
    text, options, blanks, key = gaps(element, stem.text, texts)

    def bind(found: list[str]) -> tuple[Any, Any]:
        return {"blanks": [{"kind": "choice", "options": [found[n] for n in blank]} for blank in blanks]}, key

    return Made("fill_in", Passage(text, stem.html), options, bind)


def _markers(element: Element, texts: Texts) -> Made:
    content, key = markers(element, texts)
    return Made("hotspot", _stem(element, texts), bind=lambda _t: (content, key))


def _unlike(reason: Callable[[], str]) -> Callable[[Element, Texts], Made]:
    def refuse(element: Element, texts: Texts) -> Made:
        raise Unlike(element.get("type", ""), reason())

    return refuse


def _calculated() -> str:
    return _("its numbers are made by a formula anew for everybody; there is nothing like it here")


def _random() -> str:
    return _("it stands for a question drawn at random; exams here draw by their own rules")


def _labels() -> str:
    return _("labels are dragged onto a picture; there is nothing like it here")


KINDS: Final[dict[str, Callable[[Element, Texts], Made]]] = {
    "multichoice": _choice,
    "truefalse": _true_false,
    "shortanswer": _short_answer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "essay": _essay,
    "description": _description,
    "cloze": _cloze,
    "multianswer": _cloze,
    "gapselect": _gaps,
    "ddwtos": _gaps,
    "ddmarker": _markers,
    "ddimageortext": _unlike(_labels),
    "calculated": _unlike(_calculated),
    "calculatedsimple": _unlike(_calculated),
    "calculatedmulti": _unlike(_calculated),
    "random": _unlike(_random),
    "randomsamatch": _unlike(_random),
}


def _share(answer: Element) -> str:
    text = answer.get("fraction") or text_at(answer, "fraction") or "0"
    try:
        share = of_percent(text)
    except ValueError:
        raise Broken(_("“%(text)s” is not a number") % {"text": text[:40]}) from None
    if abs(decimal(share)) > 1:
        raise Broken(_("an answer earns at most 100 %"))
    return share


def _position(answer: Element) -> int:
    try:
        return int(decimal(answer.get("fraction", "0")))
    except ValueError:
        raise Broken(_("“%(text)s” is not a number") % {"text": answer.get("fraction", "")[:40]}) from None


def _said(element: Element, texts: Texts) -> None:
    if any(text_at(answer, "feedback/text") for answer in element.findall("answer")):
        texts.remark(_("feedback on single answers is not kept"))


def _plain(passage: Passage) -> str:
    return without_markup(passage.text) if passage.html else passage.text
