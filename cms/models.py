"""How content looks and whose it is: base page, home page, co-authors, the steps of a review.

The tree is a building of fixed depth: root, home (2), sections (3). A page at depth 4 is a *work*: a course, a news
item. It has an owner and co-authors, and everything below it belongs to it. Who may do what is decided by
`cms.ownership` for the work as a whole; Wagtail's own tree permissions are not used.
"""

from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState

from cms import ownership, reviews
from cms.page_forms import RequestForm
from cms.panels import ReviewPanel
from cms.permissions import WorkTester
from cms.steps import Step


class BasePage(Page):
    """What all our pages share: one tab, the preview of a phone, rights by ownership."""

    # Wagtail's own title panel fills the slug, which has no field here: it comes from the title.
    content_panels: ClassVar[list[Any]] = [ReviewPanel(), FieldPanel("title", classname="title")]
    promote_panels: ClassVar[list[Any]] = []
    show_in_menus_default = False
    default_preview_size = "phone"

    class Meta:
        abstract = True

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """CSS widths. The phone comes first, because that is where people learn."""
        return [
            {"name": "phone", "icon": "mobile-alt", "device_width": 390, "label": _("Preview on a phone")},
            {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("Preview on a tablet")},
            {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("Preview on a computer")},
        ]

    def permissions_for_user(self, user: Any) -> WorkTester:
        return WorkTester(user, self)


class HomePage(BasePage):
    """Root of the tree and source of the banner. 首页 itself is served by the portal."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]

    banner = models.CharField(_("banner"), max_length=120, blank=True)

    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("banner")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("/")


class CoAuthorQuerySet(models.QuerySet["CoAuthor"]):
    def current(self) -> "CoAuthorQuerySet":
        return self.filter(removed_at=None)


class CoAuthor(models.Model):
    """Somebody who works on a work together with its owner. In effect at once, not part of a draft.

    The row stays when they are taken off: who has written something never reviews it.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="co_authors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = CoAuthorQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "person"], name="cms_co_author_once")]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.page_id}"


class MediaFile(models.Model):
    """A film, a recording, captions or a document of lessons, written once (see `cms.media`).

    `seconds` and `pages`: how long it is, 0 where that says nothing; `bytes`: what a reader loads to have all of it.
    """

    class Kind(models.TextChoices):
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio")
        CAPTIONS = "captions", _("Captions")
        DOCUMENT = "document", _("Document")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=120)
    mime = models.CharField(max_length=40)
    seconds = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField()
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("media file")
        verbose_name_plural = _("media files")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class ReviewTask(AbstractGroupApprovalTask):
    """A step of the review, decided by a person who holds its role over the owner of the work; never by an author."""

    step = models.CharField(max_length=12, choices=Step.choices, default=Step.SUBJECT)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """What was sent back is read from the first step again: its text may be another by now."""
        first = reviews.first_step_again(self, workflow_state)
        return first.start(workflow_state, user) if first else super().start(workflow_state, user=user)

    def on_action(self, task_state: TaskState, user: Any, action_name: str, comment: str = "", **kwargs: Any) -> None:
        reviews.decide(task_state, user, action_name, comment)

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        return ownership.may_decide(user, obj)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        return not ownership.may_decide(user, obj)

    def user_can_lock(self, obj: Page, user: Any) -> bool:
        return False

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        if not ownership.may_decide(user, obj):
            return []
        approve = _("Approve") if self.step == Step.COMPLIANCE else _("Pass on to compliance review")
        return [("reject", _("Ask for changes"), True), ("approve", approve, False)]

    def get_form_for_action(self, action: str) -> type[TaskStateCommentForm]:
        return RequestForm if action == "reject" else TaskStateCommentForm

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[TaskState]:
        states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        pages = [str(pk) for pk in ownership.rights(user).awaiting]
        return states.filter(workflow_state__object_id__in=pages)

    @classmethod
    def get_description(cls) -> str:
        return gettext("A reviewer who is not one of the authors approves the course.")
