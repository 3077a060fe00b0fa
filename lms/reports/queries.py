"""Completion as managers see it.

A task is one person, one course, one period: of several assignments that share an enrolment the one due first counts.
Figures belong to the unit of the day of assignment; names show today's scope only. A page reads its scope once and
hands it to every query: units as plain ids are what a database plans best with.
"""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from lms.notices.models import Notice
from lms.people import access
from lms.people.models import OrgUnit, Person, PostAssignment
from lms.records.models import AssignedPerson
from lms.reports.counting import DONE, tasks
from lms.reports.figures import Asked, Unit, tops
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
    code the tops of the scope and those right below. And whether the roll-ups hold everything: one statement.
    """
    perm = access.Perm.RECORDS_VIEW
    units: QuerySet[OrgUnit, Any]
    if code:
        target = OrgUnit.objects.filter(code=code).values("path")
        near = Q(_target__startswith=F("path")) | Q(parent__code=code)
        units = access.scope(viewer, perm).annotate(_target=Subquery(target)).filter(near)
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


def people(scope: Sequence[Unit], asked: Asked, at: datetime) -> QuerySet[Any]:
    """Tasks of the people who work there today: rows with exactly what a line of names shows.

    `name`, `staff_no`, `uuid` of the person, `post_unit` (name), `title`, `due_at`, `required`, `completed_at`,
    `done`, `overdue`, `late`, `moved_in` (assigned elsewhere) and `reminded` (today).
    """
    here = _ids(scope, asked)
    found = _in_state(_today(asked, here), asked.state, at)
    return _named(found, here, at).order_by("done", "_due", "staff_no", "pk").values_list(*LINE, named=True)


def most_overdue(scope: Sequence[Unit], asked: Asked, at: datetime, most: int) -> QuerySet[Any]:
    """The first of the overdue, the oldest due date first: rows as `people` has them.

    Walks the index of what is open from its beginning, so that a company costs no more than a team.
    """
    here = within(scope, asked)
    found = _today(asked, here).filter(settled=False, due_at__lt=at).exclude(DONE)
    return _named(found, here, at).order_by("due_at", "pk").values_list(*LINE, named=True)[:most]


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
    overdue = _in_state(_today(asked, _reach(viewer, asked)), "overdue", at).exclude(Exists(reminders_today(at)))
    return Person.objects.filter(pk__in=overdue.values("person")).order_by("staff_no")


def reminds_there(viewer: Person, asked: Asked) -> bool:
    """Whether the viewer may remind in any of the units asked for, whoever works there."""
    return _reach(viewer, asked).exists()


def remindable(viewer: Person, perm: str) -> QuerySet[Person]:
    """People who work in the units the permission reaches today."""
    posts = PostAssignment.objects.current().filter(unit__in=access.scope(viewer, perm))
    return Person.objects.filter(Exists(posts.filter(person=OuterRef("pk"))))


def _named(found: QuerySet[AssignedPerson], here: Sequence[int] | QuerySet[OrgUnit], at: datetime) -> QuerySet[Any]:
    return found.annotate(
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
        reminded=Exists(reminders_today(at)),
    )


def within(scope: Sequence[Unit], asked: Asked) -> QuerySet[OrgUnit]:
    """The units asked for, of which `scope` may name the topmost only."""
    if asked.unit and asked.direct:
        return OrgUnit.objects.filter(pk=asked.unit.id)
    inside = Q(pk__in=[])
    for unit in [asked.unit] if asked.unit else tops(scope):
        inside |= Q(path__startswith=unit.path)
    return OrgUnit.objects.filter(inside)


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


def reminders_today(at: datetime) -> QuerySet[Notice]:
    day = timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
    return Notice.objects.filter(person=OuterRef("person"), kind="reminder", created_at__gte=day)


def _flag(condition: Q) -> Case:
    """Whether the condition holds, never null."""
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
