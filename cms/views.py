"""Files of the content, each through a check; and the doors that replace Wagtail's."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from cms import assets, files, ownership
from cms.naming import is_named
from lms.people.login import login_required

FOR_EVER = "private, max-age=31536000, immutable"


@require_safe
@login_required
def asset(request: HttpRequest, name: str) -> HttpResponseBase:
    """An image of a lesson: anyone logged in, by its key, the same for ever."""
    try:
        path = assets.path(name)
        file = default_storage.open(path)
    except (ValueError, FileNotFoundError):
        raise Http404 from None
    response = files.send(request, file, default_storage.size(path), "image/webp")
    response.headers["Cache-Control"] = FOR_EVER
    return response


@require_safe
@login_required
def thumbnail(request: HttpRequest, path: str) -> HttpResponseBase:
    """The image files Wagtail's own screens show: to those who may choose the image, or see a draft that names it."""
    image_model = get_image_model()
    rendition = image_model.get_rendition_model().objects.filter(file=path).select_related("image").first()
    image = rendition.image if rendition else get_object_or_404(image_model, file=path)
    policy = policy_registry.get_by_type(image_model)
    own = policy.user_has_permission_for_instance(request.user, "choose", image)
    if not own and not is_named(image, ownership.pages_within(ownership.rights(request.user).visible)):
        raise Http404
    content_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return files.send(request, default_storage.open(path), default_storage.size(path), content_type)


@require_safe
@login_required
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """A document linked from a lesson, always as a download."""
    found = get_object_or_404(get_document_model(), pk=document_id)
    if found.filename != document_filename:
        raise Http404
    response = files.send(request, found.file.open("rb"), found.file.size, "application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, found.filename) or "attachment"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response


def log_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's own log-in knows neither our lock nor our password rules."""
    return redirect("account_login")


def account(request: HttpRequest) -> HttpResponse:
    """Names come from the roster, language and password have their own page."""
    return redirect("portal:me")
