"""What pages and workbooks show of an analysis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams import types
from exams.analysis.flags import Doubt, Flag, flags
from exams.analysis.heat import Found
from exams.analysis.words import FIGURES, MEANING, WHY
from exams.markup import bare
from exams.models import AnalysedItem, AnalysisOrder, Exam, ExamAnalysis
from exams.queries.analysis import finished
from exams.statistics import Why

PAPER: Final = (
    "mean", "median", "deviation", "skewness", "kurtosis", "consistency", "error_ratio", "standard_error",
)  # fmt: skip
ITEM: Final = (
    "facility", "deviation_percent", "guess", "intended_weight", "effective_weight", "discrimination", "efficiency",
)  # fmt: skip
SORTABLE: Final = ("number", *ITEM)
PERCENT: Final = frozenset({*ITEM, "consistency", "error_ratio"})
DOUBTS: Final[dict[Doubt, str | Promise]] = {
    Doubt.KEY: gettext_lazy("The key may be wrong: the stronger third is wrong more often"),
    Doubt.HARD: gettext_lazy("Too hard"),
    Doubt.FLAT: gettext_lazy("Does not tell strong from weak"),
    Doubt.EASY: gettext_lazy("Too easy"),
}


@dataclass(frozen=True)
class Figure:
    """One figure with its name, its unit and its meaning; `why` says why there is none."""

    name: str
    label: str | Promise
    value: float | None
    percent: bool
    meaning: str | Promise
    why: str | Promise


@dataclass(frozen=True)
class Doubted:
    """A flag in words: what it is, and the figures that made it."""

    doubt: Doubt
    label: str | Promise
    figures: str


@dataclass(frozen=True)
class Line:
    """One question of the table."""

    item: AnalysedItem
    figures: Sequence[Figure]
    doubts: Sequence[Doubted]

    @property
    def stem(self) -> str:
        """Only its words."""
        return bare(self.item.version.stem, self.item.version.markup)

    @property
    def type(self) -> str | Promise:
        return types.get(self.item.version.type).label

    def value(self, name: str) -> float | None:
        found: float | None = self.item.number if name == "number" else self.item.figures[name]
        return found


def newest(exam: Exam) -> ExamAnalysis | None:
    return ExamAnalysis.objects.filter(exam=exam).first()


def newest_order(exam: Exam) -> AnalysisOrder | None:
    return AnalysisOrder.objects.filter(exam=exam).order_by("-asked_at", "-pk").first()


def since(analysis: ExamAnalysis) -> int:
    """How many attempts that would count were handed in after the analysis."""
    return max(0, finished(analysis.exam, analysis.which).count() - analysis.attempts - analysis.unmarked)


def lines(analysis: ExamAnalysis, sort: str = "") -> list[Line]:
    """Every question, those in doubt first; or by a figure, `-name` downwards, undefined ones always last."""
    items = analysis.items.select_related("version").defer("responses", "units", "version__content", "version__key")
    found = [line(item) for item in items]
    name = sort.removeprefix("-")
    if name not in SORTABLE:
        return sorted(found, key=_urgency)
    known = [(each.value(name), each) for each in found]
    defined = sorted(((value, each) for value, each in known if value is not None), key=lambda pair: pair[0])
    if sort.startswith("-"):
        defined.reverse()
    return [each for _value, each in defined] + [each for value, each in known if value is None]


def line(item: AnalysedItem) -> Line:
    found = flags(item.attempts, item.facility, item.discrimination, item.thirds)
    return Line(item, [figure(item.figures, name) for name in ITEM], [_doubted(flag) for flag in found])


def figure(figures: dict[str, Any], name: str) -> Figure:
    why = figures["undefined"].get(name, "")
    return Figure(
        name=name,
        label=FIGURES[name],
        value=figures[name],
        percent=name in PERCENT,
        meaning=MEANING.get(name, ""),
        why=WHY[Why(why)] if why else "",
    )


def paper(analysis: ExamAnalysis) -> list[Figure]:
    return [figure(analysis.paper, name) for name in PAPER]


def _urgency(line: Line) -> tuple[int, int]:
    order = list(Doubt)
    return order.index(line.doubts[0].doubt) if line.doubts else len(order), line.item.number


def _doubted(flag: Flag) -> Doubted:
    return Doubted(flag.doubt, DOUBTS[flag.doubt], _said(flag))


def _said(flag: Flag) -> str:
    first = f"{flag.figures[0]:.0f}"
    if flag.doubt is Doubt.KEY:
        return _("upper third %(upper)s %% of the points, lower third %(lower)s %%") % {
            "upper": first,
            "lower": f"{flag.figures[1]:.0f}",
        }
    if flag.doubt is Doubt.FLAT:
        return _("discrimination index %(n)s %%") % {"n": first}
    return _("facility index %(n)s %%") % {"n": first}


@dataclass(frozen=True)
class Share:
    """`count` of `of` gave an answer."""

    count: int
    of: int

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.of) if self.of else 0


@dataclass(frozen=True)
class Answered:
    """One answer to a question: how often it was given, in all and by each third."""

    part: str
    text: str
    none: bool
    right: bool
    total: Share
    lower: Share
    middle: Share
    upper: Share


def answered(item: AnalysedItem) -> list[Answered]:
    """Part by part every option, then what was left open."""
    found = [
        Answered(
            part,
            text,
            option is None,
            credit > 0,
            Share(sum(counts), item.attempts),
            *(Share(count, size) for count, size in zip(counts, item.sizes, strict=True)),
        )
        for part, option, text, credit, *counts in item.responses
    ]
    return sorted(found, key=lambda each: (each.part, each.none))


def by_basis(analysis: ExamAnalysis) -> list[Found]:
    """Questions by source document and clause."""
    return [
        Found(
            item.number, " ".join(filter(None, (item.version.basis_document, item.version.basis_clause))), item.units
        )
        for item in _with_units(analysis)
    ]


def by_topic(analysis: ExamAnalysis) -> list[Found]:
    return [Found(item.number, item.version.question.topic, item.units) for item in _with_units(analysis)]


def _with_units(analysis: ExamAnalysis) -> QuerySet[AnalysedItem]:
    return analysis.items.select_related("version__question").only(
        "number", "units", "version__basis_document", "version__basis_clause", "version__question__topic"
    )
