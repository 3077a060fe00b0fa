"""Entries of the content desk's menu."""

from typing import Any

from wagtail.admin.menu import MenuItem

from cms import ownership


class WritersMenuItem(MenuItem):
    """Shown to those who write."""

    ours = True

    def is_shown(self, request: Any) -> bool:
        return ownership.rights(request.user).writes
