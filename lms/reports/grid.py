"""人员 × 课程: who works in a unit today, and where each of them stands with each course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from courses import shelf
from lms.people.models import OrgUnit, PostAssignment
from lms.records.models import Enrolment
from lms.reports.counting import tasks
from lms.reports.figures import Asked, CourseOption

Row = tuple[int, str, str, str]  # person, name, number, name of the unit


class Mark(StrEnum):
    """Of several periods of one course the worst counts; in this order."""

    OVERDUE = "overdue"
    OPEN = "open"
    LATE = "late"
    DONE = "done"


WORST_FIRST = list(Mark)


@dataclass(frozen=True)
class Line:
    """One person; `marks` in the order of the columns, None where nothing is assigned."""

    name: str
    staff_no: str
    unit: str
    marks: Sequence[Mark | None]


def people(units: QuerySet[OrgUnit], asked: Asked) -> QuerySet[Any, Row]:
    """Who works there and has tasks, by unit and number."""
    posts = PostAssignment.objects.current().filter(unit__in=units)
    given = tasks(required=asked.required).filter(person=OuterRef("person"))
    if asked.course:
        given = given.filter(assignment__course__uuid=asked.course)
    rows = posts.filter(Exists(given)).order_by("unit__path", "person__staff_no")
    return rows.values_list("person", "person__name", "person__staff_no", "unit__name")


def lines(page: Sequence[Row], asked: Asked, at: datetime) -> tuple[list[CourseOption], list[Line]]:
    """The columns, by title, and a line for each of these rows of `people`: one statement."""
    marks = _marks([pk for pk, *_ in page], asked, at)
    courses = sorted({course for _, course in marks}, key=lambda course: course.title)
    found = [Line(name, no, unit, [marks.get((pk, course)) for course in courses]) for pk, name, no, unit in page]
    return courses, found


def _marks(people: Sequence[int], asked: Asked, at: datetime) -> dict[tuple[int, CourseOption], Mark]:
    given = tasks(required=asked.required).filter(person__in=people).order_by()
    if asked.course:
        given = given.filter(assignment__course__uuid=asked.course)
    rows = list(
        given.values_list(
            "person", "assignment__course__uuid", "assignment__course__current_edition", "due_at", "enrolment__state",
            "enrolment__completed_at",
        )
    )  # fmt: skip
    titles = _titles({edition for _, _, edition, *_ in rows if edition is not None})
    found: dict[tuple[int, CourseOption], Mark] = {}
    for person, uuid, edition, due, state, completed in rows:
        key = person, CourseOption(uuid, titles.get(edition, ""))
        mark = _mark(due, state, completed, at)
        found[key] = min(found.get(key, mark), mark, key=WORST_FIRST.index)
    return found


def _titles(editions: set[int]) -> dict[int | None, str]:
    return {pk: edition.facts.title for pk, edition in shelf.editions.many(editions).items()}


def _mark(due: datetime | None, state: str, completed: datetime | None, at: datetime) -> Mark:
    if state == Enrolment.State.COMPLETED:
        return Mark.LATE if due and completed and completed > due else Mark.DONE
    return Mark.OVERDUE if due and due < at else Mark.OPEN
