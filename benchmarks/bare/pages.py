"""Bare pages: study page, course page, home."""

from functools import cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.utils import timezone

from benchmarks.bare.sql import Row, marks, now, one, person_of, rows

LEARNED = """
SELECT e.id, e.edition_id, e.*, c.* FROM records_enrolment e JOIN courses_course c ON e.course_id = c.id
WHERE c.uuid = %s AND e.person_id = %s AND e.state <> 'cancelled' ORDER BY e.state DESC, e.cycle DESC LIMIT 1"""
OUTLINE = """
SELECT o.edition_id, o.lesson_edition_id, l.uuid, le.title, o.module, l.kind, o.required, o.minutes, o.lesson_id
FROM courses_editionlesson o JOIN courses_lesson l ON o.lesson_id = l.id
JOIN courses_lessonedition le ON o.lesson_edition_id = le.id WHERE o.edition_id = %s ORDER BY o.position"""
RESULTS = """
SELECT enrolment_id, lesson_id, started_at, valid_seconds, reached_end_at, checked, completed_at, score, max_score,
       passed
FROM records_lessonresult WHERE enrolment_id IN ({})"""
CONTENT = "SELECT title, html FROM courses_lessonedition WHERE id = %s"
ASSIGNED = """
SELECT p.* FROM records_assignedperson p JOIN records_assignment a ON p.assignment_id = a.id
WHERE a.withdrawn_at IS NULL AND p.enrolment_id IN ({})"""
OPEN = """
SELECT e.id, e.edition_id, e.*, c.* FROM records_enrolment e JOIN courses_course c ON e.course_id = c.id
WHERE e.state = 'open' AND e.person_id = %s ORDER BY e.id"""
NOTICES = """
SELECT n.* FROM notices_notice n
WHERE n.person_id = %s AND n.read_at IS NULL ORDER BY n.created_at DESC, n.id DESC LIMIT 4"""
UNREAD = "SELECT COUNT(*) FROM notices_notice WHERE person_id = %s AND read_at IS NULL"
GRANTS = """
SELECT role FROM people_rolegrant WHERE person_id = %s AND starts_at <= %s AND (ends_at IS NULL OR ends_at > %s)"""

PAGE = Engine().from_string(
    "<!doctype html><title>{{ title }}</title><nav>{{ unread }} {{ roles }}</nav><main>"
    "{% for line in lines %}<p>{{ line.3 }} {{ line.7 }}</p>{% endfor %}{{ html|safe }}</main>"
)


def study_page(request: HttpRequest, course: UUID, lesson: UUID) -> HttpResponse:
    person = person_of(request)
    enrolment, edition, *_ = one(LEARNED, course, person)
    rows(RESULTS.format("%s"), enrolment)
    line = next(line for line in outline_of(edition) if str(line[2]).replace("-", "") == lesson.hex)
    title, html = _content(line[1])
    return _page(person, title=title, html=html)


def course_page(request: HttpRequest, course: UUID) -> HttpResponse:
    person = person_of(request)
    enrolment, edition, *_ = one(LEARNED, course, person)
    rows(RESULTS.format("%s"), enrolment)
    rows(ASSIGNED.format("%s"), enrolment)
    now()
    return _page(person, title="", lines=outline_of(edition))


def home(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    now()
    enrolments = rows(OPEN, person)
    ids = [row[0] for row in enrolments]
    rows(ASSIGNED.format(marks(ids)), *ids)
    rows(RESULTS.format(marks(ids)), *ids)
    unread = len(rows(NOTICES, person))
    return _page(person, unread, title="", lines=[outline_of(edition)[0] for _, edition, *_ in enrolments])


@cache
def outline_of(edition: int) -> list[Row]:
    """Kept by the process, as the real views keep editions on the shelf; the same below."""
    return rows(OUTLINE, edition)


@cache
def _content(lesson_edition: int) -> Row:
    return one(CONTENT, lesson_edition)


def _page(person: int, unread: int | None = None, **context: Any) -> HttpResponse:
    """With what every page shows: unread notices, counted unless known, and roles for the menu."""
    unread = one(UNREAD, person)[0] if unread is None else unread
    at = timezone.now()
    roles = rows(GRANTS, person, at, at)
    return HttpResponse(PAGE.render(Context({**context, "unread": unread, "roles": roles})))
