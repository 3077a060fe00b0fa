"""Filling in: text and numbers, choices in the line, words dragged into gaps."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from exams.exchange.qti.body import INLINE, Part, interactions
from exams.exchange.qti.declarations import Declaration
from exams.exchange.qti.fitting import Fitted, Item, identifiers, indices, right_values, share
from exams.exchange.qti.numbers import decimal, number
from exams.exchange.qti.scoring import Case
from exams.exchange.qti.tree import Node
from exams.exchange.unreadable import Broken, Unlike

NUMBERS = ("integer", "float")
MARK = "{{1}}"
LINE = "____"
Blank = tuple[dict[str, Any], dict[str, Any], Fraction]


def filled_in(item: Item, parts: Sequence[Part]) -> tuple[str, Fitted]:
    """The stem and the question that texts with inline interactions make."""
    nodes = [each for each in interactions(parts) if each.name in INLINE]
    blanks = [_inline(item, each) for each in nodes]
    stem = item.texts.of(parts, nodes)
    if len(blanks) == 1 and blanks[0][0]["kind"] == "number":
        _content, key, earns = blanks[0]
        stem = re.sub(rf"\s*{re.escape(LINE)}\s*\Z", "", stem.replace(MARK, LINE))
        return stem, Fitted("numerical", {}, {"accepted": key["accepted"]}, earns)
    return stem, _fill_in(blanks)


def gap_match(item: Item, node: Node) -> tuple[str, Fitted]:
    """gapMatchInteraction: each gap is a blank to choose for, among all the words."""
    words = node.nodes("gapText", "gapImg")
    gaps = list(node.every("gap"))
    if not gaps:
        raise Broken(_("the question is empty"))
    names = identifiers(words)
    declared = item.response(node)
    filled: dict[str, list[str]] = {}
    for value in right_values(item, declared):
        word, _space, gap = value.partition(" ")
        filled.setdefault(gap.strip(), []).append(word)
    if any(gap.get("identifier") not in filled for gap in gaps):
        raise Unlike(node.name, _("some gaps stay empty"))
    options = [item.texts.plain(each.children) for each in words]
    each_earns = item.earns(declared) / len(gaps) if item.is_mapped(declared) else Fraction(1)
    blanks: list[Blank] = [
        (
            {"kind": "choice", "options": options},
            {"accepted": [{"option": at, "share": "1"} for at in indices(names, filled[gap.get("identifier")])]},
            each_earns,
        )
        for gap in gaps
    ]
    rest = [
        part for part in node.children if isinstance(part, str) or part.name not in ("gapText", "gapImg", "prompt")
    ]
    return item.texts.of(rest, gaps), _fill_in(blanks)


def _fill_in(blanks: Sequence[Blank]) -> Fitted:
    weights = [earns for _content, _key, earns in blanks]
    equal = len(set(weights)) == 1
    contents = [content if equal else {**content, "weight": decimal(earns)} for (content, _key, earns) in blanks]
    return Fitted(
        "fill_in",
        {"blanks": contents},
        {"blanks": [key for _content, key, _earns in blanks]},
        sum(weights, Fraction(0)),
    )


def _inline(item: Item, node: Node) -> Blank:
    declared = item.response(node)
    if declared.cardinality == "record":
        raise Unlike(node.name, _("its answer is a record of several values"))
    if node.name == "inlineChoiceInteraction":
        return _inline_choice(item, node, declared)
    cases = item.scoring.of(declared.identifier)
    if declared.base_type in NUMBERS or any(case.operator in ("equal", "equalRounded") for case in cases):
        return {"kind": "number"}, {"accepted": _numbers(item, declared, cases)}, item.earns(declared)
    return {"kind": "text"}, _words(item, node, declared, cases), item.earns(declared)


def _inline_choice(item: Item, node: Node, declared: Declaration) -> Blank:
    choices = node.nodes("inlineChoice")
    names = identifiers(choices)
    if item.is_mapped(declared):
        most = declared.most()
        accepted = [
            {"option": at, "share": share(declared.earns[name], most)}
            for at, name in enumerate(names)
            if declared.earns.get(name, Fraction(0)) > 0
        ]
    else:
        accepted = [{"option": at, "share": "1"} for at in indices(names, right_values(item, declared)[:1])]
    return (
        {"kind": "choice", "options": [item.texts.plain(each.children) for each in choices]},
        {"accepted": accepted},
        item.earns(declared),
    )


def _words(item: Item, node: Node, declared: Declaration, cases: Sequence[Case]) -> dict[str, Any]:
    if any(case.operator == "patternMatch" for case in cases) and not declared.correct:
        raise Unlike(node.name, _("right answers are described by a pattern"))
    if item.is_mapped(declared):
        most = declared.most()
        accepted = [
            {"text": entry.value, "share": share(entry.earns, most)} for entry in declared.entries if entry.earns > 0
        ]
        exact = any(entry.case for entry in declared.entries)
    else:
        accepted = [{"text": value, "share": "1"} for value in right_values(item, declared)]
        exact = any(value["text"] != value["text"].swapcase() for value in accepted)
    return {"accepted": accepted} | ({"case": True} if exact else {})


def _numbers(item: Item, declared: Declaration, cases: Sequence[Case]) -> list[dict[str, str]]:
    found: list[tuple[str, str, Case | None]]
    if item.is_mapped(declared):
        most = declared.most()
        found = [(entry.value, share(entry.earns, most), None) for entry in declared.entries if entry.earns > 0]
    else:
        found = _compared(item, declared, cases)
    accepted = []
    for value, earned, case in found:
        exact = number(value)
        if exact is None:
            raise Broken(_("the right answer “%(value)s” is not a number") % {"value": value[:40]})
        accepted.append({"value": decimal(exact), "tolerance": _tolerance(item, exact, case), "share": earned})
    return accepted


def _compared(item: Item, declared: Declaration, cases: Sequence[Case]) -> list[tuple[str, str, Case | None]]:
    most = max((case.earns for case in cases), default=Fraction(1))
    known: list[tuple[str, str, Case | None]] = [
        (value, share(case.earns, most), case)
        for case in cases
        for value in ([case.value] if case.value else declared.correct)
    ]
    return known or [(value, "1", None) for value in right_values(item, declared)]


def _tolerance(item: Item, value: Fraction, case: Case | None) -> str:
    mode, below, above = case.tolerance if case and case.tolerance else ("exact", "", "")
    if mode not in ("absolute", "relative"):
        return "0"
    wide = max(number(below) or Fraction(0), number(above) or Fraction(0))
    if number(below) != number(above):
        item.remark(_("A number had different tolerances below and above; the wider one was taken."))
    return decimal(wide if mode == "absolute" else abs(value) * wide / 100)
