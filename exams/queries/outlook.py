"""What papers of a plan will be like, before anybody sits one."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from exams import types
from exams.models import QuestionBank
from exams.queries.drawing import infeasible_words, marks
from exams.queries.stock import stock
from exams.rules import drawing
from exams.rules.drawing import Drawn, Infeasible, Rule, Stock

DRAWS = 20  # papers looked at for the difficulty


@dataclass(frozen=True)
class Line:
    """One rule: what it wants, and what the bank has of it."""

    bank: str
    kind: str
    topic: str
    wanted: int
    there: int


@dataclass(frozen=True)
class Outlook:
    """`shortages` are sentences; without any, `difficulty` is the mean of some papers (1 to 5).

    `again`: whether a second paper can do without all questions of the first.
    """

    lines: Sequence[Line]
    questions: int
    points: Decimal
    shortages: Sequence[str] = ()
    difficulty: float = 0.0
    again: bool = False


def outlook(rules: Sequence[Rule]) -> Outlook:
    """Draws some papers and throws them away."""
    held = stock(marks(rules))
    names = dict(QuestionBank.objects.filter(pk__in={rule.bank for rule in rules}).values_list("pk", "name"))
    lines = [_line(rule, held, names) for rule in rules if rule.question is None]
    questions = sum(rule.count for rule in rules)
    points = sum((rule.count * rule.points for rule in rules), Decimal(0))
    try:
        papers = [drawing.draw(rules, held, Random(number)) for number in range(DRAWS)]
    except Infeasible as error:
        return Outlook(lines, questions, points, infeasible_words(rules, error))
    difficulty = sum(drawing.expected_difficulty(paper) for paper in papers) / DRAWS
    return Outlook(lines, questions, points, (), difficulty, _again(rules, held, papers[0]))


def _line(rule: Rule, held: Stock, names: dict[int, str]) -> Line:
    kind = str(types.get(rule.type).label) if rule.type else ""
    return Line(names[rule.bank], kind, rule.topic, rule.count, sum(map(len, held.matching(rule))))


def _again(rules: Sequence[Rule], held: Stock, first: Sequence[Drawn]) -> bool:
    try:
        return bool(drawing.draw(rules, held, Random(0), without={one.question for one in first}))
    except Infeasible:
        return False
