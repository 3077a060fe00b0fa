"""Whose a page is. A trainer's are the works they own or share; a reviewer's the ones submitted within their scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.db.models.functions import Substr
from wagtail.models import Page

from cms import steps
from cms.steps import PREFIX, WORK_DEPTH
from lms.people import access
from lms.people.access import Perm

CACHE = "_cms_rights"


@dataclass(frozen=True)
class Rights:
    """What one person may touch, read once per request. Works are named by their tree path.

    `awaiting`: keys of the pages that wait for their decision; `submitted`: the works these belong to.
    """

    writes: bool
    reviews: bool
    own: frozenset[str]
    submitted: frozenset[str]
    awaiting: frozenset[int] = frozenset()

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
    writes, reviews = Perm.COURSES_EDIT in permitted, bool(permitted & set(steps.PERMISSION.values()))
    own = frozenset(_works_of(person).values_list("path", flat=True)) if writes else frozenset()
    waiting = _not_written_by(person, steps.awaiting(person, permitted)) if reviews else {}
    return Rights(writes, reviews, own, frozenset(waiting.values()), frozenset(waiting))


def works() -> QuerySet[Page]:
    return Page.objects.filter(depth=WORK_DEPTH)


def _works_of(person: Any) -> QuerySet[Page]:
    shared = apps.get_model("cms", "CoAuthor").objects.current().filter(person=person)
    return works().filter(Q(owner=person) | Q(pk__in=shared.values("page")))


def _not_written_by(person: Any, waiting: dict[int, str]) -> dict[int, str]:
    """Without the works the person ever was an author of, also while they may not write."""
    shared = apps.get_model("cms", "CoAuthor").objects.filter(person=person)
    written = works().filter(Q(owner=person) | Q(pk__in=shared.values("page"))) if waiting else works().none()
    paths = set(written.values_list("path", flat=True))
    return {pk: path for pk, path in waiting.items() if path not in paths}


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


def may_decide(person: Any, page: Page) -> bool:
    """This very page waits for the person: submitted, at their step, in scope and never their own work."""
    return page.pk in rights(person).awaiting


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
