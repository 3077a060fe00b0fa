"""Reads that join several facts, one file for each screen they serve."""

from lms.records.queries.assignments import Preview, Reach, assignments_within, preview_assignment, reach
from lms.records.queries.study import courses_open_to, enrolment_in, result_in
from lms.records.queries.tasks import LessonProgress, Progress, Task, due_tasks, outline_progress, progress
from lms.records.queries.transcript import TranscriptLine, hours_by_account, transcript

__all__ = [
    "LessonProgress",
    "Preview",
    "Progress",
    "Reach",
    "Task",
    "TranscriptLine",
    "assignments_within",
    "courses_open_to",
    "due_tasks",
    "enrolment_in",
    "hours_by_account",
    "outline_progress",
    "preview_assignment",
    "progress",
    "reach",
    "result_in",
    "transcript",
]
