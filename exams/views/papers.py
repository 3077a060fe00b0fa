"""Examiners: the fixed papers of an exam."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exams import actions
from exams.models import Exam, PaperItem
from exams.queries import desk
from exams.queries.papers import papers_of
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required


@require_safe
@required(Perm.EXAMS_MANAGE)
def papers(request: HttpRequest, exam: UUID) -> HttpResponse:
    found = _mine(request, exam)
    context = {"exam": found, "papers": papers_of(found), "nav_current": "exams"}
    return render(request, "exams/desk/papers.html", context)


@require_POST
@required(Perm.EXAMS_MANAGE)
def replace(request: HttpRequest, exam: UUID, label: str, position: int) -> HttpResponse:
    """Another question in the place of one."""
    items = PaperItem.objects.filter(paper__blueprint__exams=_mine(request, exam), paper__label=label)
    item = get_object_or_404(items.select_related("paper", "version__question__bank"), position=position)
    try:
        actions.replace_item(item=item, by=person_of(request), at=clock.now())
    except actions.InUse:
        messages.error(request, _("Not replaced: somebody has sat this paper."))
    except actions.NoOther:
        messages.error(request, _("Not replaced: the bank holds no other question of this type."))
    else:
        facts = {"paper": label, "n": position}
        messages.success(request, _("Question %(n)s of paper %(paper)s is another one now.") % facts)
    return redirect("exams:papers", exam)


def _mine(request: HttpRequest, exam: UUID) -> Exam:
    return get_object_or_404(desk.exams_of(person_of(request)).select_related("blueprint"), uuid=exam)
