"""The door of pictures and sounds of questions."""

from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from cms import files
from exams import media
from exams.queries.media import visible
from exams.views.who import person_of
from lms.people.login import login_required


@require_safe
@login_required
def medium(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """404 for whoever has no paper with it and examines no bank that has it."""
    found = visible(person_of(request), sha256)
    if found is None:
        raise Http404
    try:
        file = BytesIO(media.data(sha256))
    except FileNotFoundError:
        raise Http404 from None
    response = files.send(request, file, found.size, found.mime)
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"  # the next person on this phone has another paper
    return response
