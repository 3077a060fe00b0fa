"""Wagtail's questions about rights, answered from ownership. Registered in `cms.apps`."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.models import Collection, Page
from wagtail.models.pages import PagePermissionTester
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from cms import ownership, submitted
from cms.steps import WORK_DEPTH

AUTHOR = frozenset({"add", "change", "bulk_delete"})
SECTION_DEPTH = WORK_DEPTH - 1


def actions_on(person: Any, page: Page) -> frozenset[str]:
    """What the person may do with this very page, in Wagtail's words."""
    found = ownership.rights(person)
    path = ownership.work_path(page)
    if ownership.is_author(person, page):
        return AUTHOR
    if not path:
        return frozenset({"add"}) if found.writes and page.depth == SECTION_DEPTH else frozenset()
    return frozenset({"change"}) if path in found.submitted else frozenset()


class WorkTester(PagePermissionTester):
    """Authors draft, order and submit; nobody acts above all others.

    What readers see changes through review only. So does taking it away: an author submits an end date, and what is
    live can be neither unpublished, deleted nor moved (Wagtail asks for a right to publish, which nobody has).
    """

    def __init__(self, user: Any, page: Page) -> None:
        self.user = user
        self.page = page
        self.page_is_root = page.depth == 1
        self.permissions = actions_on(user, page)

    def _is_author(self) -> bool:
        return ownership.is_author(self.user, self.page)

    def can_add_subpage(self) -> bool:
        return super().can_add_subpage() and not self.page_locked()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self._is_author() and not self.page_locked() and super().can_delete(ignore_bulk)

    def can_reorder_children(self) -> bool:
        """The order of lessons takes effect with the next edition, so it is a draft like any other."""
        return self._is_author() and not self.page_locked()

    def can_move_to(self, destination: Page) -> bool:
        """Nothing is slipped into a work that is being reviewed: it would be published unread."""
        locked = destination.specific.permissions_for_user(self.user).page_locked()
        return not locked and bool(super().can_move_to(destination))

    def can_copy(self) -> bool:
        return self._is_author()

    def can_submit_for_moderation(self) -> bool:
        return self._is_author() and super().can_submit_for_moderation()

    def can_lock(self) -> bool:
        return False

    def can_unlock(self) -> bool:
        return self.user_has_lock()

    def can_unschedule(self) -> bool:
        return self._is_author()

    def can_set_view_restrictions(self) -> bool:
        return False


class WorkPolicy(PagePermissionPolicy):
    """Pages by ownership. There are no permissions on parts of the tree, so none are read."""

    def get_all_permissions_for_user(self, user: Any) -> list[Any]:
        return []

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        found = ownership.rights(user)
        return found.writes and bool(AUTHOR & set(actions)) or found.reviews and "change" in set(actions)

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Page) -> bool:
        return bool(actions_on(user, instance) & set(actions))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Page]:
        found = ownership.rights(user)
        paths = found.own if AUTHOR & set(actions) else frozenset()
        if "change" in set(actions):
            paths |= found.submitted
        return self._of_model(ownership.pages_within(paths))

    def users_with_any_permission(self, actions: Iterable[str], include_superusers: bool = True) -> QuerySet[Any]:
        return get_user_model()._default_manager.filter(is_active=True, groups__name="trainer").distinct()

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Page, include_superusers: bool = True
    ) -> QuerySet[Any]:
        authors = [instance.owner_id, *instance.co_authors.current().values_list("person", flat=True)]
        return get_user_model()._default_manager.filter(is_active=True, pk__in=authors)

    def instances_with_direct_explore_permission(self, user: Any) -> list[Page]:
        root = self.explorable_root_instance(user)
        return [root] if root else []

    def explorable_root_instance(self, user: Any) -> Page | None:
        """The only section when there is one, else the home page; nothing for people without a role here."""
        if not ownership.rights(user).enters:
            return None
        sections = list(Page.objects.filter(depth=SECTION_DEPTH)[:2])
        return sections[0] if len(sections) == 1 else Page.objects.filter(depth=2).first()

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        return self._of_model(ownership.explorable(user))

    def _of_model(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        if self.model is Page:
            return pages
        return self.model._default_manager.filter(pk__in=pages.values("pk"))


class UploadPolicy(BasePermissionPolicy):
    """Images and documents: everyone who writes may add, and uses, changes and deletes what they uploaded.

    What is being reviewed is not deleted meanwhile.
    """

    OWN = frozenset({"add", "change", "delete", "choose"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return ownership.rights(user).writes and bool(self.OWN & set(actions))

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        return get_user_model()._default_manager.filter(is_active=True, groups__name="trainer").distinct()

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        own = self.user_has_permission(user, action) and instance.uploaded_by_user_id == user.pk
        return own and not (action == "delete" and submitted.is_submitted(instance))

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        if not self.user_has_any_permission(user, actions):
            return self.model._default_manager.none()
        return self.model._default_manager.filter(uploaded_by_user=user)

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Any) -> QuerySet[Any]:
        return get_user_model()._default_manager.filter(is_active=True, pk=instance.uploaded_by_user_id)

    def collections_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Collection]:
        """Collections are not used: everything lies in the root one."""
        allowed = self.user_has_any_permission(user, actions)
        return Collection.objects.filter(depth=1) if allowed else Collection.objects.none()

    def collections_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Collection]:
        return self.collections_user_has_any_permission_for(user, [action])


class NobodyPolicy(BasePermissionPolicy):
    """Workflows, tasks, sites, locales, collections: set up by code, not by screens."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return False

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        return get_user_model()._default_manager.none()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        return self.model._default_manager.none()

    def collections_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Collection]:
        return Collection.objects.none()

    collections_user_has_permission_for = collections_user_has_any_permission_for
