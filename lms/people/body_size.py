"""How much somebody may send: files only from those whose work it is to upload some, and from nobody without end.

Decided by the announced length, before a byte of the body is read: a form's token is looked for inside the body, so
without this whoever comes along could fill the disk before being refused.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from lms.people import access
from lms.people.access import Perm
from lms.people.login import wants_json

ORDINARY: Final = 1024 * 1024  # bytes: forms and JSON
WITH_FILES: Final = 24 * 1024 * 1024  # bytes: the largest file most doors take, and its form around it
UPLOADS: Final = frozenset({Perm.COURSES_EDIT, Perm.EXAMS_MANAGE, Perm.PEOPLE_IMPORT})

Responder = Callable[[HttpRequest], HttpResponse]


def body_size(get_response: Responder) -> Responder:
    """413 with a sentence for everything longer."""

    def respond(request: HttpRequest) -> HttpResponse:
        length = _announced(request)
        if length > ORDINARY and (length > _most(request) or not access.permissions(request.user) & UPLOADS):
            return _refused(request)
        return get_response(request)

    return respond


def _most(request: HttpRequest) -> int:
    return settings.LARGE_UPLOADS.get(request.path_info, WITH_FILES)


def _announced(request: HttpRequest) -> int:
    """Without a length no server hands us a body."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _refused(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": "too_large"}, status=413)
    return render(request, "people/too_large.html", status=413)
