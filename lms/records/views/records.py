"""Training records at the desk: find a person in scope, read the transcript, correct with a reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.enums import HourAccount
from lms.kernel import clock
from lms.people import access
from lms.people.access import Perm, required
from lms.people.models import Person
from lms.people.queries import current_post, people_in
from lms.records import actions, queries, rules
from lms.records.forms import CorrectForm
from lms.records.models import TrainingRecord

MOST_FOUND = 30


@required(Perm.RECORDS_VIEW)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Without `person`: whom the search found; with it: that person's transcript."""
    if "person" in request.GET:
        return _transcript(request, _person(request, request.GET["person"]))
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    people = _within(request).filter(Q(name__icontains=text) | Q(staff_no__icontains=text)) if text else None
    found = list(people.order_by("staff_no")[: MOST_FOUND + 1]) if people is not None else []
    context = {
        "nav_current": "records",
        "q": text,
        "people": found[:MOST_FOUND],
        "more": len(found) > MOST_FOUND,
    }
    return render(request, "records/people.html", context)


def _transcript(request: HttpRequest, person: Person) -> HttpResponse:
    hours = queries.hours_by_account(person)
    context = {
        "nav_current": "records",
        "person": person,
        "post": current_post(person),
        "lines": queries.transcript(person),
        "tasks": queries.due_tasks(person, clock.now()),
        "accounts": [(HourAccount(account).label, hours[account]) for account in hours],
        "may_correct": _may_correct(request, person),
    }
    return render(request, "records/transcript.html", context)


@required(Perm.RECORDS_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, uuid: UUID) -> HttpResponse:
    record = TrainingRecord.objects.filter(uuid=uuid, person__in=_within(request)).select_related("person").first()
    if record is None:
        raise Http404
    if not _may_correct(request, record.person):
        raise PermissionDenied(_("Only the training administrator of this unit can correct records."))
    start: dict[str, Any] = {"hours": record.hours, "score": record.score}
    form = CorrectForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid() and _corrected(request, record, form):
        return redirect(f"{reverse('records:records')}?person={record.person.uuid}")
    context = {"nav_current": "records", "record": record, "form": form}
    return render(request, "records/correct.html", context, status=422 if form.errors else 200)


def _corrected(request: HttpRequest, record: TrainingRecord, form: CorrectForm) -> bool:
    by = request.user
    assert isinstance(by, Person)
    try:
        actions.correct_record(record=record, **form.cleaned_data, by=by, at=clock.now())
    except rules.RefusedCorrection as refusal:
        form.add_error(None, _refused(refusal))
        return False
    messages.success(request, _("Corrected. The earlier record stays visible."))
    return True


def _refused(refusal: rules.RefusedCorrection) -> str:
    return {
        "reason": _("Please give a reason."),
        "corrected": _("This record has been corrected before. Please correct the one that stands."),
        "void": _("This record has been taken back and cannot be changed."),
        "hours": _("Hours cannot be less than nothing."),
        "unchanged": _("Nothing was changed. Please enter the new hours or score."),
    }[refusal.code]


def _within(request: HttpRequest) -> QuerySet[Person]:
    return people_in(access.scope(request.user, Perm.RECORDS_VIEW))


def _person(request: HttpRequest, uuid: str) -> Person:
    try:
        return _within(request).get(uuid=UUID(uuid))
    except (ValueError, Person.DoesNotExist):
        raise Http404 from None


def _may_correct(request: HttpRequest, person: Person) -> bool:
    post = current_post(person)
    return post is not None and access.can(request.user, Perm.RECORDS_CORRECT, within=post.unit)
