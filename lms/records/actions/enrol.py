"""Begin learning a course."""

from datetime import datetime

from django.db import IntegrityError, transaction

from courses.models import Course, CourseEdition
from lms.people.models import Person
from lms.records.as_of_then import snapshot
from lms.records.models import Enrolment


class NotOffered(Exception):
    """The course has no edition that can be learned: never published, retired or only announced."""


@transaction.atomic
def enrol(*, person: Person, course: Course, by: Person | None, at: datetime, again: bool = False) -> Enrolment:
    """The person's open enrolment in the course; a new one when there is none. Raises NotOffered.

    Whoever has completed the course gets that enrolment back, unless `again` asks for the next period.
    """
    latest = _latest(person, course)
    if latest and (latest.state == Enrolment.State.OPEN or latest.state == Enrolment.State.COMPLETED and not again):
        return latest
    edition = edition_to_learn(course)
    try:
        with transaction.atomic():
            return Enrolment.objects.create(
                person=person,
                course=course,
                edition=edition,
                cycle=latest.cycle + 1 if latest else 1,
                enrolled_at=at,
                **snapshot(person),
            )
    except IntegrityError:  # a second tap was faster
        return Enrolment.objects.open().select_related("course", "edition").get(person=person, course=course)


def edition_to_learn(course: Course) -> CourseEdition:
    """The edition that who begins today learns. Raises NotOffered when there is none."""
    edition = course.current_edition
    if edition is None or edition.coming_soon or course.retired_at is not None:
        raise NotOffered(course)
    return edition


def _latest(person: Person, course: Course) -> Enrolment | None:
    enrolments = Enrolment.objects.filter(person=person, course=course).select_related("course", "edition")
    return enrolments.order_by("-cycle").first()
