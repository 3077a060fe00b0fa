"""What every learner's page begins with."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from courses.models import Course
from lms.people.models import Person
from lms.records import queries
from lms.records.models import Enrolment


def learner(request: HttpRequest) -> Person:
    """Who asks; the views behind `login_required` know that it is a person."""
    assert isinstance(request.user, Person)
    return request.user


def catalogue_came_from(request: HttpRequest) -> str:
    """The catalogue as the person left it a page ago, filters and all; else the whole of it."""
    catalogue = reverse("portal:catalogue")
    address = request.headers.get("Referer", "").partition("://")[2]
    here, _, query = address.partition("?")
    return f"{catalogue}?{query}" if query and here == f"{request.get_host()}{catalogue}" else catalogue


def open_course(person: Person, uuid: UUID) -> Course:
    """A course the person may see, with its current edition. Everything else does not exist."""
    course = queries.courses_open_to(person).filter(uuid=uuid).select_related("current_edition").first()
    if course is None:
        raise Http404
    return course


def own_course(person: Person, uuid: UUID) -> tuple[Course, Enrolment | None]:
    """A course the person may see and their enrolment in it, in one statement for whoever learns it already.

    Externals lose sight of a course when its assignment is withdrawn, so for them the assignment decides.
    """
    enrolment = queries.enrolment_in(person, uuid)
    if enrolment is not None and not person.is_external:
        return enrolment.course, enrolment
    return open_course(person, uuid), enrolment
