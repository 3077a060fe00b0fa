"""Classical test theory: marks in, figures out. No database, no clock, no texts.

The formulas are those published for Moodle's quiz statistics: docs.moodle.org/dev, "Quiz statistics calculations".
"""

from exams.statistics.figures import Analysis, ItemFigures, PaperFigures, Why
from exams.statistics.items import effective_weights, item_figures
from exams.statistics.paper import paper_figures
from exams.statistics.table import Column, Place, Table

__all__ = ["Analysis", "Column", "ItemFigures", "PaperFigures", "Place", "Table", "Why", "analyse"]


def analyse(table: Table) -> Analysis:
    """Every figure of a table of marks."""
    weights = effective_weights(table)
    items = [item_figures(column, table, weight) for column, weight in zip(table.columns, weights, strict=True)]
    return Analysis(paper_figures(table), items)
