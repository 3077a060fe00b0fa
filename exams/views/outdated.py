"""Examiners: questions to be checked again, and documents that have a new edition."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from exams import markup
from exams.actions.outdate import NotOutdated, StillExpired, confirm_unchanged, document_changed
from exams.actions.states import NotNow
from exams.models import Question
from exams.queries import desk, outdated
from exams.queries.outdated import ANY, Group
from exams.rules.outdating import LONGEST
from exams.types.fill_in import MARK
from exams.views.desk import paged
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required

INPUT = {"class": "input", "autocomplete": "off"}


class EditionForm(forms.Form):
    """A document, and the edition it has now."""

    document = forms.ChoiceField(label=gettext_lazy("source document"), widget=forms.Select({"class": "input"}))
    edition = forms.CharField(
        label=gettext_lazy("New edition"), max_length=LONGEST, strip=True, widget=forms.TextInput(INPUT),
        help_text=gettext_lazy("as questions name it, such as GB 26860-2026 or the day it is in force from"),
    )  # fmt: skip


class ConfirmForm(forms.Form):
    """What the confirmed questions rest on from now."""

    edition = forms.CharField(max_length=LONGEST, strip=True, required=False)
    valid_until = forms.DateField(required=False)


@require_safe
@required(Perm.EXAMS_MANAGE)
def overview(request: HttpRequest) -> HttpResponse:
    """What waits, by document; with a group named, its questions."""
    if "why" in request.GET:
        return _group(request, _asked(request.GET))
    person = person_of(request)
    context = {
        "groups": outdated.groups(person),
        "affected": outdated.affected(person),
        "form": _edition_form(request),
        "nav_current": "questions",
    }
    return render(request, "exams/desk/outdated.html", context)


@require_POST
@required(Perm.EXAMS_MANAGE)
def declare(request: HttpRequest) -> HttpResponse:
    """A document has a new edition."""
    form = _edition_form(request)
    if not form.is_valid():
        messages.error(request, _("Not done: please choose a document and name its new edition."))
        return redirect("exams:outdated")
    found, person = form.cleaned_data, person_of(request)
    count = document_changed(
        titles=[found["document"]], edition=found["edition"], banks=desk.banks_of(person), by=person, at=clock.now()
    )
    facts = {"n": count, "document": found["document"]}
    messages.success(request, _("%(n)s questions on %(document)s wait until somebody has checked them.") % facts)
    return redirect("exams:outdated")


@require_POST
@required(Perm.EXAMS_MANAGE)
def confirm(request: HttpRequest) -> HttpResponse:
    """The chosen questions of a group, or all of it, are right as they are."""
    person, group, form = person_of(request), _asked(request.POST), ConfirmForm(request.POST)
    rows = outdated.of_group(person, group)
    if "all" not in request.POST:
        rows = rows.filter(uuid__in=uuids(request.POST.getlist("question")))
    back = f"{reverse('exams:outdated')}?{group.query}"
    if not form.is_valid():
        messages.error(request, _("Not done: please give the day as year, month and day."))
        return redirect(back)
    facts = form.cleaned_data
    try:
        done = confirm_unchanged(
            questions=Question.objects.filter(pk__in=rows.order_by().values("pk")), by=person, at=clock.now(), **facts
        )
    except StillExpired:
        messages.error(request, _("Not done: the validity has run out. Please give a later day."))
    except (NotNow, NotOutdated):
        messages.error(request, _("Not done: the questions have just been changed. Please look at them again."))
    else:
        _say(request, done)
        back = back if outdated.of_group(person, group).exists() else reverse("exams:outdated")
    return redirect(back)


def _say(request: HttpRequest, done: int) -> None:
    if done:
        messages.success(request, _("%(n)s questions are confirmed and in use again.") % {"n": done})
    else:
        messages.error(request, _("Nothing chosen, so nothing was confirmed."))


def _group(request: HttpRequest, group: Group) -> HttpResponse:
    page = paged(request, outdated.of_group(person_of(request), group))
    for question in page:
        assert question.current is not None
        question.words = MARK.sub("____", markup.bare(question.current.stem, question.current.markup))
    context = {
        "group": group,
        "page": page,
        "query": f"&{group.query}",
        "expired": group.outdated == Question.Outdated.EXPIRED,
        "nav_current": "questions",
    }
    return render(request, "exams/desk/outdated_group.html", context)


def _asked(sent: QueryDict) -> Group:
    """The group a request names. 404 for what is none."""
    why = sent.get("why", "")
    if why not in (ANY, *Question.Outdated.values):
        raise Http404
    document, edition = (sent.get(name, "").replace("\0", "") for name in ("document", "edition_waited"))
    return Group("" if why == ANY else why, document, edition, 0)


def _edition_form(request: HttpRequest) -> EditionForm:
    form = EditionForm(request.POST if request.method == "POST" else None)
    known = outdated.documents(person_of(request))
    form.fields["document"].choices = [  # type: ignore[attr-defined]
        (document, _label(document, n)) for document, n in known
    ]
    return form


def _label(document: str, n: int) -> str:
    words = ngettext("%(document)s · %(n)s question", "%(document)s · %(n)s questions", n)
    return words % {"document": document, "n": n}


def uuids(texts: list[str]) -> list[UUID]:
    """Those that are some."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
