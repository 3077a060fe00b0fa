"""Files of media on their way out. The caller has checked that the person may have them."""

from typing import Final
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.http import content_disposition_header

from cms import files
from cms.media import library

AT_ONCE: Final = 2 * 1024 * 1024  # bytes: a player asks again, instead of holding a thread until the film is over


def send_media(request: HttpRequest, uuid: UUID, mime: str, page: int | None = None) -> HttpResponseBase:
    """The file, or the picture of one of its pages; a PDF only ever as a download. Raises Http404."""
    path = library.path(uuid, page)
    try:
        file = default_storage.open(path)
    except FileNotFoundError:
        raise Http404 from None
    kind = "image/webp" if page else mime
    response = files.send(request, file, default_storage.size(path), kind, at_once=AT_ONCE)
    if kind == "application/pdf":
        response.headers["Content-Disposition"] = content_disposition_header(True, f"{uuid}.pdf") or "attachment"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
