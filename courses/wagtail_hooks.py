"""Courses in the content desk: menu, buttons, addresses."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from cms import ownership
from cms.menu import WritersMenuItem
from courses import desk
from courses.models import CatalogueIndexPage, CoursePage
from courses.panels import MyCoursesPanel


@hooks.register("register_admin_urls")
def addresses() -> list[URLResolver]:
    return [path("courses/", include((desk.urlpatterns, desk.app_name)))]


@hooks.register("register_admin_menu_item")
def new_course() -> WritersMenuItem:
    return _NewCourse(_("New course"), "#", name="new-course", icon_name="plus", order=110)


@hooks.register("register_admin_menu_item")
def import_item() -> WritersMenuItem:
    return WritersMenuItem(
        _("Import a course"), reverse("courses_desk:import"), name="import", icon_name="upload", order=120
    )


class _NewCourse(WritersMenuItem):
    def render_component(self, request: Any) -> Any:
        self.url = new_course_url()
        return super().render_component(request)


def new_course_url() -> str:
    catalogue = CatalogueIndexPage.objects.first()
    return reverse("wagtailadmin_pages:add", args=["courses", "coursepage", catalogue.pk]) if catalogue else "#"


@hooks.register("construct_homepage_panels")
def my_courses(request: Any, panels: list[Any]) -> None:
    if ownership.rights(request.user).writes:
        panels.append(MyCoursesPanel(new_course_url()))


@hooks.register("register_page_header_buttons")
def header_buttons(page: Any, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    if not isinstance(page.specific, CoursePage):
        return
    yield Button(_("Outline"), reverse("courses_desk:outline", args=[page.pk]), icon_name="list-ol", priority=50)
    if page.owner_id == user.pk:
        url = reverse("courses_desk:co_authors", args=[page.pk])
        yield Button(_("Co-authors"), url, icon_name="group", priority=60)
