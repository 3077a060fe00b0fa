"""An analysis as JSON, and as lines to read in a terminal."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.analysis.words import FIGURES, WHY
from exams.statistics import Analysis, ItemFigures, PaperFigures, Why

Figures = ItemFigures | PaperFigures
ITEM: Final = {
    "attempts": "attempts",
    "maximum_mark": "maximum",
    "mean": "mean",
    "facility_index": "facility",
    "standard_deviation": "deviation",
    "standard_deviation_percent": "deviation_percent",
    "intended_weight": "intended_weight",
    "effective_weight": "effective_weight",
    "discrimination_index": "discrimination",
    "discriminative_efficiency": "efficiency",
}
PAPER: Final = {
    "attempts": "attempts",
    "maximum_mark": "maximum",
    "mean": "mean",
    "median": "median",
    "standard_deviation": "deviation",
    "skewness": "skewness",
    "kurtosis": "kurtosis",
    "coefficient_of_internal_consistency": "consistency",
    "error_ratio": "error_ratio",
    "standard_error": "standard_error",
}
UNITS: Final = {
    "marks": ["maximum_mark", "mean", "median", "standard_deviation", "standard_error"],
    "percent": [
        "facility_index", "standard_deviation_percent", "intended_weight", "effective_weight", "discrimination_index",
        "discriminative_efficiency", "coefficient_of_internal_consistency", "error_ratio",
    ],
}  # fmt: skip
HEADINGS: Final[Sequence[tuple[str, str | Promise]]] = [
    ("facility", gettext_lazy("Facility %")),
    ("deviation", gettext_lazy("Std dev")),
    ("intended_weight", gettext_lazy("Intended %")),
    ("effective_weight", gettext_lazy("Effective %")),
    ("discrimination", gettext_lazy("Discr. index %")),
    ("efficiency", gettext_lazy("Discr. eff. %")),
]


def as_json(names: Sequence[str], analysis: Analysis) -> dict[str, Any]:
    """Every figure; null where it is undefined, and under `undefined` why."""
    items = [
        {"item": name, "column": column, **_named(figures, ITEM)}
        for column, (name, figures) in enumerate(zip(names, analysis.items, strict=True), 1)
    ]
    return {"paper": {"items": len(items), **_named(analysis.paper, PAPER)}, "items": items, "units": UNITS}


def _named(figures: Figures, names: Mapping[str, str]) -> dict[str, Any]:
    why = {name: str(figures.undefined[own]) for name, own in names.items() if own in figures.undefined}
    return {**{name: getattr(figures, own) for name, own in names.items()}, "undefined": why}


def lines(names: Sequence[str], analysis: Analysis) -> list[str]:
    """The paper, a row for each item, and what the marks in brackets mean."""
    notes: dict[Why, int] = {}
    paper = [(str(FIGURES[own]), _cell(analysis.paper, own, notes)) for own in PAPER.values() if own != "attempts"]
    head = [_("Item"), *(str(heading) for _own, heading in HEADINGS)]
    rows = [
        [name, *(_cell(figures, own, notes) for own, _heading in HEADINGS)]
        for name, figures in zip(names, analysis.items, strict=True)
    ]
    width = max(_width(label) for label, _value in paper)
    found = [_("%(n)s attempts, %(items)s items") % {"n": analysis.paper.attempts, "items": len(names)}, ""]
    found += [f"{_padded(label, width)}  {value}" for label, value in paper]
    found += ["", *_aligned([head, *rows])]
    return found + [f"[{number}] {WHY[why]}" for why, number in notes.items()]


def _cell(figures: Figures, name: str, notes: dict[Why, int]) -> str:
    value = getattr(figures, name)
    if value is not None:
        return f"{value:.2f}"
    return f"— [{notes.setdefault(figures.undefined[name], len(notes) + 1)}]"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            _padded(cell, width) if not at else " " * (width - _width(cell)) + cell
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Columns in a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
