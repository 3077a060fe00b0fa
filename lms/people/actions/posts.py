"""Joining, moving and leaving: the dated posts of a person."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet, Value

from lms.journal.actions import write
from lms.people.actions.roles import end_grants
from lms.people.enums import Employment, PostStatus
from lms.people.models import OrgUnit, Person, Position, PostAssignment, RoleGrant
from lms.people.passwords import is_demo_password
from lms.people.refusals import refused
from lms.people.rules import EXTERNAL, is_number


@transaction.atomic
def join(
    *,
    staff_no: str,
    name: str,
    unit: OrgUnit | None,
    position: Position | None,
    employment: Employment,
    starts_on: date,
    by: Person | None,
    at: datetime,
    password: str | None = None,
    must_change_password: bool = True,
    email: str = "",
    phone: str = "",
) -> Person:
    """A new person with a first post; an account without a unit has none.

    Without `password` nobody can log in until `issue_password`. IntegrityError when the number is taken.
    """
    if not is_number(staff_no):
        raise refused("number")
    if password and is_demo_password(password) and not settings.DEMO:
        raise refused("demo_password")
    person = Person(
        staff_no=staff_no,
        name=name,
        employment=employment,
        is_external=employment in EXTERNAL,
        joined_on=starts_on,
        must_change_password=must_change_password,
        email=email,
        phone=phone,
    )
    person.set_password(password)
    person.save(force_insert=True)
    if unit and position:
        PostAssignment.objects.create(person=person, unit=unit, position=position, starts_on=starts_on)
    payload = {"unit": unit and unit.pk, "position": position and position.pk}
    write("person-joined", by=by, at=at, about=person, unit=unit, payload=payload)
    return person


@transaction.atomic
def move(
    *, person: Person, unit: OrgUnit, position: Position, starts_on: date, by: Person | None, at: datetime
) -> PostAssignment:
    """Close the present post and open the next; the same unit and position again change nothing.

    Roles over the unit one leaves end with it; roles over a unit that holds the old and the new post stay. Somebody
    who had left comes back by it and may log in again.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    present = PostAssignment.objects.current().filter(person=person).select_related("unit").first()
    if present and (present.unit_id, present.position_id) == (unit.pk, position.pk):
        return present
    if present:
        _close(present, starts_on, "starts_before")
        end_grants(_bound_to(person, present.unit, unit), by=by, at=at)
    else:
        _come_back(person)
    post = PostAssignment.objects.create(person=person, unit=unit, position=position, starts_on=starts_on)
    payload = {
        "from_unit": present and present.unit_id,
        "from_position": present and present.position_id,
        "to_unit": unit.pk,
        "to_position": position.pk,
    }
    write("person-moved", by=by, at=at, about=person, unit=unit, payload=payload)
    return post


@transaction.atomic
def leave(
    *,
    person: Person,
    ends_on: date,
    by: Person | None,
    at: datetime,
    status: PostStatus = PostStatus.OFF_POST,
) -> None:
    """The person leaves: the post ends, roles end, nobody can log in any more. Nothing is deleted."""
    Person.objects.select_for_update().get(pk=person.pk)
    post = PostAssignment.objects.current().filter(person=person).select_related("unit").first()
    if post:
        _close(post, ends_on, "ends_before")
    end_grants(RoleGrant.objects.filter(person=person), by=by, at=at)
    person.post_status = status
    person.is_active = False
    person.session_epoch += 1
    person.save(update_fields=["post_status", "is_active", "session_epoch"])
    write("person-left", by=by, at=at, about=person, unit=post and post.unit, payload={"status": status.value})


def _bound_to(person: Person, old: OrgUnit, new: OrgUnit) -> QuerySet[RoleGrant]:
    """Grants over units that hold the old post and not the new one."""
    grants = RoleGrant.objects.filter(person=person).annotate(_old=Value(old.path), _new=Value(new.path))
    return grants.filter(_old__startswith=F("unit__path")).exclude(_new__startswith=F("unit__path"))


def _come_back(person: Person) -> None:
    if person.post_status in (PostStatus.OFF_POST, PostStatus.RETIRED):
        person.post_status = PostStatus.ON_POST
        person.is_active = True
        person.save(update_fields=["post_status", "is_active"])


def _close(post: PostAssignment, ends_on: date, reason: str) -> None:
    if ends_on < post.starts_on:
        raise refused(reason)
    post.ends_on = ends_on
    post.save(update_fields=["ends_on"])
