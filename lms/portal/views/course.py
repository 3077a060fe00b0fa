"""A course: what it is, how far one is, and the way into its lessons."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from certificates.models import Certificate
from courses import kinds
from courses.models import Course, CourseEdition, Lesson
from lms.kernel import clock
from lms.kernel.prepared import Key, PreparedRows
from lms.people.login import login_required
from lms.people.models import PositionTag
from lms.portal.views.learner import catalogue_came_from, learner, open_course, own_course
from lms.records import actions, queries
from lms.records.actions.enrol import NotOffered
from lms.records.models import AssignedPerson, Enrolment
from lms.records.queries import LessonProgress, Progress


@dataclass(frozen=True)
class Terms:
    """What assignments ask: the earliest date, and whether any is compulsory."""

    due_at: datetime | None
    required: bool
    assigned: bool


@login_required
@require_safe
def course(request: HttpRequest, course: UUID) -> HttpResponse:
    person = learner(request)
    found, enrolment = own_course(person, course)
    edition = enrolment.edition if enrolment else found.current_edition
    assert edition is not None
    progress = queries.progress(enrolment) if enrolment else queries.outline_progress(edition.pk)
    context = {
        "nav_current": "courses",
        "course": found,
        "edition": edition,
        "enrolment": enrolment,
        "progress": progress,
        "modules": modules(progress),
        "minutes": sum(lesson.minutes for lesson in progress.lessons),
        "terms": _terms(enrolment),
        "certificate": _certificate(enrolment),
        "posts": [label for (label,) in _POSTS.all(course=found.pk)],
        "back": catalogue_came_from(request),
        "can_begin": _can_begin(found, enrolment, edition),
        "at": clock.now(),
    }
    return render(request, "portal/course.html", context)


@login_required
@require_POST
def enrol(request: HttpRequest, course: UUID) -> HttpResponse:
    """Begin; the next page is the first lesson."""
    person = learner(request)
    found = open_course(person, course)
    try:
        enrolment = actions.enrol(person=person, course=found, by=person, at=clock.now())
    except NotOffered:
        messages.info(request, _("This course is not open yet."))
        return redirect("portal:course", course=course)
    first = queries.progress(enrolment).next
    if first is None or first.is_exam:
        return redirect("portal:course", course=course)
    return redirect("portal:lesson", course=course, lesson=first.uuid)


def modules(progress: Progress) -> list[tuple[str, list[LessonProgress]]]:
    return [(name, list(lessons)) for name, lessons in groupby(progress.lessons, key=lambda lesson: lesson.module)]


def launch_url(line: LessonProgress) -> str | None:
    """Where a lesson that is no text is done; None when nothing provides its kind."""
    try:
        kind = kinds.get(line.kind)
    except KeyError:
        return None
    lesson = Lesson.objects.get(pk=line.lesson)
    return kind.launch_url(lesson.activity_key, lesson)


def _terms(enrolment: Enrolment | None) -> Terms:
    assigned = _ASKED.all(enrolment=enrolment.pk) if enrolment else []
    due_at = min((due_at for due_at, _required in assigned if due_at), default=None)
    return Terms(due_at, any(required for _due_at, required in assigned), bool(assigned))


_POSTS = PreparedRows(lambda: PositionTag.objects.filter(courses=Key("course")).order_by("pk").values_list("label"))
_ASKED = PreparedRows(
    lambda: AssignedPerson.objects.standing().filter(enrolment=Key("enrolment")).values_list("due_at", "required")
)


def _certificate(enrolment: Enrolment | None) -> Certificate | None:
    if enrolment is None or enrolment.state != Enrolment.State.COMPLETED:
        return None
    return Certificate.objects.filter(enrolment=enrolment).first()


def _can_begin(course: Course, enrolment: Enrolment | None, edition: CourseEdition) -> bool:
    return enrolment is None and not edition.coming_soon and course.retired_at is None
