"""The verbs of courses. They take plain values and the time; none knows a request."""

from courses.actions.copies import duplicate_course
from courses.actions.drafts import Activity, draft_course, draft_lesson
from courses.actions.editions import publish_edition, retire_course
from courses.actions.imports import forget_imports, import_course
from courses.actions.outlines import OutlineChanged, arrange_course
from courses.actions.plain import publish_plain_course
from courses.actions.publishing import course_went_live, lesson_went_live, publish_course
from courses.actions.reviews import announce_decision, announce_submission
from courses.actions.setup import ensure_catalogue

__all__ = [
    "Activity",
    "OutlineChanged",
    "announce_decision",
    "announce_submission",
    "arrange_course",
    "course_went_live",
    "draft_course",
    "draft_lesson",
    "duplicate_course",
    "ensure_catalogue",
    "forget_imports",
    "import_course",
    "lesson_went_live",
    "publish_course",
    "publish_edition",
    "publish_plain_course",
    "retire_course",
]
