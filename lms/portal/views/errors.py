"""Pages for what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is stale: usually a page left open since before log-in."""
    return render(request, "portal/page_too_old.html", status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Visible but not editable: the sentence that came with the refusal says who can."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)
