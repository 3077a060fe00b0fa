"""Who may do what, where. The only gate: `can` answers for one unit, `scope` for all of them.

Roles are dated grants over a unit and everything under it (`RoleGrant`); nobody is a superuser. A door that finds
nothing in scope answers 404, so that nobody learns what exists.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable
from django.http import Http404, HttpRequest, HttpResponseBase

from lms.kernel import clock
from lms.kernel.prepared import Key, Now, PreparedRows
from lms.people.enums import Role
from lms.people.login import login_required
from lms.people.models import OrgUnit, Person, RoleGrant

P = ParamSpec("P")


class Perm:
    """What can be permitted. A view names one of these; a role is a set of them."""

    COURSES_EDIT: Final = "courses.edit"
    COURSES_REVIEW: Final = "courses.review"
    COURSES_COMPLY: Final = "courses.comply"
    EXAMS_MANAGE: Final = "exams.manage"
    RECORDS_VIEW: Final = "records.view"
    RECORDS_REMIND: Final = "records.remind"
    RECORDS_ASSIGN: Final = "records.assign"
    RECORDS_CORRECT: Final = "records.correct"
    PEOPLE_VIEW: Final = "people.view"
    PEOPLE_MANAGE: Final = "people.manage"
    PEOPLE_IMPORT: Final = "people.import"
    CERTIFICATES_VIEW: Final = "certificates.view"
    CERTIFICATES_REVOKE: Final = "certificates.revoke"
    ROLES_GRANT: Final = "roles.grant"
    AUDIT_READ: Final = "audit.read"
    SYSTEM_VIEW: Final = "system.view"


GRANTED: Final[dict[Role, frozenset[str]]] = {
    Role.TRAINER: frozenset({Perm.COURSES_EDIT}),
    Role.REVIEWER: frozenset({Perm.COURSES_REVIEW}),
    Role.COMPLIANCE: frozenset({Perm.COURSES_COMPLY}),
    Role.EXAMINER: frozenset({Perm.EXAMS_MANAGE}),
    Role.MANAGER: frozenset({Perm.RECORDS_VIEW, Perm.RECORDS_REMIND}),
    Role.TRAINING_ADMIN: frozenset(
        {
            Perm.PEOPLE_VIEW,
            Perm.PEOPLE_MANAGE,
            Perm.PEOPLE_IMPORT,
            Perm.RECORDS_VIEW,
            Perm.RECORDS_REMIND,
            Perm.RECORDS_ASSIGN,
            Perm.RECORDS_CORRECT,
            Perm.CERTIFICATES_VIEW,
            Perm.CERTIFICATES_REVOKE,
        }
    ),
    Role.SYSTEM_ADMIN: frozenset({Perm.PEOPLE_VIEW, Perm.PEOPLE_MANAGE, Perm.ROLES_GRANT, Perm.SYSTEM_VIEW}),
    Role.AUDITOR: frozenset({Perm.AUDIT_READ, Perm.RECORDS_VIEW, Perm.CERTIFICATES_VIEW}),
}


def can(
    person: Person | AnonymousUser, perm: str, *, within: OrgUnit | None = None, at: datetime | None = None
) -> bool:
    """Whether the person has the permission: over `within`, or anywhere when no unit is named."""
    grants = _grants(person, perm, at)
    if within is not None:
        grants = grants.annotate(_inside=Value(within.path)).filter(_inside__startswith=F("unit__path"))
    return grants.exists()


def scope(person: Person | AnonymousUser, perm: str, *, at: datetime | None = None) -> QuerySet[OrgUnit]:
    """The units the permission reaches, today. Lazy: use it inside a larger query as `unit__in=scope(…)`."""
    path = ExpressionWrapper(OuterRef("path"), CharField())
    reach = _grants(person, perm, at).annotate(_unit=path).filter(_unit__startswith=F("unit__path"))
    return OrgUnit.objects.filter(Exists(reach))


def grants_now(person: Combinable, perm: str) -> QuerySet[RoleGrant]:
    """What gives the permission to an active person whom a prepared query hears of later."""
    return RoleGrant.objects.filter(person=person, role__in=_roles_with(perm)).valid(Now())


def permissions(person: Person | AnonymousUser, *, at: datetime | None = None) -> frozenset[str]:
    """Everything the person may do anywhere; for menus, never for a decision about one thing."""
    if not person.is_authenticated:
        return frozenset()
    return frozenset().union(*(GRANTED[Role(role)] for role in _roles(person, at)))


def _roles(person: Person, at: datetime | None) -> Iterable[str]:
    if at is None:
        return [role for (role,) in _ROLES_NOW.all(person=person.pk)]
    return RoleGrant.objects.filter(person=person).valid(at).values_list("role", flat=True)


_ROLES_NOW = PreparedRows(lambda: RoleGrant.objects.filter(person=Key("person")).valid(Now()).values_list("role"))


def holders(perm: str, *, within: OrgUnit | None, at: datetime) -> QuerySet[Person]:
    """The active people who have the permission over `within`; over anything at all when no unit is named."""
    grants = RoleGrant.objects.filter(role__in=_roles_with(perm)).valid(at)
    if within is not None:
        grants = grants.annotate(_inside=Value(within.path)).filter(_inside__startswith=F("unit__path"))
    return Person.objects.active().filter(pk__in=grants.values("person"))


def required(
    perm: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]
]:
    """A view for people who have `perm` somewhere: others get 404, the anonymous are asked to log in."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not can(request.user, perm):
                raise Http404
            return view(request, *args, **kwargs)

        return login_required(guarded)

    return decorate


def _grants(person: Person | AnonymousUser, perm: str, at: datetime | None) -> QuerySet[RoleGrant]:
    if not person.is_authenticated or not person.is_active:
        return RoleGrant.objects.none()
    grants = RoleGrant.objects.filter(person_id=person.pk, role__in=_roles_with(perm))
    return grants.valid(at or clock.DatabaseNow())


def _roles_with(perm: str) -> list[Role]:
    return [role for role, perms in GRANTED.items() if perm in perms]
