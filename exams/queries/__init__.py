"""Reads of exams, by the screen or verb that needs them."""

from exams.drawing import Rule
from exams.queries.closing import as_seen, closed_fields, graded
from exams.queries.drawing import blueprint_rules, candidates, infeasible_words
from exams.queries.sitting import (
    History,
    history,
    locked_attempt,
    locked_enrolment,
    locked_item,
    marked_items,
    my_enrolments,
    sheet_items,
    window,
)
from exams.queries.used_up import without_attempts

__all__ = [
    "History",
    "Rule",
    "as_seen",
    "blueprint_rules",
    "candidates",
    "closed_fields",
    "graded",
    "history",
    "infeasible_words",
    "locked_attempt",
    "locked_enrolment",
    "locked_item",
    "marked_items",
    "my_enrolments",
    "sheet_items",
    "window",
    "without_attempts",
]
