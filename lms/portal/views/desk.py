"""The desk's own address, for whoever shortens a longer one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from lms.people import access
from lms.people.login import login_required
from lms.portal.navigation import desk_menu
from lms.portal.views.learner import learner


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """To the first place of the person's menu; nothing is here for those who only learn."""
    menu = desk_menu(access.permissions(learner(request)))
    if not menu:
        raise Http404
    return redirect(menu[0]["url"])
