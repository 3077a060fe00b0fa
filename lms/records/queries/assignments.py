"""Reads around assignments: whom one would reach, and whom it has reached."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from courses.models import Course
from lms.people.models import OrgUnit, Person, PostAssignment
from lms.records.models import AssignedPerson, Assignment, Enrolment


@dataclass(frozen=True)
class Preview:
    """Whom an assignment would reach: `new` begin, `learning` go on, `done` have completed the course already."""

    new: list[Person]
    learning: list[Person]
    done: list[Person]

    @property
    def total(self) -> int:
        return len(self.new) + len(self.learning) + len(self.done)


def assignable(unit: OrgUnit | None) -> QuerySet[Person]:
    """People whose current post lies in the unit or under it, by number."""
    if unit is None:
        return Person.objects.none()
    posts = PostAssignment.objects.current().filter(unit__path__startswith=unit.path)
    people: QuerySet[Person] = Person.objects.filter(posts__in=posts, is_active=True).order_by("staff_no")
    return people


def latest_enrolments(course: Course, people: Iterable[int] | QuerySet[Person]) -> dict[int, Enrolment]:
    """The newest enrolment of each of these people (ids) in the course, by person."""
    within = people.order_by() if isinstance(people, QuerySet) else list(people)
    enrolments = Enrolment.objects.filter(course=course, person__in=within).order_by("cycle")
    return {enrolment.person_id: enrolment for enrolment in enrolments}


def preview_assignment(*, course: Course, person: Person | None = None, unit: OrgUnit | None = None) -> Preview:
    """Sorts the people an assignment would reach; changes nothing."""
    people = [person] if person is not None else list(assignable(unit))
    known = latest_enrolments(course, [person.pk] if person is not None else assignable(unit))
    states = {pk: enrolment.state for pk, enrolment in known.items()}
    return Preview(
        new=[person for person in people if states.get(person.pk) in (None, Enrolment.State.CANCELLED)],
        learning=[person for person in people if states.get(person.pk) == Enrolment.State.OPEN],
        done=[person for person in people if states.get(person.pk) == Enrolment.State.COMPLETED],
    )


def standing_over(person: Person) -> list[Assignment]:
    """Assignments of units at or above the person's current unit that they are not yet under."""
    post = PostAssignment.objects.current().filter(person=person).select_related("unit").first()
    if post is None:
        return []
    over = Assignment.objects.filter(withdrawn_at=None, unit__isnull=False).exclude(people__person=person)
    over = over.annotate(_path=Value(post.unit.path)).filter(_path__startswith=F("unit__path"))
    return list(over.select_related("course__current_edition").order_by("pk"))


def assignments_within(units: QuerySet[OrgUnit]) -> QuerySet[Assignment]:
    """Assignments to these units or to people who work in them now, newest first, with `total` and `done`."""
    people = PostAssignment.objects.current().filter(unit__in=units).values("person")
    return (
        Assignment.objects.filter(Q(unit__in=units) | Q(person__in=people))
        .select_related("course__current_edition", "person", "unit", "assigned_by")
        .annotate(
            total=Count("people"),
            done=Count("people", filter=Q(people__enrolment__state=Enrolment.State.COMPLETED)),
        )
        .order_by("-assigned_at", "-pk")
    )


@dataclass(frozen=True)
class Reach:
    """Who is under an assignment: by name as far as the viewer's scope reaches today, the others as a number."""

    people: Sequence[AssignedPerson]
    elsewhere: int


def reach(assignment: Assignment, units: QuerySet[OrgUnit], at: datetime) -> Reach:
    """Open ones first, overdue before others; each with `enrolment` and `overdue`."""
    everybody = AssignedPerson.objects.filter(assignment=assignment)
    posts = PostAssignment.objects.current().filter(unit__in=units)
    here = everybody.filter(person__in=posts.values("person"))
    overdue = Q(enrolment__state=Enrolment.State.OPEN, due_at__lt=at)
    people = list(
        here.select_related("person", "enrolment", "unit")
        .annotate(overdue=Case(When(overdue, then=Value(True)), default=Value(False)))
        .order_by("-overdue", "-enrolment__state", "person__staff_no")
    )
    return Reach(people, everybody.count() - len(people))
