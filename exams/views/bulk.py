"""Examiners: change many questions of a bank at once. What would change is shown before anything does."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from exams import bulk, markup
from exams.actions.edit_many import edit_many, outlook
from exams.actions.states import NoReason, NotNow
from exams.bulk import Planned, Wish
from exams.forms.bulk import BulkForm
from exams.models import Question, QuestionBank
from exams.queries import desk
from exams.queries.found import Wanted
from exams.queries.imports import FIELDS
from exams.types.fill_in import MARK
from exams.views.outdated import uuids
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required

SHOWN: Final = 100  # of what would change
NAMES: Final = FIELDS | {
    "skill": gettext_lazy("skill level"), "tags": gettext_lazy("tags"), "state": gettext_lazy("State"),
}  # fmt: skip


@require_POST
@required(Perm.EXAMS_MANAGE)
def change(request: HttpRequest, bank: UUID) -> HttpResponse:
    """Chosen in the list: what is to change; then what would change; then it is done."""
    found = get_object_or_404(desk.banks_of(person_of(request)), uuid=bank)
    wanted = Wanted.of(request.POST)
    back = f"{reverse('exams:bank', args=[bank])}?{wanted.query}"
    rows = _chosen(request, found, wanted)
    count = rows.count()
    if not count:
        messages.error(request, _("No question was chosen."))
        return redirect(back)
    form = BulkForm(request.POST if "preview" in request.POST or "apply" in request.POST else None)
    if form.is_bound and form.is_valid() and "apply" in request.POST:
        return _applied(request, found, rows, form.wish, back)
    plans = outlook(rows, form.wish) if form.is_bound and form.is_valid() else None
    context = {
        "bank": found, "form": form, "count": count, "wanted": wanted, "every": "every" in request.POST,
        "chosen": uuids(request.POST.getlist("question")), "back": back, "nav_current": "questions",
    }  # fmt: skip
    return render(request, "exams/desk/bulk.html", context | _shown(plans))


def _chosen(request: HttpRequest, bank: QuestionBank, wanted: Wanted) -> QuerySet[Question]:
    rows = wanted.questions(bank)
    if "every" in request.POST:
        return rows
    return Question.objects.filter(bank=bank, uuid__in=uuids(request.POST.getlist("question"))).order_by("code", "pk")


def _applied(
    request: HttpRequest, bank: QuestionBank, rows: QuerySet[Question], wish: Wish, back: str
) -> HttpResponse:
    try:
        plans = edit_many(bank=bank, questions=rows, wish=wish, by=person_of(request), at=clock.now())
    except (NotNow, NoReason):
        messages.error(request, _("Nothing changed: somebody else has just changed one of the questions."))
        return redirect(back)
    done, refused = sum(bool(plan.changes) for plan in plans), sum(bool(plan.refusal) for plan in plans)
    facts = {"n": done, "refused": refused}
    if refused:
        messages.warning(request, _("%(n)s questions changed, %(refused)s stay as they were.") % facts)
    else:
        messages.success(request, _("%(n)s questions changed.") % facts)
    return redirect(back)


def _shown(plans: list[Planned] | None) -> dict[str, Any]:
    if plans is None:
        return {"previewed": False}
    changing = [plan for plan in plans if plan.changes]
    refused = [plan for plan in plans if plan.refusal]
    return {
        "previewed": True,
        "changing": len(changing),
        "refused": len(refused),
        "same": len(plans) - len(changing) - len(refused),
        "changes": [(_words(plan), _told(plan)) for plan in changing[:SHOWN]],
        "refusals": [(_words(plan), plan.question, plan.refusal) for plan in refused[:SHOWN]],
        "shown_most": SHOWN,
    }


def _told(plan: Planned) -> list[tuple[Any, str, str]]:
    return [(NAMES[change.field], *bulk.told(change)) for change in plan.changes]


def _words(plan: Planned) -> str:
    version = plan.question.current
    assert version is not None
    return MARK.sub("____", markup.bare(version.stem, version.markup))
