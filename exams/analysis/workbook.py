"""An analysis as an Excel workbook."""

from collections.abc import Iterable
from typing import IO, Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exams.analysis import heat
from exams.analysis.words import FIGURES
from exams.models import ExamAnalysis
from exams.queries import analysed
from exams.queries.columns import Columns
from lms.kernel.sheets import workbook


def write(file: IO[bytes], analysis: ExamAnalysis, columns: Columns) -> None:
    """Paper, questions, answers, and what was misread in these units by clause and by topic."""
    lines = sorted(analysed.lines(analysis), key=lambda line: line.item.number)
    with workbook(file, fractions="0.00") as sheets:
        sheets.fill(_("Paper"), [_("Item"), _("Value"), _("Remark")], (34, 16, 60), _paper(analysis))
        sheets.fill(_("Questions"), _question_heads(), (6, 60, 10, *[12] * 10, 50), map(_question, lines))
        heads = [_("No."), _("Answer"), _("Right"), _("Lower third"), _("Middle third"), _("Upper third"), _("Total")]
        sheets.fill(_("Answers"), heads, (6, 60, 8, 12, 12, 12, 8), _answers(analysis))
        for title, found in (
            (_("By clause"), analysed.by_basis(analysis)),
            (_("By topic"), analysed.by_topic(analysis)),
        ):
            heads = [title, _("Answers"), _("Wrong"), *(unit.name for unit in columns.heads)]
            widths = (50, 10, 10, *[14] * len(columns.heads))
            sheets.fill(title, heads, widths, map(_misread, heat.rows(found, columns.units)))


def _paper(analysis: ExamAnalysis) -> Iterable[list[Any]]:
    yield [_("Exam"), analysis.exam.title]
    yield [_("As of"), f"{localtime(analysis.at):%Y-%m-%d %H:%M}"]
    yield [_("Attempts"), analysis.attempts, analysis.get_which_display()]
    yield [_("Not marked yet"), analysis.unmarked]
    yield [_("Maximum mark"), analysis.paper["maximum"]]
    for figure in analysed.paper(analysis):
        yield [_named(figure), figure.value, str(figure.why or figure.meaning)]
    step = 100 // len(analysis.bins)
    for number, count in enumerate(analysis.bins):
        yield [_("Totals from %(low)s %% to %(high)s %%") % {"low": number * step, "high": (number + 1) * step}, count]


def _question_heads() -> list[str]:
    figures = [f"{FIGURES[name]} (%)" for name in analysed.ITEM]
    return [
        _("No."),
        _("Question"),
        pgettext("question", "Type"),
        _("Points"),
        _("Attempts"),
        _("Drawn"),
        *figures,
        _("Look at"),
    ]


def _question(line: analysed.Line) -> list[Any]:
    item = line.item
    doubts = "; ".join(f"{each.label} ({each.figures})" for each in line.doubts)
    facts = [item.number, line.stem, str(line.type), float(item.points), item.attempts]
    return [*facts, _("yes") if item.drawn else "", *(figure.value for figure in line.figures), doubts]


def _answers(analysis: ExamAnalysis) -> Iterable[list[Any]]:
    for item in analysis.items.defer("units"):
        for one in analysed.answered(item):
            text = _("No answer") if one.none else one.text
            text = f"({one.part}) {text}" if one.part else text
            right = _("yes") if one.right else ""
            yield [item.number, text, right, *(each.count for each in (one.lower, one.middle, one.upper, one.total))]


def _misread(row: heat.Row) -> list[Any]:
    fields = [field.percent if field.asked else None for field in row.fields]
    return [row.label or _("not stated"), row.total.asked, row.total.wrong, *fields]


def _named(figure: analysed.Figure) -> str:
    return f"{figure.label} (%)" if figure.percent else str(figure.label)
