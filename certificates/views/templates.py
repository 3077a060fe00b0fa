"""What certificates look like: for the training administrators of the whole company."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates import actions, queries
from certificates.forms import TemplateForm
from certificates.models import CertificateTemplate
from lms.kernel import clock
from lms.people.access import Perm, required
from lms.people.models import Person

WORDS = ("name", "wording", "signer", "signer_title", "seal_text", "validity_months")


@required(Perm.CERTIFICATES_REVOKE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    _editor(request)
    templates = CertificateTemplate.objects.order_by("name").prefetch_related("courses__current_edition")
    return render(request, "certificates/templates.html", {"nav_current": "certificates", "templates": templates})


@required(Perm.CERTIFICATES_REVOKE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str = "") -> HttpResponse:
    """A new template without `key`. Certificates issued before keep their words."""
    editor = _editor(request)
    template = get_object_or_404(CertificateTemplate, key=key) if key else None
    form = TemplateForm(request.POST or None, initial=_initial(template))
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        facts |= {"key": key or f"t-{uuid4().hex[:12]}", "prefix": facts.pop("number_prefix")}
        actions.place_template(**facts, by=editor, at=clock.now())
        messages.success(request, _("Saved. It holds for certificates issued from now on."))
        return redirect("certificates:templates")
    context = {"nav_current": "certificates", "form": form, "template": template}
    return render(request, "certificates/template.html", context, status=422 if form.errors else 200)


def _initial(template: CertificateTemplate | None) -> dict[str, Any] | None:
    if template is None:
        return None
    words = {name: getattr(template, name) for name in WORDS}
    return {**words, "number_prefix": template.prefix, "courses": list(template.courses.all())}


def _editor(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    if not queries.shapes_certificates(request.user):
        raise Http404
    return request.user
