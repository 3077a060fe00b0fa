"""Courses in the content desk: menu, buttons, addresses."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms import ownership
from cms.menu import WritersMenuItem
from courses import desk
from courses.enums import LessonKind
from courses.models import CatalogueIndexPage, CoursePage, LessonPage
from courses.my_courses import MyCoursesPanel


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


@hooks.register("register_admin_menu_item")
def media_item() -> WritersMenuItem:
    return WritersMenuItem(_("Media"), reverse("courses_desk:library"), name="media", icon_name="media", order=310)


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
    if ownership.is_author(user, page):
        yield Button(
            _("Duplicate the course"), reverse("courses_desk:duplicate", args=[page.pk]), icon_name="copy", priority=55
        )
    if page.owner_id == user.pk:
        url = reverse("courses_desk:co_authors", args=[page.pk])
        yield Button(_("Co-authors"), url, icon_name="group", priority=60)


@hooks.register("before_copy_page")
def copies_of_our_own(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail would copy what opens an exam too, and the copy would take the exam away from its course."""
    found = page.specific
    if isinstance(found, CoursePage):
        return redirect("courses_desk:duplicate", found.pk)
    if isinstance(found, LessonPage) and found.get_latest_revision_as_object().kind != LessonKind.READING:
        messages.error(request, gettext("This lesson cannot be copied: its exam belongs to one lesson."))
        return redirect("wagtailadmin_pages:edit", found.pk)
    return None
