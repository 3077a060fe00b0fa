"""News in the content desk: the way to their section."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.menu import WritersMenuItem
from lms.news.models import NewsIndexPage


@hooks.register("register_admin_menu_item")
def section() -> WritersMenuItem:
    return _Section(_("News and policies"), "#", name="news", icon_name="doc-full", order=130)


class _Section(WritersMenuItem):
    def render_component(self, request: Any) -> Any:
        page = NewsIndexPage.objects.first()
        self.url = reverse("wagtailadmin_explore", args=[page.pk]) if page else "#"
        return super().render_component(request)
