"""What the navigation shows to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, gettext_noop

from cms.reviewers import Waiting, unattended
from lms.kernel import clock
from lms.kernel.prepared import Key, PreparedRows
from lms.notices.models import Notice
from lms.people import access
from lms.people.access import Perm


@dataclass(frozen=True)
class Place:
    """One entry of the desk's menu, for whoever has the permission somewhere."""

    perm: str
    key: str
    label: str
    url_name: str
    icon: str


DESK: Sequence[Place] = (
    Place(Perm.RECORDS_VIEW, "completion", gettext_noop("Completion"), "reports:completion", "chart"),
    Place(Perm.RECORDS_VIEW, "signing", gettext_noop("Read and sign"), "news:desk", "check-circle"),
    Place(Perm.RECORDS_ASSIGN, "assignments", gettext_noop("Assignments"), "records:assignments", "list"),
    Place(Perm.PEOPLE_VIEW, "people", gettext_noop("People"), "people:index", "people"),
    Place(Perm.RECORDS_VIEW, "records", gettext_noop("Training records"), "records:records", "file"),
    Place(Perm.EXAMS_MANAGE, "exams", gettext_noop("Exams"), "exams:desk", "exams"),
    Place(Perm.EXAMS_MANAGE, "questions", gettext_noop("Question banks"), "exams:banks", "grid"),
    Place(Perm.CERTIFICATES_VIEW, "certificates", gettext_noop("Certificates"), "certificates:desk", "certificate"),
    Place(Perm.COURSES_EDIT, "content", gettext_noop("Edit courses"), "wagtailadmin_home", "edit"),
    Place(Perm.COURSES_REVIEW, "content", gettext_noop("Edit courses"), "wagtailadmin_home", "edit"),
    Place(Perm.COURSES_COMPLY, "content", gettext_noop("Edit courses"), "wagtailadmin_home", "edit"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`permissions`, `desk_nav`, `unread_notices` and `unattended`, each read only when a template asks."""
    user = getattr(request, "user", None)
    permissions = SimpleLazyObject(lambda: access.permissions(user) if user else frozenset())
    return {
        "permissions": permissions,
        "desk_nav": SimpleLazyObject(lambda: desk_menu(permissions)),
        "unread_notices": SimpleLazyObject(lambda: _unread(user)),
        "unattended": SimpleLazyObject(lambda: _unattended(user) if Perm.ROLES_GRANT in permissions else []),
    }


def desk_menu(permissions: Any) -> list[dict[str, str]]:
    """The desk as this person sees it, in order; empty for those who only learn."""
    menu: dict[str, dict[str, str]] = {}
    for place in DESK:
        if place.perm in permissions and place.key not in menu:
            menu[place.key] = {
                "key": place.key,
                "label": gettext(place.label),
                "url": reverse(place.url_name),
                "icon": place.icon,
            }
    return list(menu.values())


def _unattended(user: Any) -> list[Waiting]:
    """What waits for a review that nobody may make, for those who can grant the role."""
    return unattended(within=access.scope(user, Perm.ROLES_GRANT), at=clock.now())


def _unread(user: Any) -> int:
    if user is None or not user.is_authenticated:
        return 0
    return sum(count for (count,) in _UNREAD.all(person=user.pk))


_UNREAD = PreparedRows(
    lambda: (
        Notice.objects.filter(person=Key("person"))
        .unread()
        .order_by()
        .values("person")
        .annotate(count=Count("pk"))
        .values_list("count")
    )
)
