"""Reads of exams, by the screen or verb that needs them."""

from exams.queries.closing import CLOSED_FIELDS, Outcome, as_seen, closed_fields, corrected_score, graded, outcome
from exams.queries.drawing import Asked, asked, asked_last, infeasible_words, marks, overexposed
from exams.queries.marking import criteria, for_grading
from exams.queries.outlook import Outlook, outlook
from exams.queries.scores import marking_rule, marks_of, recomputed
from exams.queries.sitting import (
    History,
    announced_exam,
    history,
    locked_attempt,
    locked_enrolment,
    locked_item,
    locked_sitting,
    my_enrolments,
    sheet_items,
    window,
)
from exams.queries.stock import forget, stock
from exams.queries.used_up import without_attempts
from exams.rules.drawing import Rule

__all__ = [
    "CLOSED_FIELDS",
    "History",
    "Outcome",
    "Outlook",
    "Rule",
    "Asked",
    "announced_exam",
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
    "locked_sitting",
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
