"""Completion as managers see it.

A task is one person, one course, one period: of several assignments that share an enrolment the one due first counts.
Figures belong to the unit of the day of assignment; names show today's scope only. A page reads its scope once and
hands it to every query: units as plain ids are what a database plans best with.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.utils import timezone

from lms.kernel.prepared import Key, OneOf, Parameter, PreparedRows
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
TASKS = 500  # of an export are named at once


class Task(NamedTuple):
    """What a line of names shows. `post_unit` is a name; `moved_in`: assigned elsewhere; `reminded`: today."""

    name: str
    staff_no: str
    uuid: UUID
    post_unit: str
    title: str
    due_at: datetime | None
    required: bool
    completed_at: datetime | None
    done: bool
    overdue: bool
    late: bool
    reminded: bool
    moved_in: bool


def units_in_scope(viewer: Person) -> list[Unit]:
    """Every unit the viewer may see records of, in tree order; none means no access at all."""
    rows = access.scope(viewer, access.Perm.RECORDS_VIEW).order_by("path")
    return [Unit(*row) for row in rows.values_list(*UNIT)]


def around(viewer: Person, code: str) -> tuple[list[Unit], bool]:
    """The units in scope that a page about one unit needs: those above it, itself, those right below it; without a
    code the tops of the scope and those right below. And whether the roll-ups hold everything. Two statements at most.
    """
    perm = access.Perm.RECORDS_VIEW
    if code:
        pk, path = OrgUnit.objects.filter(code=code).values_list("pk", "path").first() or (0, "")
        units = access.scope(viewer, perm).filter(Q(code__in=path.split("/")) | Q(parent=pk))
        rows: Sequence[Sequence[Any]] = list(_with_waiting(units))
    else:
        rows = _TOPS.all(person=viewer.pk)
    found = [Unit(*row) for *row, _ in rows]
    return (found if code else _without_inner_grants(found)), not any(waits for *_, waits in rows)


def _with_waiting(units: QuerySet[OrgUnit]) -> QuerySet[OrgUnit, Any]:
    return units.order_by("path").values_list(*UNIT, waiting.something())


def _tops() -> QuerySet[OrgUnit, Any]:
    tops = access.grants_now(Key("person"), access.Perm.RECORDS_VIEW).values("unit")
    return _with_waiting(OrgUnit.objects.filter(Q(pk__in=tops) | Q(parent__in=tops)))


_TOPS = PreparedRows(_tops)


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
    """Tasks of the people who work there today. What is open comes first, the oldest due date before the others, then
    what is completed, unit by unit.
    """
    here = Here(within(scope, asked))
    return Chain(*_parts(here, asked, at), show=lambda some: _named(_keys(some), here, at))


def everybody(scope: Sequence[Unit], asked: Asked, at: datetime) -> Iterator[Task]:
    """All of `people`, in the same order: neither memory nor a statement grows with the company."""
    here = Here(within(scope, asked))
    for keys in _few(here, asked, at) if here.few else _many(here, asked, at):
        for start in range(0, len(keys), TASKS):
            yield from _named(keys[start : start + TASKS], here, at)


def _few(here: Here, asked: Asked, at: datetime) -> Iterator[list[int]]:
    """What few people have is sorted at once."""
    for part in _parts(here, asked, at):
        yield _keys(part)


def _many(here: Here, asked: Asked, at: datetime) -> Iterator[list[int]]:
    """What is left, along the index of due dates; then what is completed, some people at a time."""
    if asked.state != "completed":
        left, after = _left(here, asked, at), Q(due_at__isnull=False)
        while rows := list(left.filter(after).values_list("pk", "due_at")[:TASKS]):
            yield [pk for pk, _ in rows]
            last, due = rows[-1]
            after = Q(due_at__gte=due) & (Q(due_at__gt=due) | Q(pk__gt=last))
        after = Q(due_at=None)
        while keys := _keys(left.filter(after)[:TASKS]):
            yield keys
            after = Q(due_at=None, pk__gt=keys[-1])
    if asked.state in ("completed", ""):
        for people in here.portions():
            yield _keys(_done(here, asked).filter(person__in=people))


def _parts(here: Here, asked: Asked, at: datetime) -> list[QuerySet[AssignedPerson]]:
    left, done = _left(here, asked, at), _done(here, asked)
    return {"completed": [done], "": [left, done]}.get(asked.state, [left])


def most_overdue(scope: Sequence[Unit], asked: Asked, at: datetime, most: int, *, few: bool) -> list[Task]:
    """The first of the overdue, the oldest due date first; `few` as in `Here`."""
    here = Here(within(scope, asked), few=few)
    return _named(_keys(_left(here, asked, at)[:most]), here, at)


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
    """Tasks by where the person works today, joined with that post."""
    return _asked(here.working(), asked)


def _asked(whose: Q, asked: Asked) -> QuerySet[AssignedPerson]:
    found = tasks(required=asked.required).filter(whose)
    return found.filter(assignment__course__uuid=asked.course) if asked.course else found


def _left(here: Here, asked: Asked, at: datetime) -> QuerySet[AssignedPerson]:
    """Not completed (or overdue, when that is asked for), the oldest due date first."""
    found = _asked(here.among(), asked).filter(settled=False).exclude(DONE).order_by(here.order("due_at"), "pk")
    return found.filter(due_at__lt=at) if asked.state == "overdue" else found


def _done(here: Here, asked: Asked) -> QuerySet[AssignedPerson]:
    return _of(here, asked).filter(DONE).order_by(here.order("person__posts__unit"), "person", "pk")


def _keys(some: QuerySet[AssignedPerson]) -> list[int]:
    return list(some.values_list("pk", flat=True))


def _named(keys: Sequence[int], here: Here, at: datetime) -> list[Task]:
    """What a line shows of each of these, in their order. Two statements, because a database that joins ten tables at
    once no longer sees that the rows are few.
    """
    shown = {pk: facts for pk, *facts in _SHOWN.all(tasks=keys, at=at, day=_midnight(at))}
    foreign = here.others({unit for *_, unit in shown.values()})
    return [Task._make([*facts, unit in foreign]) for *facts, unit in (shown[pk] for pk in keys if pk in shown)]


def _shown() -> QuerySet[Any, Any]:
    """The facts of `Task`, between the task's key and the unit of the day it was assigned in."""
    at, day = Parameter("at", DateTimeField()), Parameter("day", DateTimeField())
    found = AssignedPerson.objects.filter(OneOf("pk", "tasks"), person__posts__ends_on=None).order_by()
    return found.values_list(
        "pk",
        "person__name",
        "person__staff_no",
        "person__uuid",
        "person__posts__unit__name",
        "enrolment__edition__title",
        "due_at",
        "required",
        "enrolment__completed_at",
        _flag(DONE),
        _flag(Q(due_at__lt=at) & ~DONE),
        _flag(DONE & Q(enrolment__completed_at__gt=F("due_at"))),
        Exists(reminders_since(day)),
        "unit",
    )


_SHOWN = PreparedRows(_shown)


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
    return reminders_since(_midnight(at))


def reminders_since(day: datetime | Combinable) -> QuerySet[Notice]:
    return Notice.objects.filter(person=OuterRef("person"), kind="reminder", created_at__gte=day)


def _midnight(at: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))


def _flag(condition: Q) -> Case:
    """Whether the condition holds, never null."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
