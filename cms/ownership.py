"""Whose a page is. A trainer's are the works they own or share; a reviewer's the ones submitted within their scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.db.models.functions import Substr
from wagtail.models import Page, WorkflowState

from lms.people import access, queries
from lms.people.access import Perm

WORK_DEPTH = 4  # root, home, section, work
PREFIX = WORK_DEPTH * Page.steplen
CACHE = "_cms_rights"


@dataclass(frozen=True)
class Rights:
    """What one person may touch, read once per request. Works are named by their tree path."""

    writes: bool
    reviews: bool
    own: frozenset[str]
    submitted: frozenset[str]

    @property
    def visible(self) -> frozenset[str]:
        return self.own | self.submitted

    @property
    def enters(self) -> bool:
        return self.writes or self.reviews


NOTHING = Rights(False, False, frozenset(), frozenset())


def rights(person: Any) -> Rights:
    """Cached on the person object, which lives as long as a request does."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return NOTHING
    cached: Rights | None = getattr(person, CACHE, None)
    if cached is None:
        cached = _read(person)
        setattr(person, CACHE, cached)
    return cached


def forget(person: Any) -> None:
    """After a verb changed whose something is, within the same request."""
    person.__dict__.pop(CACHE, None)


def _read(person: Any) -> Rights:
    permitted = access.permissions(person)
    writes, reviews = Perm.COURSES_EDIT in permitted, Perm.COURSES_REVIEW in permitted
    own = frozenset(_works_of(person).values_list("path", flat=True)) if writes else frozenset()
    submitted = frozenset(_submitted(person)) - own if reviews else frozenset()
    return Rights(writes, reviews, own, submitted)


def works() -> QuerySet[Page]:
    return Page.objects.filter(depth=WORK_DEPTH)


def _works_of(person: Any) -> QuerySet[Page]:
    shared = apps.get_model("cms", "CoAuthor").objects.filter(person=person)
    return works().filter(Q(owner=person) | Q(pk__in=shared.values("page")))


def _submitted(person: Any) -> Iterable[str]:
    """Paths of the works that await review and whose owner works within the person's scope today."""
    states = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, base_content_type=ContentType.objects.get_for_model(Page)
    )
    ids = [int(key) for key in states.values_list("object_id", flat=True)]
    paths = {path[:PREFIX] for path in Page.objects.filter(pk__in=ids).values_list("path", flat=True)}
    owners = queries.people_in(access.scope(person, Perm.COURSES_REVIEW))
    return works().filter(path__in=paths, owner__in=owners).values_list("path", flat=True)


def work_path(page: Page) -> str:
    """The path of the work a page belongs to; empty for the building itself and for a page not in the tree yet."""
    return page.path[:PREFIX] if page.pk and page.depth >= WORK_DEPTH else ""


def is_author(person: Any, page: Page) -> bool:
    """Somebody who writes the work; of a page being created, whoever creates it."""
    if not page.pk:
        return rights(person).writes and page.owner_id == person.pk
    return work_path(page) in rights(person).own


def may_see(person: Any, page: Page) -> bool:
    path = work_path(page)
    return path in rights(person).visible if path else rights(person).enters


def may_review(person: Any, page: Page) -> bool:
    """Submitted, in scope, and not one's own work, even for somebody who is trainer and reviewer at once."""
    return work_path(page) in rights(person).submitted


def pages_within(paths: Iterable[str]) -> QuerySet[Page]:
    """The works with these paths and everything below them."""
    return Page.objects.annotate(_work=Substr("path", 1, PREFIX)).filter(depth__gte=WORK_DEPTH, _work__in=list(paths))


def explorable(person: Any) -> QuerySet[Page]:
    """All pages a person may know of in the admin, with the way down to them."""
    found = rights(person)
    if not found.enters:
        return Page.objects.none()
    inside = Page.objects.annotate(_work=Substr("path", 1, PREFIX))
    return inside.filter(Q(depth__lt=WORK_DEPTH, depth__gt=1) | Q(depth__gte=WORK_DEPTH, _work__in=found.visible))


def reviewable(person: Any) -> QuerySet[Page]:
    return pages_within(rights(person).submitted)
