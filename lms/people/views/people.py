"""Doors of the people desk: the list, one person, and what can be done to an account."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.kernel import clock
from lms.people import access, actions, queries
from lms.people.access import Perm
from lms.people.enums import PostStatus, Role
from lms.people.forms import PeopleFilter, RoleForm
from lms.people.models import Person, RoleGrant
from lms.people.refusals import Refused

PAGE = 30


@require_safe
@access.required(Perm.PEOPLE_VIEW)
def index(request: HttpRequest) -> HttpResponse:
    """Everybody in scope, by number; narrowed by name, number or unit."""
    units = access.scope(request.user, Perm.PEOPLE_VIEW)
    form = PeopleFilter(request.GET or None, units=units.in_tree_order())  # type: ignore[attr-defined]
    chosen: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    people = queries.matching(queries.people_under(units, only=chosen.get("unit")), chosen.get("q", ""))
    if request.GET.get("status") == PostStatus.MISSING:
        people = people.filter(post_status=PostStatus.MISSING)
    page = Paginator(people.order_by("staff_no"), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "query": _query(request), "may_import": _may(request, Perm.PEOPLE_IMPORT)}
    return render(request, "people/index.html", {**context, "nav_current": "people"})


@require_safe
@access.required(Perm.PEOPLE_VIEW)
def person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _show(request, _person(request, uuid))


@never_cache
@require_POST
@access.required(Perm.PEOPLE_VIEW)
def issue_password(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the one-time password on this answer and nowhere else: not in the session, not in a message."""
    found = _person(request, uuid)
    _check(request, Perm.PEOPLE_MANAGE, _("Only a training administrator can handle accounts."))
    try:
        password = actions.issue_password(person=found, by=_by(request), at=clock.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("people:person", uuid)
    return _show(request, found, one_time=password)


def _account_door(act: Callable[..., object], done: Callable[[], str]) -> Callable[..., HttpResponseBase]:
    """A POST that does one thing to one account in scope and says so on the person's page."""

    def door(request: HttpRequest, uuid: UUID) -> HttpResponse:
        found = _person(request, uuid)
        _check(request, Perm.PEOPLE_MANAGE, _("Only a training administrator can handle accounts."))
        try:
            act(person=found, by=_by(request), at=clock.now())
        except Refused as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, done())
        return redirect("people:person", uuid)

    return require_POST(access.required(Perm.PEOPLE_VIEW)(door))


unlock = _account_door(actions.unlock, lambda: _("Unlocked"))
deactivate = _account_door(actions.deactivate, lambda: _("Account deactivated"))
reactivate = _account_door(actions.reactivate, lambda: _("Account active again"))
end_sessions = _account_door(actions.end_sessions, lambda: _("Logged out everywhere"))


@require_POST
@access.required(Perm.PEOPLE_VIEW)
def grant_role(request: HttpRequest, uuid: UUID) -> HttpResponse:
    found = _person(request, uuid)
    _check(request, Perm.ROLES_GRANT, _("Only a system administrator can grant roles."))
    form = RoleForm(request.POST, units=_grantable(request))
    if not form.is_valid():
        return _show(request, found, role_form=form, status=400)
    try:
        actions.grant_role(
            person=found,
            role=Role(form.cleaned_data["role"]),
            unit=form.cleaned_data["unit"],
            ends_at=form.ends_at(),
            by=_by(request),
            at=clock.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Role granted"))
    return redirect("people:person", uuid)


@require_POST
@access.required(Perm.PEOPLE_VIEW)
def revoke_role(request: HttpRequest, uuid: UUID, grant: int) -> HttpResponse:
    found = _person(request, uuid)
    _check(request, Perm.ROLES_GRANT, _("Only a system administrator can grant roles."))
    wanted = get_object_or_404(RoleGrant, pk=grant, person=found, unit__in=_grantable(request))
    try:
        actions.revoke_role(grant=wanted, by=_by(request), at=clock.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Role revoked"))
    return redirect("people:person", uuid)


def _show(
    request: HttpRequest,
    found: Person,
    *,
    one_time: str = "",
    role_form: RoleForm | None = None,
    status: int = 200,
) -> HttpResponse:
    at = clock.now()
    may_grant = _may(request, Perm.ROLES_GRANT)
    context = {
        "person": found,
        "posts": found.posts.select_related("unit", "position").order_by("-starts_on", "-pk"),
        "account": queries.account(found, at=at),
        "grants": found.grants.valid(at).select_related("unit").order_by("role", "unit__path"),
        "one_time": one_time,
        "one_time_hours": int(actions.ONE_TIME_LIFE.total_seconds() // 3600),
        "may_manage": _may(request, Perm.PEOPLE_MANAGE) and found != request.user,
        "may_grant": may_grant and found != request.user,
        "role_form": role_form or (RoleForm(units=_grantable(request)) if may_grant else None),
        "nav_current": "people",
    }
    return render(request, "people/person.html", context, status=status)


def _person(request: HttpRequest, uuid: UUID) -> Person:
    """A person in scope; everybody else does not exist."""
    people = queries.people_under(access.scope(request.user, Perm.PEOPLE_VIEW))
    found = people.filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def _check(request: HttpRequest, perm: str, who_can: str) -> None:
    if not access.can(request.user, perm):
        raise PermissionDenied(who_can)


def _may(request: HttpRequest, perm: str) -> bool:
    return access.can(request.user, perm)


def _by(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _grantable(request: HttpRequest) -> Any:
    return access.scope(request.user, Perm.ROLES_GRANT).order_by("path")


def _query(request: HttpRequest) -> str:
    """The filters as the tail of a paging link."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return f"&{kept.urlencode()}" if kept else ""
