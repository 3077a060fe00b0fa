"""Granting and revoking roles. Who edits and who reviews content is also a Wagtail group, kept in step here."""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet

from lms.journal.actions import write
from lms.people.enums import Role
from lms.people.models import OrgUnit, Person, RoleGrant
from lms.people.refusals import refused

GROUPS = {Role.TRAINER: "trainer", Role.REVIEWER: "reviewer", Role.COMPLIANCE: "compliance"}


@transaction.atomic
def grant_role(
    *,
    person: Person,
    role: Role,
    unit: OrgUnit,
    by: Person | None,
    at: datetime,
    ends_at: datetime | None = None,
) -> RoleGrant:
    """Give the role over the unit and all below it, until `ends_at`; granting again changes only the end."""
    _check_not_own(person, by)
    if ends_at and ends_at <= at:
        raise refused("ends_at_past")
    present = RoleGrant.objects.select_for_update().filter(person=person, role=role, unit=unit).valid(at).first()
    grant = present or RoleGrant(person=person, role=role, unit=unit, starts_at=at, granted_by=by)
    grant.ends_at = ends_at
    grant.save()
    _take_effect(person, at)
    write("role-granted", by=by, at=at, about=person, unit=unit, payload=_facts(grant))
    return grant


@transaction.atomic
def revoke_role(*, grant: RoleGrant, by: Person | None, at: datetime) -> None:
    """End the grant now; the row stays as history."""
    _check_not_own(grant.person, by)
    end_grants(RoleGrant.objects.filter(pk=grant.pk), by=by, at=at)


@transaction.atomic
def expire_grants(*, at: datetime) -> int:
    """Bring every group in step with the grants valid now: ended ones leave, begun ones enter. Returns the changes."""
    changed = 0
    for role, name in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        entitled = set(RoleGrant.objects.filter(role=role).valid(at).values_list("person_id", flat=True))
        members = set(group.user_set.values_list("pk", flat=True))
        group.user_set.remove(*members - entitled)
        group.user_set.add(*entitled - members)
        changed += len(members ^ entitled)
    return changed


def end_grants(grants: QuerySet[RoleGrant], *, by: Person | None, at: datetime) -> None:
    """End those of the grants that are still open, and let the persons leave the groups."""
    open_grants = grants.exclude(ends_at__lte=at).select_for_update(of=("self",)).select_related("person", "unit")
    for grant in open_grants:
        grant.ends_at = at
        grant.save(update_fields=["ends_at"])
        _take_effect(grant.person, at)
        write("role-revoked", by=by, at=at, about=grant.person, unit=grant.unit, payload=_facts(grant))


def _check_not_own(person: Person, by: Person | None) -> None:
    if by is not None and by.pk == person.pk:
        raise refused("own_role")


def _take_effect(person: Person, at: datetime) -> None:
    """Every session of the person gets a new key with its next request (trust.md, D05); the groups follow."""
    person.roles_epoch += 1
    person.save(update_fields=["roles_epoch"])
    _keep_groups(person, at)


def _keep_groups(person: Person, at: datetime) -> None:
    held = set(RoleGrant.objects.filter(person=person, role__in=GROUPS).valid(at).values_list("role", flat=True))
    for role, name in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        if role in held:
            person.groups.add(group)
        else:
            person.groups.remove(group)


def _facts(grant: RoleGrant) -> dict[str, object]:
    return {"role": grant.role, "unit": grant.unit_id, "ends_at": grant.ends_at and grant.ends_at.isoformat()}
