"""What the trainer's screens show, and what they leave out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.action_menu import SubmitForModerationMenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from cms import ownership
from cms.media import choosers

# Wagtail mails inside the request; our notices are rows first and are sent by the worker.
for signal, sender, uid in (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
):
    signal.disconnect(sender=sender, dispatch_uid=uid)


class NothingToReview(Component):
    """In place of Wagtail's list of what awaits a decision."""

    order = 50
    template_name = "cms/admin/nothing_to_review.html"


MENU = {"explorer", "images", "documents"}
WITHDRAW = "action-cancel-workflow"


@hooks.register("construct_main_menu")
def only_content(request: HttpRequest, items: list[Any]) -> None:
    """Reports, settings and help speak of what nobody may open here."""
    items[:] = [item for item in items if item.name in MENU or getattr(item, "ours", False)]


class SubmitItem(SubmitForModerationMenuItem):
    """Wagtail names the step that sent it back; the review begins with its first step again."""

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        page = context.get("page")
        if page and page.current_workflow_state:
            context["label"] = gettext("Submit for review again")
        return context


@hooks.register("construct_page_action_menu")
def review_actions(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Authors withdraw what they submitted; reviewers decide."""
    page = context.get("page")
    decides = page is not None and page.pk and not ownership.is_author(request.user, page)
    kept = [item for item in items if not (decides and item.name == WITHDRAW)]
    items[:] = [SubmitItem(order=item.order) if item.name == "action-submit" else item for item in kept]


@hooks.register("before_edit_page")
def only_authors_withdraw_and_go_back(request: HttpRequest, page: Any) -> None:
    """A reviewer neither ends a review without deciding nor puts an earlier version into it."""
    match = request.resolver_match
    goes_back = match is not None and "revision_id" in match.kwargs
    withdraws = request.method == "POST" and WITHDRAW in request.POST
    if (goes_back or withdraws) and not ownership.is_author(request.user, page):
        raise PermissionDenied


@hooks.register("after_edit_page")
def on_to_what_else_awaits(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Whoever decided is told what it did, and sees what else waits; the list of pages shows a reviewer none."""
    if "action-workflow-action" not in request.POST:
        return None
    list(messages.get_messages(request))  # Wagtail only says that the page was updated
    if request.POST.get("workflow-action-name") == "reject":
        text = gettext("%(title)s was sent back to its authors with your request.")
    elif page.workflow_in_progress:
        text = gettext("%(title)s was passed on to the compliance review.")
    else:
        text = gettext("%(title)s was approved.")
    messages.success(request, text % {"title": page.title})
    return redirect("wagtailadmin_home")


@hooks.register("construct_page_chooser_queryset")
def only_known_pages(pages: Any, request: HttpRequest) -> Any:
    return pages.filter(pk__in=ownership.explorable(request.user).values("pk"))


@hooks.register("construct_homepage_panels", order=1000)
def nothing_to_review(request: HttpRequest, panels: list[Any]) -> None:
    """Whoever only reviews is not left before an empty page."""
    found = ownership.rights(request.user)
    if found.reviews and not found.writes and not found.awaiting:
        panels.append(NothingToReview())


@hooks.register("construct_homepage_summary_items", order=1000)
def no_figures(request: HttpRequest, items: list[Any]) -> None:
    """They would count what others write."""
    items.clear()


@hooks.register("insert_global_admin_css")
def our_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/admin.css"))


@hooks.register("insert_global_admin_js")
def too_large_is_said_at_once() -> SafeString:
    """Nobody should wait for 301 MB to arrive before being told."""
    return format_html('<script src="{}" defer></script>', static("cms/uploads.js"))


@hooks.register("register_admin_viewset")
def media_choosers() -> list[Any]:
    return list(choosers.ALL)
