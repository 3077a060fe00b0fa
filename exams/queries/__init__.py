"""Reads of exams, by the screen or verb that needs them."""

from exams.queries.closing import Outcome, as_seen, closed_fields, corrected_score, graded, outcome
from exams.queries.drawing import Asked, asked, asked_last, infeasible_words, marks, overexposed
from exams.queries.marking import criteria, for_grading
from exams.queries.outlook import Outlook, outlook
from exams.queries.scores import marking_rule, marks_of, recomputed
from exams.queries.sitting import (
    History,
    history,
    locked_attempt,
    locked_enrolment,
    locked_item,
    my_enrolments,
    sheet_items,
    window,
)
from exams.queries.stock import forget, stock
from exams.queries.used_up import without_attempts
from exams.rules.drawing import Rule

__all__ = [
    "History",
    "Outcome",
    "Outlook",
    "Rule",
    "Asked",
    "as_seen",
    "asked",
    "asked_last",
    "closed_fields",
    "corrected_score",
    "criteria",
    "for_grading",
    "forget",
    "graded",
    "history",
    "infeasible_words",
    "locked_attempt",
    "locked_enrolment",
    "locked_item",
    "marking_rule",
    "marks",
    "marks_of",
    "my_enrolments",
    "outcome",
    "outlook",
    "overexposed",
    "recomputed",
    "sheet_items",
    "stock",
    "window",
    "without_attempts",
]
