"""Reads for the study page."""

from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField

from courses import shelf
from courses.models import Course
from lms.kernel.prepared import Key, Parameter, Prepared
from lms.people.models import Person
from lms.records.models import AssignedPerson, Enrolment, LessonResult


def courses_open_to(person: Person) -> QuerySet[Course]:
    """Courses the person may see: everything offered, for an external only what is assigned; and what they learn."""
    assigned = AssignedPerson.objects.standing().filter(person=person).values("assignment__course")
    learned = Enrolment.objects.filter(person=person).exclude(state=Enrolment.State.CANCELLED).values("course")
    if person.is_external:
        return Course.objects.filter(pk__in=assigned).exclude(current_edition=None)
    return Course.objects.filter(
        Q(retired_at=None) & ~Q(current_edition=None) | Q(pk__in=learned) | Q(pk__in=assigned)
    ).exclude(current_edition=None)


def enrolment_in(person: Person, course: UUID) -> Enrolment | None:
    """The enrolment a person's pages show: the open one, else the last completed one; with course and edition."""
    found = _SHOWN.first(person=person.pk, course=course)
    if found is not None:
        found.edition = shelf.editions.one(found.edition_id).facts
    return found


_SHOWN = Prepared(
    lambda: (
        Enrolment.objects.filter(person=Key("person"), course__uuid=Parameter("course", UUIDField()))
        .exclude(state=Enrolment.State.CANCELLED)
        .select_related("course")
        .order_by("-state", "-cycle")[:1]
    )  # "open" comes after "completed" in the alphabet
)


def result_in(person: Person, lesson: UUID) -> LessonResult | None:
    """The person's newest result of a lesson, with what a beat's reply needs."""
    results = LessonResult.objects.filter(enrolment__person=person, lesson__uuid=lesson)
    return results.order_by("-enrolment__cycle").first()
