"""Reads of the catalogue, of outlines, and search."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from courses.enums import Extent
from courses.models import Course, CourseEdition, EditionLesson

SNIPPET = 30  # characters around a hit
MAX_HITS = 50
_EXTENTS: Final[Mapping[str, Q]] = {
    Extent.SHORT: Q(current_edition__hours__lte=1),
    Extent.MIDDLE: Q(current_edition__hours__gt=1, current_edition__hours__lte=4),
    Extent.LONG: Q(current_edition__hours__gt=4),
}


def catalogue(line: str | None = None, text: str = "") -> QuerySet[Course]:
    """Courses on offer with their current edition; announced ones come last."""
    courses = Course.objects.offered().select_related("current_edition")
    if line:
        courses = courses.filter(line=line)
    for word in text.split():
        courses = courses.filter(_course_contains(word))
    return courses.order_by("current_edition__coming_soon", "line", "code", "pk")


def of_extent(courses: QuerySet[Course], extent: str) -> QuerySet[Course]:
    """Only courses of so many hours; those that are only announced have none yet."""
    return courses.filter(_EXTENTS[extent], current_edition__coming_soon=False)


def for_posts_first(courses: QuerySet[Course], tags: Collection[int]) -> QuerySet[Course]:
    """The same courses, each with `for_me`: whether it has one of these position tags. Those that do come first."""
    links = Course.position_tags.through.objects.filter(course=OuterRef("pk"), positiontag__in=tags)
    mine = courses.annotate(for_me=Exists(links) if tags else Value(False))
    return mine.order_by("current_edition__coming_soon", "-for_me", "line", "code", "pk")


def _course_contains(word: str) -> Q:
    within_lessons = EditionLesson.objects.filter(
        Q(lesson_edition__title__icontains=word) | Q(lesson_edition__text__icontains=word),
        edition__course__current_edition=F("edition"),
    )
    return (
        Q(current_edition__title__icontains=word)
        | Q(current_edition__summary__icontains=word)
        | Q(current_edition__in=within_lessons.values("edition"))
    )


def outline(edition: CourseEdition) -> QuerySet[EditionLesson]:
    """The lessons of an edition in order, one statement; the long texts of the lessons are left in the database."""
    return (
        EditionLesson.objects.filter(edition=edition)
        .select_related("lesson_edition", "lesson")
        .defer("lesson_edition__body", "lesson_edition__html", "lesson_edition__text", "lesson_edition__self_checks")
        .order_by("position")
    )


@dataclass(frozen=True)
class Hit:
    """A lesson that contains the phrase; `before`, `phrase` and `after` are plain text around the first place."""

    course: Course
    line: EditionLesson
    before: str
    phrase: str
    after: str


def search(text: str, *, limit: int = MAX_HITS) -> list[Hit]:
    """Lessons on offer whose title or text contains the phrase, titles first. One statement.

    LIKE is right and fast enough for a few thousand lessons; in Chinese it finds every phrase, also inside words.
    """
    phrase = " ".join(text.split())
    if not phrase:
        return []
    lines = (
        EditionLesson.objects.filter(
            Q(lesson_edition__title__icontains=phrase) | Q(lesson_edition__text__icontains=phrase),
            edition__course__current_edition=F("edition"),
            edition__course__retired_at=None,
        )
        .select_related("edition__course__current_edition", "lesson_edition", "lesson")
        .defer("lesson_edition__body", "lesson_edition__html", "lesson_edition__self_checks")
        .order_by("edition__course__code", "edition__course", "position")[:limit]
    )
    hits = [_hit(line, phrase) for line in lines]
    return sorted(hits, key=lambda hit: phrase.lower() not in hit.line.lesson_edition.title.lower())


def _hit(line: EditionLesson, phrase: str) -> Hit:
    text = re.sub(r"\s+", " ", line.lesson_edition.text)
    start = text.lower().find(phrase.lower())
    found = text[start : start + len(phrase)] if start >= 0 else ""
    start = max(start, 0)
    before = _cut(text[max(0, start - SNIPPET) : start], start > SNIPPET, "")
    rest = text[start + len(found) :]
    after = _cut(rest[:SNIPPET], False, "…" if len(rest) > SNIPPET else "")
    return Hit(line.edition.course, line, before, found, after)


def _cut(piece: str, more_before: bool, more_after: str) -> str:
    return f"{'…' if more_before else ''}{piece}{more_after}"


def modules(lines: Sequence[EditionLesson]) -> list[tuple[str, list[EditionLesson]]]:
    """An outline grouped by module, in order."""
    groups: list[tuple[str, list[EditionLesson]]] = []
    for line in lines:
        if not groups or groups[-1][0] != line.module:
            groups.append((line.module, []))
        groups[-1][1].append(line)
    return groups
