"""What a blueprint asks for, and what the banks hold."""

from collections.abc import Sequence

from django.db.models import CharField, IntegerField, Q, Value
from django.utils.translation import gettext as _

from exams import types
from exams.drawing import Candidate, Infeasible, Rule, Shortage
from exams.models import BlueprintRule, CompulsoryQuestion, Question, QuestionBank


def blueprint_rules(blueprint: int) -> list[Rule]:
    """Compulsory questions and rules alike, in the order of the paper, in one statement."""
    text, number = CharField(), IntegerField()
    compulsory = CompulsoryQuestion.objects.filter(blueprint=blueprint).values_list(
        Value(0, number),
        "pk",
        "question__bank",
        Value("", text),
        Value("", text),
        Value(1, number),
        "points",
        "question",
    )
    drawn = (
        BlueprintRule.objects.filter(blueprint=blueprint)
        .order_by()
        .values_list(Value(1, number), "position", "bank", "type", "topic", "count", "points", Value(None, number))
    )
    return [Rule(*row[2:]) for row in sorted(compulsory.union(drawn, all=True), key=lambda row: row[:2])]


def candidates(rules: Sequence[Rule]) -> list[Candidate]:
    """Every question some rule could draw."""
    wanted = Q(pk__in=[rule.question for rule in rules if rule.question is not None])
    for rule in rules:
        if rule.question is None:
            wanted |= _matching(rule)
    found = Question.objects.drawable().filter(wanted, current__isnull=False)
    return [Candidate(*row) for row in found.values_list("pk", "current", "bank", "type", "topic")]


def infeasible_words(rules: Sequence[Rule], error: Infeasible) -> list[str]:
    """Each shortage as a sentence."""
    banks = QuestionBank.objects.in_bulk({rule.bank for rule in rules})
    return [_shortage(rules[each.rule], each, banks[rules[each.rule].bank].name) for each in error.shortages]


def _matching(rule: Rule) -> Q:
    wanted = Q(bank=rule.bank)
    wanted &= Q(type=rule.type) if rule.type else ~Q(type__in=types.never_at_random())
    if rule.topic:
        wanted &= Q(topic=rule.topic)
    return wanted


def _shortage(rule: Rule, shortage: Shortage, bank: str) -> str:
    if rule.question is not None:
        return _("A compulsory question of bank “%(bank)s” is no longer in use.") % {"bank": bank}
    facts = {
        "bank": bank,
        "topic": _(" on “%(topic)s”") % {"topic": rule.topic} if rule.topic else "",
        "type": types.get(rule.type).label if rule.type else _("questions"),
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
