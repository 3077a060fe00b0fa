"""Media of drafts inside the content desk: what their preview plays."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cms import ownership
from cms.media.sending import send_media
from cms.models import MediaFile
from courses.media import used_in
from courses.models import LessonPage


@require_safe
def media(request: HttpRequest, page_id: int, file: UUID, number: int | None = None) -> HttpResponseBase:
    """A file for the preview: one's own, or one that the draft `page_id` (0: not saved yet) of somebody else uses."""
    found = get_object_or_404(MediaFile, uuid=file)
    if not ownership.rights(request.user).enters:
        raise Http404
    if found.uploaded_by_user_id != request.user.pk and not _uses(request, page_id, found):
        raise Http404
    return send_media(request, found.uuid, found.mime, number)


def _uses(request: Any, page_id: int, file: MediaFile) -> bool:
    page = get_object_or_404(LessonPage, pk=page_id)
    if not ownership.may_see(request.user, page):
        raise Http404
    return file in used_in(page.get_latest_revision_as_object().body) | used_in(page.body)
