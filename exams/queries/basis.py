"""Which lessons teach the clause a question is based on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from courses.models import Course, EditionLesson
from exams.models import Exam, QuestionVersion
from exams.practice.citing import cites, core

MOST: Final = 2
READ: Final = 50  # texts that may cite the clause


@dataclass(frozen=True)
class Teaching:
    """A lesson whose text cites the clause."""

    title: str
    course: str
    url: str


def words(version: QuestionVersion) -> str:
    """Document, edition and clause, as one line."""
    return " ".join(part for part in (version.basis_document, version.basis_edition, version.basis_clause) if part)


def lessons_on(version: QuestionVersion) -> Sequence[Teaching]:
    """Lessons on offer that cite the basis, those of courses examined from its bank first; one statement."""
    document, clause = version.basis_document, version.basis_clause
    if not core(document) or not clause:
        return []
    examined = Exam.objects.filter(
        lesson__course=OuterRef("edition__course"), blueprint__rules__bank=version.question.bank_id
    )
    lines = EditionLesson.objects.filter(
        edition__course__in=Course.objects.offered(),
        edition__course__current_edition=F("edition"),
        lesson_edition__text__contains=core(document),
    )
    lines = lines.annotate(examined=Exists(examined)).select_related("lesson", "lesson_edition", "edition__course")
    rows = lines.order_by("-examined", "edition", "position")[:READ]
    return [_teaching(row) for row in rows if cites(row.lesson_edition.text, document, clause)][:MOST]


def _teaching(row: EditionLesson) -> Teaching:
    url = reverse("portal:lesson", args=[row.edition.course.uuid, row.lesson.uuid])
    return Teaching(row.lesson_edition.title, row.edition.title, url)
