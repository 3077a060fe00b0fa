"""Assign a course to a person or to a unit with everything under it; take that back."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from courses.models import Course, CourseEdition
from lms.journal.actions import write
from lms.people.models import OrgUnit, Person
from lms.records.actions.enrol import NotOffered, edition_to_learn
from lms.records.as_of_then import Snapshot, snapshots
from lms.records.models import AssignedPerson, Assignment, Enrolment
from lms.records.queries.assignments import assignable, latest_enrolments, standing_over
from lms.records.rules import due_on_arrival, still_running

BATCH = 5000
TOLD_TOGETHER = 200  # people who get their notice in one transaction


@transaction.atomic
def assign(
    *,
    course: Course,
    person: Person | None = None,
    unit: OrgUnit | None = None,
    required: bool = True,
    due_at: datetime | None = None,
    reason: str = "",
    again: bool = False,
    by: Person | None,
    at: datetime,
) -> Assignment:
    """Assign the course to one person, or to everybody who works in the unit now or later. Raises NotOffered.

    Who already learns it keeps that enrolment. Who has completed it is done at once, or with `again` begins the next
    period. A fixed number of statements for every 5,000 people; announced to `TOLD_TOGETHER` of them at a time, so
    that no delivery keeps others from writing for longer than a moment.
    """
    edition = edition_to_learn(course)
    assignment = Assignment.objects.create(
        course=course, person=person, unit=unit, required=required, due_at=due_at, reason=reason,
        assigned_at=at, assigned_by=by,
    )  # fmt: skip
    people = [person] if person is not None else list(assignable(unit))
    for batch in _batches(people, BATCH):
        _put_under(assignment, edition, batch, due_at, at, again)
    for portion in list(_batches(people, TOLD_TOGETHER)) or [[]]:
        told = {"assignment": assignment.pk, "course": course.pk, "people": [one.pk for one in portion]}
        write("assigned", by=by, at=at, payload=told, about=person, unit=unit)
    return assignment


@transaction.atomic
def assign_to_newcomer(*, person: Person, at: datetime) -> list[Assignment]:
    """Put somebody who joined or moved under the assignments that run over their unit; the new ones are returned.

    What was due before they came is not theirs, and what is due soon leaves them time (`rules.due_on_arrival`).
    """
    new = []
    for assignment in standing_over(person):
        if not still_running(assignment.due_at, at=at):
            continue
        due_at = due_on_arrival(assignment.due_at, at=at)
        try:
            edition = edition_to_learn(assignment.course)
        except NotOffered:  # retired since
            continue
        _put_under(assignment, edition, [person], due_at, at, again=False)
        told = {"assignment": assignment.pk, "course": assignment.course_id, "people": [person.pk]}
        write("assigned-on-arrival", by=None, at=at, payload=told, about=person, unit=assignment.unit)
        new.append(assignment)
    return new


@transaction.atomic
def withdraw(*, assignment: Assignment, by: Person | None, at: datetime) -> None:
    """Take the assignment back. What was learned stays; an enrolment goes on as a free choice."""
    standing = Assignment.objects.filter(pk=assignment.pk, withdrawn_at=None)
    if not standing.update(withdrawn_at=at):
        return
    assignment.withdrawn_at = at
    write(
        "assignment-withdrawn",
        by=by,
        at=at,
        payload={"assignment": assignment.pk, "course": assignment.course_id},
        about=assignment.person,
        unit=assignment.unit,
    )


def _batches(people: list[Person], size: int) -> Iterator[list[Person]]:
    for start in range(0, len(people), size):
        yield people[start : start + size]


def _put_under(
    assignment: Assignment,
    edition: CourseEdition,
    people: list[Person],
    due_at: datetime | None,
    at: datetime,
    again: bool,
) -> None:
    posts = snapshots(people)
    _enrol_all(edition, posts, at, again)
    enrolments = latest_enrolments(assignment.course, posts)
    AssignedPerson.objects.bulk_create(
        [
            AssignedPerson(
                assignment=assignment,
                person_id=pk,
                enrolment=enrolments[pk],
                due_at=due_at,
                required=assignment.required,
                **post,
            )
            for pk, post in posts.items()
        ],
        ignore_conflicts=True,
    )


def _enrol_all(edition: CourseEdition, posts: dict[int, Snapshot], at: datetime, again: bool) -> None:
    """An enrolment for everybody who needs one; somebody may enrol by himself at this moment."""
    known = latest_enrolments(edition.course, posts)
    finished = {Enrolment.State.CANCELLED, Enrolment.State.COMPLETED} if again else {Enrolment.State.CANCELLED}
    Enrolment.objects.bulk_create(
        [
            Enrolment(
                person_id=pk,
                course_id=edition.course_id,
                edition=edition,
                cycle=known[pk].cycle + 1 if pk in known else 1,
                enrolled_at=at,
                **post,
            )
            for pk, post in posts.items()
            if pk not in known or known[pk].state in finished
        ],
        ignore_conflicts=True,
    )
