"""What can be learned. Identity, edition and page are three things (architecture.md, decision 1)."""

from courses.models.editions import CourseEdition, EditionFile, EditionLesson, LessonEdition
from courses.models.identity import Course, Lesson
from courses.models.imports import CourseImport
from courses.models.pages import CatalogueIndexPage, CourseModule, CoursePage, LessonPage, new_key

__all__ = [
    "CatalogueIndexPage",
    "Course",
    "CourseEdition",
    "CourseImport",
    "CourseModule",
    "CoursePage",
    "EditionFile",
    "EditionLesson",
    "Lesson",
    "LessonEdition",
    "LessonPage",
    "new_key",
]
