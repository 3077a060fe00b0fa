"""The paper of one sitting: drawn for it, or the fixed one whose turn it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from exams import queries, types
from exams.models import Attempt, Blueprint, Paper, Question, QuestionVersion
from exams.rules import drawing
from exams.rules.drawing import Drawn, Infeasible
from lms.kernel.prepared import OneOf, Prepared
from lms.records.models import Enrolment


@dataclass(frozen=True)
class Sheet:
    """Questions in order, each with its points; `paper` when it is a fixed one."""

    questions: Sequence[tuple[QuestionVersion, Decimal]]
    paper: Paper | None = None


def sheet_for(
    blueprint: Blueprint,
    enrolment: Enrolment,
    finished: Sequence[Attempt],
    random: Random,
    *,
    banks: Collection[int] | None = None,
) -> Sheet:
    """The next paper of somebody who has `finished` these attempts. Raises `drawing.Infeasible`.

    With `banks` it is drawn from these alone, and never a fixed one.
    """
    if blueprint.kind == Blueprint.Kind.FIXED and banks is None:
        return _fixed(blueprint, enrolment, len(finished))
    first = _drawn(blueprint, finished, random, banks, again=False)
    return first or _drawn(blueprint, finished, random, banks, again=True) or _nothing()


def draw(
    blueprint: Blueprint, asked: queries.Asked, random: Random, *, finished: Sequence[Attempt] = ()
) -> list[Drawn]:
    """Questions for somebody who has `finished` these attempts. Raises `drawing.Infeasible`.

    What was used up stays out, and what the last attempt asked; where the banks are too small for that, both are let
    in again, the last attempt's first: a wish must not turn anybody away.
    """
    stock, used_up = asked.stock(), queries.overexposed(blueprint)
    for without in (used_up | _repeated(blueprint, finished), used_up):
        try:
            return drawing.draw(asked.rules, stock, random, without=without)
        except Infeasible:
            continue
    return drawing.draw(asked.rules, stock, random)


def _repeated(blueprint: Blueprint, finished: Sequence[Attempt]) -> set[int]:
    return queries.asked_last(finished) if blueprint.no_repeats else set()


def _drawn(
    blueprint: Blueprint, finished: Sequence[Attempt], random: Random, banks: Collection[int] | None, *, again: bool
) -> Sheet | None:
    """None when a question went out of use and the stock at hand did not know."""
    asked = queries.asked(blueprint.pk)
    if banks is not None:
        asked = asked.within(banks)
    if again:
        queries.forget(asked.banks)
    drawn = draw(blueprint, asked, random, finished=finished)
    versions = {version.pk: version for version in _IN_USE.all(versions=[one.version for one in drawn])}
    if len(versions) < len(drawn):
        return None
    return Sheet([_worth(versions[one.version], one.points) for one in drawn])


_IN_USE = Prepared(
    lambda: QuestionVersion.objects.filter(OneOf("pk", "versions"), question__state=Question.State.ACTIVE)
)


def _fixed(blueprint: Blueprint, enrolment: Enrolment, sat: int) -> Sheet:
    """Neighbours get different papers, and who sits again another one."""
    papers = list(blueprint.papers.all())
    if not papers:
        _nothing()
    paper = papers[(enrolment.pk + sat) % len(papers)]
    return Sheet([_worth(item.version, item.points) for item in paper.items.select_related("version")], paper)


def _worth(version: QuestionVersion, points: Decimal) -> tuple[QuestionVersion, Decimal]:
    """With its points; a text between the questions is worth none."""
    return version, points if types.get(version.type).scored else Decimal(0)


def _nothing() -> Sheet:
    raise Infeasible([])
