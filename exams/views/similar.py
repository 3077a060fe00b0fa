"""Examiners: questions of a bank that ask nearly the same, side by side."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exams.actions import states
from exams.actions.similar import keep_both, order_search, retire_one
from exams.models import Question, SimilarSearch
from exams.queries import desk, similar
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required

PER_PAGE = 10


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def overview(request: HttpRequest, bank: UUID) -> HttpResponse:
    """The newest search; sent, it orders another one."""
    found = get_object_or_404(desk.banks_of(person_of(request)), uuid=bank)
    if request.method == "POST":
        order_search(bank=found, by=person_of(request), at=clock.now())
        messages.success(request, _("The search is under way. What it finds appears here by itself."))
        return redirect("exams:similar", bank)
    search = SimilarSearch.objects.select_related("bank").filter(bank=found).first()
    groups = similar.open_pairs(search) if search else {}
    page = Paginator(list(groups.items()), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "bank": found,
        "search": search,
        "waiting": search is not None and search.state == SimilarSearch.State.OPEN,
        "failed": search is not None and search.state == SimilarSearch.State.FAILED,
        "older": search is not None and search.mark is not None and search.mark != found.mark,
        "page": page,
        "groups": similar.shown(page.object_list),
        "nav_current": "questions",
    }
    return render(request, "exams/desk/similar.html", context)


@require_POST
@required(Perm.EXAMS_MANAGE)
def decide(request: HttpRequest, bank: UUID) -> HttpResponse:
    """Keep both of two questions, or take one of them out of use."""
    found = get_object_or_404(desk.banks_of(person_of(request)), uuid=bank)
    one, other = (_question(found.pk, request.POST.get(name, "")) for name in ("one", "other"))
    what, by, at = request.POST.get("decision", ""), person_of(request), clock.now()
    if what == "keep" and one != other:
        keep_both(one=one, other=other, by=by, at=at)
        messages.success(request, _("Both are kept, and no longer shown as similar."))
    elif what in ("retire-one", "retire-other") and one != other:
        gone, kept = (one, other) if what == "retire-one" else (other, one)
        _retire(request, gone, kept)
    else:
        raise Http404
    page = request.POST.get("page", "1")
    return redirect(f"{reverse('exams:similar', args=[bank])}?page={page if page.isdecimal() else 1}")


def _retire(request: HttpRequest, gone: Question, kept: Question) -> None:
    reason = _("asks the same as question %(kept)s") % {"kept": kept}
    try:
        retire_one(question=gone, instead=kept, reason=reason, by=person_of(request), at=clock.now())
    except states.NotNow:
        messages.error(request, _("Not done: the question has just been changed. Please look at it again."))
    else:
        messages.success(request, _("One of the two is out of use."))


def _question(bank: int, sent: str) -> Question:
    try:
        uuid = UUID(sent)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Question.objects.select_related("bank__unit"), bank=bank, uuid=uuid)
