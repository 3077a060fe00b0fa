"""The study page: a lesson as it was published, and how far this person is with it."""

from math import ceil
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cms.holding import hold
from cms.labels import for_reader
from courses import shelf
from courses.shelf import Content
from lms.people.data_saver import saves_data
from lms.people.login import login_required
from lms.portal.views.course import launch_url
from lms.portal.views.learner import learner, own_course
from lms.records import queries, rules, standing
from lms.records.queries import LessonProgress, Progress


@login_required
@require_safe
def lesson(request: HttpRequest, course: UUID, lesson: UUID) -> HttpResponse:
    """Shows; what changes anything (starting, and with it enrolling) is a POST of the page."""
    person = learner(request)
    found, enrolment = own_course(person, course)
    edition = enrolment.edition if enrolment else found.current_edition
    if edition is None or edition.coming_soon:
        raise Http404
    progress = queries.progress(enrolment) if enrolment else queries.outline_progress(edition.pk)
    line = next((one for one in progress.lessons if one.uuid == lesson), None)
    if line is None:
        raise Http404
    if line.is_exam:
        return redirect((launch_url(line) if enrolment else None) or found_url(course))
    content, saving = shelf.contents.one(line.lesson_edition), saves_data(request)
    context = {
        "nav_current": "courses",
        "course": found,
        "edition": edition,
        "line": line,
        "content": content,
        "html": for_reader(hold(content.html) if saving else content.html, content.media),
        "data_saver": saving,
        "written_in": settings.LANGUAGE_CODE,
        "next": _next(progress, line),
        **_standing(content, line),
    }
    return render(request, "portal/lesson.html", context)


def found_url(course: UUID) -> str:
    return f"/courses/{course}/"


def _standing(content: Content, line: LessonProgress) -> dict[str, Any]:
    """What the page says about this person before its script takes over."""
    facts = standing.facts_of(
        content,
        reached_end=line.reached_end,
        valid_seconds=line.valid_seconds,
        answered=line.checked,
        watched=line.watched,
    )
    required = facts.required_seconds
    total = max(1, ceil(required / 60))
    return {
        "completed": line.completed,
        "outstanding": [] if line.completed else rules.outstanding(facts),
        "credited_seconds": line.valid_seconds,
        "required_seconds": required,
        "done_minutes": total if line.valid_seconds >= required else line.valid_seconds // 60,
        "total_minutes": total,
        "self_checks_done": sum(key in line.checked for key in content.self_checks),
        "self_checks_total": len(content.self_checks),
        "media": _media(content, line),
    }


def _media(content: Content, line: LessonProgress) -> list[dict[str, Any]]:
    """What there is to play or leaf through, each with how far this person is: `left` in minutes, or pages."""
    stands = standing.of_media(content, line.watched) if content.media else []
    return [
        {
            "medium": medium,
            "done": line.completed or stand.done,
            "left": stand.left if medium.pages else ceil(stand.left / 60),
        }
        for medium, stand in zip(content.media, stands, strict=True)
    ]


def _next(progress: Progress, line: LessonProgress) -> LessonProgress | None:
    """The lesson after this one in the outline."""
    return next((one for one in progress.lessons if one.number > line.number), None)
