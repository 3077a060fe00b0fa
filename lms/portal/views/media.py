"""Films, recordings, captions and documents of a lesson, sent to whoever may study it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from cms.media.sending import send_media
from courses import shelf
from courses.media import type_of
from lms.people.login import login_required
from lms.portal.views.learner import learner, own_course


@login_required
@require_safe
def media(request: HttpRequest, course: UUID, lesson: UUID, file: UUID, page: int | None = None) -> HttpResponseBase:
    """A file of the lesson as the person's own edition has it; `page`: the picture of a page of a document."""
    found, enrolment = own_course(learner(request), course)
    edition = enrolment.edition if enrolment else found.current_edition
    if edition is None or edition.coming_soon:
        raise Http404
    line = next((one for one in shelf.editions.one(edition.pk).lines if one.uuid == lesson), None)
    mime = type_of(shelf.contents.one(line.lesson_edition).media, file) if line else None
    if mime is None:
        raise Http404
    return send_media(request, file, mime, page)
