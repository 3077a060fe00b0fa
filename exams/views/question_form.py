"""Examiners: write a new question, or a new version of one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from exams import media, types
from exams.actions.pictures import add_picture
from exams.actions.question import rewrite_question, write_question
from exams.forms.questions import OTHERS, AreasForm, FactsForm, filled, form_of, with_more
from exams.models import Question, QuestionBank
from exams.queries import desk
from exams.types import Refused
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required

BOTH = ["GET", "HEAD", "POST"]


class PictureForm(forms.Form):
    """The picture in which something is to be found."""

    picture = forms.FileField(
        label=gettext_lazy("Picture"), help_text=gettext_lazy("PNG, JPEG, WebP or GIF, at most 10 MB"),
        widget=forms.FileInput({"class": "input", "accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )  # fmt: skip


@require_http_methods(BOTH)
@required(Perm.EXAMS_MANAGE)
def new(request: HttpRequest, bank: UUID) -> HttpResponse:
    """`kind` names a type with a form of its own; without it, one of those that fit into a row."""
    found = get_object_or_404(desk.banks_of(person_of(request)), uuid=bank)
    kind = request.GET.get("kind", "")
    if kind and kind not in OTHERS:
        raise Http404
    made: list[Question] = []

    def write(form: FactsForm) -> None:
        assert form.draft is not None
        made.append(write_question(bank=found, draft=form.draft, by=person_of(request), at=clock.now()))

    done = _show(request, found, kind, {}, write, {"kinds": _kinds(), "kind": kind})
    return done if done is not None else redirect("exams:question", made[0].uuid)


@require_http_methods(BOTH)
@required(Perm.EXAMS_MANAGE)
def edit(request: HttpRequest, question: UUID) -> HttpResponse:
    """404 for a question that no form can say without losing something of it."""
    rows = Question.objects.filter(bank__in=desk.banks_of(person_of(request))).select_related("bank__unit", "current")
    found = get_object_or_404(rows, uuid=question)
    initial = filled(found, found.current) if found.current else None
    if initial is None:
        raise Http404

    def write(form: FactsForm) -> None:
        assert form.draft is not None
        draft = replace(form.draft, title=found.title, points=found.points)
        rewrite_question(question=found, draft=draft, by=person_of(request), at=clock.now())

    done = _show(request, found.bank, found.type, initial, write, {"question": found})
    return done if done is not None else redirect("exams:question", question)


def _show(
    request: HttpRequest,
    bank: QuestionBank,
    kind: str,
    initial: dict[str, Any],
    write: Callable[[FactsForm], None],
    context: dict[str, Any],
) -> HttpResponse | None:
    """The page with the form; None when what was sent is written."""
    context |= {"bank": bank, "nav_current": "questions"}
    if issubclass(form_of(kind), AreasForm):
        if request.FILES.get("picture"):
            return _uploaded(request, bank, context)
        picture = _picture(request, bank, initial)
        if not picture:
            return render(request, "exams/desk/question_picture.html", {**context, "form": PictureForm()})
        form = _form(request, bank, kind, initial, picture=picture)
    else:
        form = _form(request, bank, kind, initial)
    if request.method == "POST" and "more" not in request.POST and _written(form, lambda: write(form)):
        return None
    return render(request, "exams/desk/question_form.html", {**context, "form": form, "pictures": PictureForm()})


def _form(request: HttpRequest, bank: QuestionBank, kind: str, initial: dict[str, Any], **facts: Any) -> FactsForm:
    sent = request.POST if request.method == "POST" else None
    if sent is not None and "more" in sent:
        sent = with_more(sent, sent["more"])
    made = form_of(kind)(sent, initial=initial, bank=bank, fixed=kind if initial else "", **facts)
    if sent is not None and "more" in sent:
        made.unchecked()
    return made


def _picture(request: HttpRequest, bank: QuestionBank, initial: dict[str, Any]) -> str:
    """The name of the picture: one that was just put into the bank, or the question's. 404 for none of the bank."""
    name = request.GET.get("picture", "") or initial.get("picture", "")
    if name and not bank.media.filter(sha256=name, mime__in=media.PICTURES).exists():
        raise Http404
    return str(name)


def _uploaded(request: HttpRequest, bank: QuestionBank, context: dict[str, Any]) -> HttpResponse:
    """The picture goes into the bank first; what is to be found in it is marked on the next page."""
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["picture"]
        try:
            kept = add_picture(
                bank=bank, data=_bytes(file), mime=file.content_type or "", by=person_of(request), at=clock.now()
            )
        except Refused as refusal:
            form.add_error("picture", refusal.reason)
        else:
            place = {"picture": kept.sha256} | ({"kind": request.GET["kind"]} if "kind" in request.GET else {})
            return redirect(f"{request.path}?{urlencode(place)}")
    return render(request, "exams/desk/question_picture.html", {**context, "form": form})


def _bytes(file: UploadedFile) -> bytes:
    if file.size is not None and file.size > media.LARGEST:
        raise Refused("media", _("a picture or sound is larger than 10 MB"))
    return bytes(file.read())


def _kinds() -> list[tuple[str, Any]]:
    return [(key, types.get(key).label) for key in OTHERS]


def _written(form: FactsForm, write: Callable[[], None]) -> bool:
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        form.add_error("stem", _("This bank has the same question already."))
        return False
    return True
