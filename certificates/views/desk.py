"""Certificates at the desk: find, look, take back, print again."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from certificates import actions, queries
from certificates.enums import State
from certificates.forms import RevokeForm
from certificates.models import Certificate
from lms.kernel import clock
from lms.people.access import Perm, required
from lms.people.models import Person

PAGE = 50


@required(Perm.CERTIFICATES_VIEW)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Those of the people in scope today, the newest first; what is held back is told on top."""
    at = clock.now()
    text, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
    in_scope = queries.in_scope(_viewer(request), Perm.CERTIFICATES_VIEW)
    found = queries.in_state(queries.search(in_scope, text), state, localdate(at))
    page = Paginator(found.select_related("person", "unit"), PAGE).get_page(request.GET.get("page"))
    context = {
        "nav_current": "certificates",
        "page": page,
        "certificates": [queries.Shown(certificate, at) for certificate in page],
        "held": in_scope.held().count(),
        "shapes": queries.shapes_certificates(_viewer(request)),
        "states": [("held", _("On hold")), *((s.value, s.label) for s in (State.VALID, State.EXPIRED, State.REVOKED))],
        "q": text,
        "state": state,
        "query": f"&{urlencode({'q': text, 'state': state})}" if text or state else "",
    }
    return render(request, "certificates/desk.html", context)


@required(Perm.CERTIFICATES_VIEW)
@require_safe
def show(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _page(request, _in_scope(request, uuid), RevokeForm())


@required(Perm.CERTIFICATES_VIEW)
@require_POST
def revoke(request: HttpRequest, uuid: UUID) -> HttpResponse:
    certificate = _in_scope(request, uuid)
    _must_be_theirs(request, certificate)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return _page(request, certificate, form, status=422)
    reason, by = form.cleaned_data["reason"], _viewer(request)
    if actions.revoke(certificate=certificate, reason=reason, by=by, at=clock.now()):
        messages.success(request, _("Revoked. Verification shows it from now on."))
    else:
        messages.info(request, _("This certificate has been revoked before."))
    return redirect("certificates:desk_show", uuid=uuid)


@required(Perm.CERTIFICATES_VIEW)
@require_POST
def try_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Print a held certificate again, for example after a font was added."""
    certificate = _in_scope(request, uuid)
    _must_be_theirs(request, certificate)
    actions.try_again(certificate=certificate, by=_viewer(request), at=clock.now())
    messages.success(request, _("It is being printed again."))
    return redirect("certificates:desk_show", uuid=uuid)


def _page(request: HttpRequest, certificate: Certificate, form: RevokeForm, status: int = 200) -> HttpResponse:
    context = {
        "nav_current": "certificates",
        "shown": queries.Shown(certificate, clock.now()),
        "form": form,
        "theirs": _is_theirs(request, certificate),
    }
    return render(request, "certificates/desk_show.html", context, status=status)


def _in_scope(request: HttpRequest, uuid: UUID) -> Certificate:
    in_scope = queries.in_scope(_viewer(request), Perm.CERTIFICATES_VIEW)
    certificate = in_scope.filter(uuid=uuid).select_related("person", "unit", "revoked_by").first()
    if certificate is None:
        raise Http404
    return certificate


def _is_theirs(request: HttpRequest, certificate: Certificate) -> bool:
    return queries.in_scope(_viewer(request), Perm.CERTIFICATES_REVOKE).filter(pk=certificate.pk).exists()


def _must_be_theirs(request: HttpRequest, certificate: Certificate) -> None:
    if not _is_theirs(request, certificate):
        raise PermissionDenied(_("Only a training administrator of this unit can do this."))


def _viewer(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
