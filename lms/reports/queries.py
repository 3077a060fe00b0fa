"""Completion as managers see it.

A task is one person, one course, one period: of several assignments that share an enrolment the one due first counts.
Figures belong to the unit of the day of assignment; names show today's scope only. A page reads its scope once and
hands it to every query: units as plain ids are what a database plans best with.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from lms.notices.models import Notice
from lms.people import access
from lms.people.models import OrgUnit, Person, PostAssignment
from lms.records.models import AssignedPerson
from lms.reports.counting import DONE, tasks
from lms.reports.figures import Asked, Unit, tops
from lms.reports.here import Here
from lms.reports.portions import Chain
from lms.reports.rollups import waiting
from lms.reports.rollups.read import cells

__all__ = ["Asked", "cells"]

UNIT = ("id", "code", "name", "path", "parent_id")
STATES = ("overdue", "open", "completed")
LINE = (
    "name", "staff_no", "uuid", "post_unit", "title", "due_at", "required", "completed_at",
    "done", "overdue", "late", "moved_in", "reminded",
)  # fmt: skip


def units_in_scope(viewer: Person) -> list[Unit]:
    """Every unit the viewer may see records of, in tree order; none means no access at all."""
    rows = access.scope(viewer, access.Perm.RECORDS_VIEW).order_by("path")
    return [Unit(*row) for row in rows.values_list(*UNIT)]


def around(viewer: Person, code: str) -> tuple[list[Unit], bool]:
    """The units in scope that a page about one unit needs: those above it, itself, those right below it; without a
    code the tops of the scope and those right below. And whether the roll-ups hold everything. Two statements at most.
    """
    perm = access.Perm.RECORDS_VIEW
    units: QuerySet[OrgUnit, Any]
    if code:
        pk, path = OrgUnit.objects.filter(code=code).values_list("pk", "path").first() or (0, "")
        units = access.scope(viewer, perm).filter(Q(code__in=path.split("/")) | Q(parent=pk))
    else:
        tops = access.granted(viewer, perm).order_by().values("pk")
        units = OrgUnit.objects.filter(Q(pk__in=tops) | Q(parent__in=tops))
    rows = list(units.annotate(_waiting=waiting.something()).order_by("path").values_list(*UNIT, "_waiting"))
    found = [Unit(*row) for *row, _ in rows]
    return (found if code else _without_inner_grants(found)), not any(waits for *_, waits in rows)


def _without_inner_grants(units: list[Unit]) -> list[Unit]:
    """Units in tree order, without what only a grant inside another one has named."""
    kept: list[Unit] = []
    top: Unit | None = None
    for unit in units:
        if top is None or not unit.path.startswith(top.path):
            top = unit
        if unit is top or unit.parent == top.id:
            kept.append(unit)
    return kept


def people(scope: Sequence[Unit], asked: Asked, at: datetime) -> Chain:
    """Tasks of the people who work there today: rows with exactly what a line of names shows. What is open comes
    first, the oldest due date before the others, then what is completed, unit by unit.

    `name`, `staff_no`, `uuid` of the person, `post_unit` (name), `title`, `due_at`, `required`, `completed_at`,
    `done`, `overdue`, `late`, `moved_in` (assigned elsewhere) and `reminded` (today).
    """
    here = Here(within(scope, asked))
    left, done = _left(here, asked, at), _done(here, asked)
    parts = {"completed": [done], "": [left, done]}.get(asked.state, [left])
    return Chain(*parts, show=lambda some: _named(some, here, at))


def everybody(scope: Sequence[Unit], asked: Asked, at: datetime) -> Iterator[Any]:
    """All of `people`, one person after the other: neither memory nor a statement grows with the company."""
    here = Here(within(scope, asked))
    wanted = {"overdue": Q(due_at__lt=at) & ~DONE, "open": ~DONE, "completed": DONE}.get(asked.state, Q())
    for persons in here.portions():
        found = _of(here, asked).filter(wanted, person__in=persons)
        found = found.order_by("person__posts__unit", "person", "due_at", "pk")
        yield from _named(found, here, at)


def most_overdue(scope: Sequence[Unit], asked: Asked, at: datetime, most: int, *, few: bool) -> list[Any]:
    """The first of the overdue, the oldest due date first: rows as `people` has them; `few` as in `Here`."""
    here = Here(within(scope, asked), few=few)
    return _named(_left(here, asked, at)[:most], here, at)


def moved_out(scope: Sequence[Unit], asked: Asked, *, most: int) -> int:
    """已调出: people whose tasks count in these figures, and who work elsewhere today; counted up to `most`.

    They once had a post there, so that nobody who stayed has to be looked at.
    """
    here = Here(within(scope, asked))
    counted = tasks(required=asked.required).filter(unit__in=here.units, person=OuterRef("person"))
    if asked.course:
        counted = counted.filter(assignment__course__uuid=asked.course)
    stayed = here.posts.filter(person=OuterRef("person"))
    former = PostAssignment.objects.filter(unit__in=here.units).exclude(ends_on=None)
    gone = former.filter(~Exists(stayed), Exists(counted)).order_by().values("person").distinct()
    return gone[:most].count()


def overdue_people(viewer: Person, asked: Asked, at: datetime) -> QuerySet[Person]:
    """Who has something overdue there, may be reminded by the viewer, and was not yet today."""
    overdue = _of(Here(_reach(viewer, asked)), asked).filter(settled=False, due_at__lt=at)
    overdue = overdue.exclude(DONE).exclude(Exists(reminders_today(at)))
    return Person.objects.filter(pk__in=overdue.values("person")).order_by("staff_no")


def reminds_there(viewer: Person, asked: Asked) -> bool:
    """Whether the viewer may remind in any of the units asked for, whoever works there."""
    return _reach(viewer, asked).exists()


def remindable(viewer: Person, perm: str) -> QuerySet[Person]:
    """People who work in the units the permission reaches today."""
    posts = PostAssignment.objects.current().filter(unit__in=access.scope(viewer, perm))
    return Person.objects.filter(Exists(posts.filter(person=OuterRef("pk"))))


def _of(here: Here, asked: Asked) -> QuerySet[AssignedPerson]:
    """Tasks by where the person works today."""
    found = tasks(required=asked.required).filter(here.working())
    return found.filter(assignment__course__uuid=asked.course) if asked.course else found


def _left(here: Here, asked: Asked, at: datetime) -> QuerySet[AssignedPerson]:
    """Not completed (or overdue, when that is asked for), the oldest due date first."""
    found = _of(here, asked).filter(settled=False).exclude(DONE).order_by(here.order("due_at"), "pk")
    return found.filter(due_at__lt=at) if asked.state == "overdue" else found


def _done(here: Here, asked: Asked) -> QuerySet[AssignedPerson]:
    return _of(here, asked).filter(DONE).order_by(here.order("person__posts__unit"), "person", "pk")


def _named(some: QuerySet[AssignedPerson], here: Here, at: datetime) -> list[Any]:
    """What a line shows of each of these, in their order. Two statements, because a database that joins ten tables at
    once no longer sees that the rows are few.
    """
    found = AssignedPerson.objects.filter(pk__in=list(some.values_list("pk", flat=True)), person__posts__ends_on=None)
    about = found.annotate(
        name=F("person__name"),
        staff_no=F("person__staff_no"),
        uuid=F("person__uuid"),
        post_unit=F("person__posts__unit__name"),
        title=F("enrolment__edition__title"),
        completed_at=F("enrolment__completed_at"),
        done=_flag(DONE),
        overdue=_flag(Q(due_at__lt=at) & ~DONE),
        late=_flag(DONE & Q(enrolment__completed_at__gt=F("due_at"))),
        moved_in=_flag(~Q(unit__in=here.units)),
        reminded=Exists(reminders_today(at)),
    )
    return list(about.order_by(*some.query.order_by).values_list(*LINE, named=True))


def within(scope: Sequence[Unit], asked: Asked) -> QuerySet[OrgUnit]:
    """The units asked for, of which `scope` may name the topmost only."""
    if asked.unit and asked.direct:
        return OrgUnit.objects.filter(pk=asked.unit.id)
    inside = Q(pk__in=[])
    for unit in [asked.unit] if asked.unit else tops(scope):
        inside |= Q(path__startswith=unit.path)
    return OrgUnit.objects.filter(inside)


def _reach(viewer: Person, asked: Asked) -> QuerySet[OrgUnit]:
    """The units asked for, as far as the viewer may remind there today."""
    units = access.scope(viewer, access.Perm.RECORDS_REMIND)
    if asked.unit is None:
        return units
    return units.filter(pk=asked.unit.id) if asked.direct else units.filter(path__startswith=asked.unit.path)


def reminders_today(at: datetime) -> QuerySet[Notice]:
    day = timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
    return Notice.objects.filter(person=OuterRef("person"), kind="reminder", created_at__gte=day)


def _flag(condition: Q) -> Case:
    """Whether the condition holds, never null."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
