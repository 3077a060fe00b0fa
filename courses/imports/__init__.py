"""Courses from files: open → read into a draft → look at it → save. Nothing is stored before the last step.

`reading.read` knows which reader a file needs; every reader gives sections of parts, and `outline` makes lessons of
them by one rule. `uploads` keeps a draft between the preview and its confirmation.
"""

from courses.imports.draft import CourseDraft, LessonDraft, Note, Unreadable
from courses.imports.reading import Sent, read

__all__ = ["CourseDraft", "LessonDraft", "Note", "Sent", "Unreadable", "read"]
