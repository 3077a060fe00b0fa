"""What a blueprint asks for, and what the banks hold."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import CharField, IntegerField, QuerySet, Value
from django.utils.translation import gettext as _

from exams import types
from exams.models import (
    Attempt,
    AttemptItem,
    Blueprint,
    BlueprintRule,
    CompulsoryQuestion,
    Exposure,
    QuestionBank,
)
from exams.queries.stock import stock
from exams.rules.drawing import EASIEST, HARDEST, Infeasible, Rule, Shortage, Stock
from lms.kernel.prepared import Key, PreparedRows


@dataclass(frozen=True)
class Asked:
    """What a blueprint asks for, compulsory questions first, and the banks it draws from with their marks."""

    rules: Sequence[Rule]
    banks: Mapping[int, UUID]

    def stock(self) -> Stock:
        return stock(self.banks)

    def within(self, banks: Collection[int]) -> "Asked":
        """The same rules, of which only these banks may fill any."""
        return Asked(self.rules, {bank: mark for bank, mark in self.banks.items() if bank in banks})


def asked(blueprint: int) -> Asked:
    """In one statement, in the order of the paper."""
    rows = sorted(_ASKED.all(blueprint=blueprint), key=itemgetter(0, 1))
    return Asked([Rule(*row[3:]) for row in rows], {row[3]: row[2] for row in rows})


def _compulsory_and_drawn() -> QuerySet[Any, Any]:
    text, number = CharField(), IntegerField()
    of_this = Key("blueprint")
    compulsory = CompulsoryQuestion.objects.filter(blueprint=of_this).values_list(
        Value(0, number), "pk", "question__bank__mark", "question__bank", Value("", text), Value("", text),
        Value(1, number), "points", "question", Value(EASIEST, number), Value(HARDEST, number), Value("", text),
    )  # fmt: skip
    drawn = (
        BlueprintRule.objects.filter(blueprint=of_this)
        .order_by()
        .values_list(
            Value(1, number), "position", "bank__mark", "bank", "type", "topic",
            "count", "points", Value(None, number), "easiest", "hardest", "tag",
        )
    )  # fmt: skip
    return compulsory.union(drawn, all=True)


_ASKED = PreparedRows(_compulsory_and_drawn)


def marks(rules: Sequence[Rule]) -> dict[int, UUID]:
    """The banks of rules that no blueprint has yet, with their marks."""
    return dict(QuestionBank.objects.filter(pk__in={rule.bank for rule in rules}).values_list("pk", "mark"))


def asked_last(attempts: Sequence[Attempt]) -> set[int]:
    """The questions of the newest of these attempts."""
    if not attempts:
        return set()
    newest = max(attempts, key=lambda one: one.number)
    return set(AttemptItem.objects.filter(attempt=newest).values_list("version__question", flat=True))


def overexposed(blueprint: Blueprint) -> set[int]:
    """Questions that have been in as many papers as they may."""
    if blueprint.exposure_limit is None:
        return set()
    full = Exposure.objects.filter(blueprint=blueprint, papers__gte=blueprint.exposure_limit)
    return set(full.values_list("question", flat=True))


def infeasible_words(rules: Sequence[Rule], error: Infeasible) -> list[str]:
    """Each shortage as a sentence."""
    banks = QuestionBank.objects.in_bulk({rule.bank for rule in rules})
    return [_shortage(rules[each.rule], each, banks[rules[each.rule].bank].name) for each in error.shortages]


def _shortage(rule: Rule, shortage: Shortage, bank: str) -> str:
    if rule.question is not None:
        return _("A compulsory question of bank “%(bank)s” is no longer in use.") % {"bank": bank}
    facts = {
        "bank": bank,
        "topic": _(" on “%(topic)s”") % {"topic": rule.topic} if rule.topic else "",
        "type": _kind(rule),
        "have": shortage.matching,
        "left": shortage.left,
        "need": rule.count,
    }
    if shortage.matching < rule.count:
        return _("Bank “%(bank)s”%(topic)s, %(type)s: there are only %(have)s, %(need)s are needed.") % facts
    return (
        _("Bank “%(bank)s”%(topic)s, %(type)s: other rules leave only %(left)s of %(have)s, %(need)s are needed.")
        % facts
    )


def _kind(rule: Rule) -> str:
    """The questions a rule wants: “hard single choice tagged 带电作业”."""
    words = str(types.get(rule.type).label if rule.type else _("questions"))
    if (rule.easiest, rule.hardest) != (EASIEST, HARDEST):
        words = _("%(questions)s of difficulty %(from)s to %(to)s") % {
            "questions": words, "from": rule.easiest, "to": rule.hardest
        }  # fmt: skip
    return _("%(questions)s tagged “%(tag)s”") % {"questions": words, "tag": rule.tag} if rule.tag else words
