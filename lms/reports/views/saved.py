"""Saved filters: a name for a page as it is filtered now, for oneself."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.kernel import clock
from lms.people.login import login_required
from lms.reports.actions import RefusedFilter, delete_filter, save_filter
from lms.reports.models import SavedFilter
from lms.reports.views.asking import address, around, asked, viewer
from lms.reports.views.frame import PAGES, frame


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved(request: HttpRequest) -> HttpResponse:
    """The viewer's filters; a POST keeps the one the address describes."""
    units, _folded = around(request)
    what = asked(request.GET, units)
    view = request.GET.get("view", "")
    view = view if view in PAGES else "completion"
    way = address(f"reports:{view}", what)
    problem = ""
    if request.method == "POST":
        query = way.partition("?")[2]
        try:
            kept = save_filter(
                name=request.POST.get("name", ""), view=view, query=query, by=viewer(request), at=clock.now()
            )
        except RefusedFilter as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("Saved: %(name)s") % {"name": kept.name})
            return redirect(request.get_full_path())
    mine = SavedFilter.objects.filter(person=viewer(request))
    context = {
        "filters": [(one, f"{reverse(f'reports:{one.view}')}?{one.query}".rstrip("?")) for one in mine],
        "way": way,
        "view_name": PAGES[view],
        "problem": problem,
        "typed": request.POST.get("name", ""),
    }
    status = 422 if problem else 200
    return render(request, "reports/saved.html", context | frame(request, what, units, current=view), status=status)


@login_required
@require_POST
def delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One of the viewer's own; others do not exist."""
    if not delete_filter(uuid=uuid, by=viewer(request)):
        raise Http404
    messages.success(request, _("Deleted"))
    return redirect("reports:saved")
