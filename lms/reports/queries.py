"""Completion as managers see it.

A task is one person, one course, one period: of several assignments that share an enrolment the one due first counts.
Figures belong to the unit of the day of assignment; names show today's scope only. A page reads its scope once and
hands it to every query: units as plain ids are what a database plans best with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses import shelf
from lms.notices.models import Notice
from lms.people import access
from lms.people.models import OrgUnit, Person, PostAssignment
from lms.records.models import AssignedPerson, Enrolment
from lms.reports.figures import Cell, CourseOption, Figures, Unit

NEVER = datetime.fromisoformat("9999-12-01T00:00:00+00:00")
DONE = Q(enrolment__state=Enrolment.State.COMPLETED)
STATES = ("overdue", "open", "completed")
LINE = (
    "name", "staff_no", "uuid", "post_unit", "title", "due_at", "required", "completed_at",
    "done", "overdue", "late", "moved_in", "reminded",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the viewer asked to see. `unit` is in scope, None for all of it; `direct`: without the units below."""

    unit: Unit | None = None
    direct: bool = False
    course: UUID | None = None
    required: bool = False
    state: str = ""


def units_in_scope(viewer: Person) -> list[Unit]:
    """Every unit the viewer may see records of, in tree order; none means no access at all."""
    rows = access.scope(viewer, access.Perm.RECORDS_VIEW).order_by("path")
    return [Unit(*row) for row in rows.values_list("id", "code", "name", "path", "parent_id")]


def tasks(*, required: bool) -> QuerySet[AssignedPerson]:
    """One row a task, that of the assignment due first."""
    standing = AssignedPerson.objects.standing().annotate(_due=Coalesce("due_at", Value(NEVER, DateTimeField())))
    if required:
        standing = standing.filter(required=True)
    sooner = Q(_due__lt=OuterRef("_due")) | Q(_due=OuterRef("_due"), pk__lt=OuterRef("pk"))
    rivals = standing.filter(sooner, enrolment=OuterRef("enrolment"))
    return standing.filter(~Exists(rivals)).exclude(enrolment__state=Enrolment.State.CANCELLED)


def cells(scope: Sequence[Unit], asked: Asked, at: datetime) -> list[Cell]:
    """The figures of every course in every unit asked for, in one statement; titles come from the shelf."""
    due, on_time = Q(due_at__lt=at), DONE & Q(enrolment__completed_at__lte=F("due_at"))
    rows = (
        _of_the_day(scope, asked)
        .order_by()
        .values_list("unit", "assignment__course__uuid", "assignment__course__current_edition")
        .annotate(
            assigned=Count("pk"),
            completed=Count("pk", filter=DONE),
            overdue=Count("pk", filter=due & ~DONE),
            due=Count("pk", filter=due),
            on_time=Count("pk", filter=due & on_time),
        )
    )
    found = list(rows)
    editions = shelf.editions.many({edition for _, _, edition, *_ in found if edition is not None})
    titles = {None: ""} | {pk: edition.facts.title for pk, edition in editions.items()}
    return [Cell(unit, CourseOption(course, titles[pk]), Figures(*counts)) for unit, course, pk, *counts in found]


def people(scope: Sequence[Unit], asked: Asked, at: datetime) -> QuerySet[Any]:
    """Tasks of the people who work there today: rows with exactly what a line of names shows.

    `name`, `staff_no`, `uuid` of the person, `post_unit` (name), `title`, `due_at`, `required`, `completed_at`,
    `done`, `overdue`, `late`, `moved_in` (assigned elsewhere) and `reminded` (today).
    """
    here = _ids(scope, asked)
    found = _today(asked, here)
    named: QuerySet[Any] = _in_state(found, asked.state, at).annotate(
        name=F("person__name"),
        staff_no=F("person__staff_no"),
        uuid=F("person__uuid"),
        post_unit=F("person__posts__unit__name"),
        title=F("enrolment__edition__title"),
        completed_at=F("enrolment__completed_at"),
        done=_flag(DONE),
        overdue=_flag(Q(due_at__lt=at) & ~DONE),
        late=_flag(DONE & Q(enrolment__completed_at__gt=F("due_at"))),
        moved_in=_flag(~Q(unit__in=here)),
        reminded=Exists(_reminders_today(at)),
    )
    return named.order_by("done", "_due", "staff_no", "pk").values_list(*LINE, named=True)


def moved_out(scope: Sequence[Unit], asked: Asked) -> int:
    """已调出: people whose tasks count in these figures, and who work elsewhere today."""
    counted = _of_the_day(scope, asked)
    if asked.course:
        counted = counted.filter(assignment__course__uuid=asked.course)
    here = PostAssignment.objects.current().filter(unit__in=_ids(scope, asked))
    answer: dict[str, int] = counted.exclude(person__in=here.values("person")).aggregate(
        n=Count("person", distinct=True)
    )
    return answer["n"]


def overdue_people(viewer: Person, asked: Asked, at: datetime) -> QuerySet[Person]:
    """Who has something overdue there, may be reminded by the viewer, and was not yet today."""
    overdue = _in_state(_today(asked, _reach(viewer, asked)), "overdue", at).exclude(Exists(_reminders_today(at)))
    return Person.objects.filter(pk__in=overdue.values("person")).order_by("staff_no")


def reminds_there(viewer: Person, asked: Asked) -> bool:
    """Whether the viewer may remind in any of the units asked for, whoever works there."""
    return _reach(viewer, asked).exists()


def remindable(viewer: Person, perm: str) -> QuerySet[Person]:
    """People who work in the units the permission reaches today."""
    posts = PostAssignment.objects.current().filter(unit__in=access.scope(viewer, perm))
    return Person.objects.filter(Exists(posts.filter(person=OuterRef("pk"))))


def _ids(scope: Sequence[Unit], asked: Asked) -> list[int]:
    """The units of the scope that were asked for."""
    if asked.unit is None:
        return [unit.id for unit in scope]
    if asked.direct:
        return [asked.unit.id]
    return [unit.id for unit in scope if unit.path.startswith(asked.unit.path)]


def _reach(viewer: Person, asked: Asked) -> QuerySet[OrgUnit]:
    """The units asked for, as far as the viewer may remind there today."""
    units = access.scope(viewer, access.Perm.RECORDS_REMIND)
    if asked.unit is None:
        return units
    return units.filter(pk=asked.unit.id) if asked.direct else units.filter(path__startswith=asked.unit.path)


def _of_the_day(scope: Sequence[Unit], asked: Asked) -> QuerySet[AssignedPerson]:
    """By the unit of the day of assignment."""
    return tasks(required=asked.required).filter(unit__in=_ids(scope, asked))


def _today(asked: Asked, units: Sequence[int] | QuerySet[OrgUnit]) -> QuerySet[AssignedPerson]:
    """By where the person works today."""
    found = tasks(required=asked.required).filter(person__posts__ends_on=None, person__posts__unit__in=units)
    return found.filter(assignment__course__uuid=asked.course) if asked.course else found


def _in_state(found: QuerySet[AssignedPerson], state: str, at: datetime) -> QuerySet[AssignedPerson]:
    wanted = {"overdue": Q(due_at__lt=at) & ~DONE, "open": ~DONE, "completed": DONE}
    return found.filter(wanted[state]) if state in wanted else found


def _reminders_today(at: datetime) -> QuerySet[Notice]:
    day = timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
    return Notice.objects.filter(person=OuterRef("person"), kind="reminder", created_at__gte=day)


def _flag(condition: Q) -> Case:
    """Whether the condition holds, never null."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
