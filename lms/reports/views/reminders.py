"""Remind people: one, or all who are overdue. Each of them once a day, however often somebody presses."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lms.kernel import clock
from lms.people.access import Perm
from lms.people.login import is_local_path, login_required
from lms.records import actions as records
from lms.reports import queries
from lms.reports.views.asking import asked, scope, viewer

MOST_AT_ONCE = 300


@login_required
@require_POST
def remind(request: HttpRequest, person: UUID) -> HttpResponse:
    """One person who works in the viewer's units today."""
    found = queries.remindable(viewer(request), Perm.RECORDS_VIEW).filter(uuid=person).first()
    if found is None:
        raise Http404
    if not queries.remindable(viewer(request), Perm.RECORDS_REMIND).filter(pk=found.pk).exists():
        raise _refusal()
    if records.remind(person=found, by=viewer(request), at=clock.now()):
        messages.success(request, _("Reminded: %(name)s") % {"name": found.name})
    else:
        text = _("%(name)s was reminded today already, or has nothing left to do")
        messages.info(request, text % {"name": found.name})
    return _back(request)


@login_required
@require_POST
def remind_overdue(request: HttpRequest) -> HttpResponse:
    """Everybody overdue in what the page shows, as far as the viewer may remind them."""
    what, at = asked(request.POST, scope(request)), clock.now()
    if not queries.reminds_there(viewer(request), what):
        raise _refusal()
    waiting = list(queries.overdue_people(viewer(request), what, at)[: MOST_AT_ONCE + 1])
    sent = sum(records.remind(person=person, by=viewer(request), at=at) for person in waiting[:MOST_AT_ONCE])
    if not sent:
        messages.info(request, _("Everybody overdue here was reminded today already"))
    else:
        messages.success(request, ngettext("Reminded %(n)s person", "Reminded %(n)s people", sent) % {"n": sent})
    if len(waiting) > MOST_AT_ONCE:
        messages.info(request, _("There are more; press again to remind the next %(n)s") % {"n": MOST_AT_ONCE})
    return _back(request)


def _refusal() -> PermissionDenied:
    return PermissionDenied(_("Only a manager or training administrator of this unit can remind."))


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the button was on; never to another site."""
    target = request.POST.get("next", "")
    return redirect(target if is_local_path(target) else reverse("reports:completion"))
