"""Reads about people that join several facts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from lms.people import lockout
from lms.people.models import OrgUnit, Person, PostAssignment
from lms.people.rules import normal_number


def current_post(person: Person) -> PostAssignment | None:
    """The post the person holds now, with its unit and position."""
    return PostAssignment.objects.current().filter(person=person).select_related("unit", "position").first()


def people_in(units: QuerySet[OrgUnit]) -> QuerySet[Person]:
    """People whose current post lies in one of the units."""
    return Person.objects.filter(posts__in=PostAssignment.objects.current().filter(unit__in=units))


def people_under(units: QuerySet[OrgUnit], *, only: OrgUnit | None = None) -> QuerySet[Person]:
    """People to look after from these units: by the post they hold or held last, annotated as `unit_name` and
    `position_name`. Accounts that never had a post belong to who looks after a whole tree. `only` narrows to one
    unit and what is below it.
    """
    latest = PostAssignment.objects.filter(person=OuterRef("pk")).order_by(
        F("ends_on").desc(nulls_first=True), "-starts_on", "-pk"
    )
    people = Person.objects.annotate(
        unit_id=Subquery(latest.values("unit")[:1]),
        unit_name=Subquery(latest.values("unit__name")[:1]),
        position_name=Subquery(latest.values("position__name")[:1]),
    )
    if only is not None:
        return people.filter(unit_id__in=units.filter(path__startswith=only.path))
    return people.filter(Q(unit_id__in=units) | Q(Exists(units.filter(parent=None)), unit_id=None))


def matching(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """People whose name contains the text, or whose number contains it in whatever case."""
    wanted = text.strip()
    if not wanted:
        return people
    return people.filter(Q(name__icontains=wanted) | Q(staff_no__icontains=normal_number(wanted)))


@dataclass(frozen=True)
class Account:
    """The state of somebody's account, for who looks after it."""

    person: Person
    locked_until: datetime | None
    one_time_until: datetime | None
    one_time_expired: bool
    has_password: bool


def account(person: Person, *, at: datetime) -> Account:
    expires = person.password_expires_at
    return Account(
        person=person,
        locked_until=lockout.locked_until(normal_number(person.staff_no), at=at),
        one_time_until=expires,
        one_time_expired=expires is not None and expires <= at,
        has_password=person.has_usable_password(),
    )
