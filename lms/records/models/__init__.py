"""Enrolments, lesson results, study time, assignments, hours and the training record."""

from lms.records.models.assignment import AssignedPerson, Assignment
from lms.records.models.enrolment import Enrolment, LessonResult
from lms.records.models.hours import HourCredit, TrainingRecord
from lms.records.models.study import ActiveStudy, StudyInterval

__all__ = [
    "ActiveStudy",
    "AssignedPerson",
    "Assignment",
    "Enrolment",
    "HourCredit",
    "LessonResult",
    "StudyInterval",
    "TrainingRecord",
]
