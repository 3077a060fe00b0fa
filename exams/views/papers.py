"""Examiners: the fixed papers of an exam."""

from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exams import actions, printing
from exams.models import Exam, PaperItem
from exams.queries import desk
from exams.queries.papers import papers_of
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required

FORMATS = {
    "pdf": (printing.pdf, "application/pdf"),
    "docx": (printing.word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


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


@require_POST
@required(Perm.EXAMS_MANAGE)
def take_out(request: HttpRequest, exam: UUID, label: str) -> HttpResponseBase:
    """A paper as a file to print; that somebody took it is written down first."""
    found = _mine(request, exam)
    paper = get_object_or_404(found.blueprint.papers, label=label)
    format, with_key = request.POST.get("format", ""), "key" in request.POST
    if format not in FORMATS:
        raise Http404
    make, content_type = FORMATS[format]
    actions.take_out(paper=paper, exam=found, format=format, with_key=with_key, by=person_of(request), at=clock.now())
    facts = {"exam": found.title, "label": label, "key": _("with key") if with_key else _("for takers")}
    name = _("%(exam)s paper %(label)s %(key)s") % facts
    file = BytesIO(make(printing.sheet(found, paper, with_key=with_key)))
    return FileResponse(file, as_attachment=True, filename=f"{name}.{format}", content_type=content_type)


def _mine(request: HttpRequest, exam: UUID) -> Exam:
    return get_object_or_404(desk.exams_of(person_of(request)).select_related("blueprint"), uuid=exam)
