"""The drafting table: catalogue, course and lesson as Wagtail pages. Learners never read them, only editions."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from cms.fields import BodyField
from cms.models import BasePage
from courses import locks
from courses.blocks import LessonBody
from courses.enums import HourAccount, LessonKind, Line
from courses.forms import CoursePageForm, LessonPageForm
from courses.panels import HiddenPanel, LessonsPanel
from courses.rendering import render_lesson


class CatalogueIndexPage(BasePage):
    """课程目录: the section all courses hang under, and where the review workflow is attached."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["courses.CoursePage"]

    class Meta:
        verbose_name = _("course catalogue")
        verbose_name_plural = _("course catalogues")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("portal:catalogue")


class CoursePage(BasePage):
    """A course being written. Publishing it publishes its lessons' drafts and writes an edition."""

    parent_page_types: ClassVar[list[str]] = ["courses.CatalogueIndexPage"]
    subpage_types: ClassVar[list[str]] = ["courses.LessonPage"]
    template = "courses/preview_course.html"
    admin_default_ordering = "ord"
    base_form_class = CoursePageForm

    code = models.CharField(_("course code"), max_length=32, blank=True, help_text=_("For example S4."))
    line = models.CharField(_("line of business"), max_length=8, choices=Line.choices)
    hours = models.DecimalField(
        _("hours"), max_digits=5, decimal_places=1, default=0, validators=[MinValueValidator(0)],
        help_text=_("Approved hours of 45 minutes, credited on completion."),
    )  # fmt: skip
    account = models.CharField(
        _("hour account"), max_length=12, choices=HourAccount.choices, default=HourAccount.COMPANY
    )
    summary = models.TextField(_("summary"), blank=True)
    objectives = models.TextField(_("objectives"), blank=True, help_text=_("One per line."))
    audience = models.TextField(_("for whom"), blank=True)
    position_tags = ParentalManyToManyField(
        "people.PositionTag", blank=True, related_name="+", verbose_name=_("for which posts"),
        help_text=_("Whose post has one of these finds the course first. None: the course is for everybody."),
    )  # fmt: skip
    cover = models.ForeignKey(
        "wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("cover"),
    )  # fmt: skip
    coming_soon = models.BooleanField(
        _("coming soon"), default=False, help_text=_("Announce the course in the catalogue before its lessons exist.")
    )
    copy_key = models.CharField(max_length=64, null=True, unique=True, editable=False)  # of a press on "duplicate"
    exclude_fields_in_copy: ClassVar[list[str]] = ["copy_key"]

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("code"), FieldPanel("line")]),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("account")]),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("objectives"), FieldPanel("audience")], heading=_("Objectives and audience")),
        FieldPanel("position_tags", widget=forms.CheckboxSelectMultiple),
        InlinePanel("modules", heading=_("Modules"), label=_("Module")),
        LessonsPanel(heading=_("Lessons")),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("coming_soon")], heading=_("In the catalogue")),
    ]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def lesson_pages(self) -> "models.QuerySet[LessonPage]":
        """Its lessons, drafts too, in the order of the tree."""
        return LessonPage.objects.child_of(self).order_by("path")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        course = getattr(self, "course", None)
        if course is None:
            raise Http404
        return redirect(reverse("portal:course", args=[course.uuid]))


def new_key() -> str:
    """What a module is known by, whatever its title becomes."""
    return uuid4().hex


class CourseModule(Orderable):
    """模块: a heading over some lessons of a course.

    Lessons name it by `key`, which a new title leaves alone and which a draft has before there is a row. It travels
    through the editor's form; a module that comes without one is new.
    """

    page = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="modules")
    key = models.CharField(max_length=255, blank=True)
    title = models.CharField(_("module title"), max_length=255)

    panels: ClassVar[list[Any]] = [FieldPanel("title"), HiddenPanel("key")]

    class Meta(Orderable.Meta):
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        self.key = self.key or new_key()


class LessonPage(BasePage):
    """A lesson being written. `module` is the key of one of the course's modules, or empty."""

    parent_page_types: ClassVar[list[str]] = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "courses/preview_lesson.html"
    base_form_class = LessonPageForm

    module = models.CharField(_("module"), max_length=255, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=LessonKind.choices, default=LessonKind.READING)
    minutes = models.PositiveIntegerField(
        _("minutes"), default=0, help_text=_("Estimate shown to learners. 0: from the number of characters.")
    )
    required = models.BooleanField(_("must be done"), default=True)
    body: Any = BodyField(LessonBody(), verbose_name=_("content"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("module"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("required")]),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @property
    def course_page(self) -> CoursePage:
        return self.get_parent().specific

    def clean(self) -> None:
        super().clean()
        lesson = getattr(self, "lesson", None) if self.pk else None
        if lesson is not None and lesson.kind != self.kind and lesson.editions.exists():
            raise ValidationError(
                {"kind": _("The kind of a published lesson cannot change. Please add a new lesson.")}
            )

    def get_lock(self) -> Any:
        """While its course is being reviewed or waits for its date, a lesson is part of what was submitted."""
        return super().get_lock() or locks.of_course(self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        lesson = getattr(self, "lesson", None)
        if lesson is None:
            raise Http404
        return redirect(reverse("portal:lesson", args=[lesson.course.uuid, lesson.uuid]))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """For the preview, the only place where a page itself is rendered."""
        content = render_lesson(self)
        drawn = {"lesson_html": content.html, "lesson_media": content.media}
        return {**super().get_context(request, *args, **kwargs), **drawn}
