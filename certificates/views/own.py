"""My certificates; and the files of any certificate the viewer may open."""

from uuid import UUID

import segno
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from certificates import queries
from certificates.models import Certificate
from certificates.rendering import press
from lms.kernel import clock
from lms.people.login import login_required
from lms.people.models import Person


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    at = clock.now()
    certificates = Certificate.objects.filter(person=_person(request))
    shown = [queries.Shown(certificate, at) for certificate in certificates]
    return render(request, "certificates/mine.html", {"nav_current": "me", "certificates": shown})


@login_required
@require_safe
def show(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One of my own. The desk has its own page for those of others."""
    certificate = Certificate.objects.filter(uuid=uuid, person=_person(request)).first()
    if certificate is None:
        raise Http404
    context = {
        "nav_current": "me",
        "shown": queries.Shown(certificate, clock.now()),
        "verify_url": press.verify_url(certificate.code),
    }
    return render(request, "certificates/show.html", context)


@login_required
@require_safe
def pdf(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    certificate = _openable(request, uuid)
    return _file(certificate.pdf, f"{certificate.serial}.pdf", "application/pdf", attached=True)


@login_required
@require_safe
def png(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Shown in the page, so that a long press keeps it."""
    certificate = _openable(request, uuid)
    return _file(certificate.png, f"{certificate.serial}.png", "image/png", attached=False)


@login_required
@require_safe
def qr(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The QR code alone, large enough to be read from this screen by another phone."""
    code = segno.make(press.verify_url(_openable(request, uuid).code), error="m", micro=False)
    svg = code.svg_inline(scale=8, border=4, dark="#17211e", light="#ffffff", omitsize=True)
    svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(svg, content_type="image/svg+xml")


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def _openable(request: HttpRequest, uuid: UUID) -> Certificate:
    certificate = queries.openable(_person(request)).filter(uuid=uuid).first()
    if certificate is None:
        raise Http404
    return certificate


def _file(file: FieldFile, name: str, content_type: str, *, attached: bool) -> FileResponse:
    if not file or not file.storage.exists(file.name or ""):
        raise Http404
    return FileResponse(file.open("rb"), as_attachment=attached, filename=name, content_type=content_type)
