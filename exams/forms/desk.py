"""What examiners fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exams.forms.fields import SELECT, number_input, text_input
from exams.models import Appeal, Attempt, QuestionBank
from exams.queries import desk
from lms.people import access
from lms.people.access import Perm
from lms.people.models import OrgUnit, Person


class ReopenForm(forms.Form):
    enrolment = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=255, strip=True, widget=text_input())


class DecisionForm(forms.Form):
    """What becomes of a pass in question."""

    keep = forms.ChoiceField(choices=[("1", "1"), ("0", "0")])
    reason = forms.CharField(max_length=500, strip=True)


class LateForm(forms.Form):
    """Which answers that came after the end count or do not, and why."""

    verdict = forms.ChoiceField(choices=[("accept", "accept"), ("leave", "leave")])
    answers = forms.TypedMultipleChoiceField(coerce=int)
    reason = forms.CharField(max_length=500, strip=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ticked = self.data.getlist("answers") if hasattr(self.data, "getlist") else []
        numbers = [each for each in ticked if each.isdecimal() and each.isascii() and len(each) < 19]
        self.fields["answers"].choices = [(each, each) for each in numbers]  # type: ignore[attr-defined]


class AppealForm(forms.Form):
    """What a taker wants reviewed: one question, or the whole paper."""

    position = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    reason = forms.CharField(max_length=1000, strip=True)

    def __init__(self, *args: Any, attempt: Attempt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].choices = _positions(attempt)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What an examiner answers: other points for one question, or why there are none."""

    verdict = forms.ChoiceField(choices=[("uphold", "uphold"), ("decline", "decline")])
    position = forms.TypedChoiceField(label=_("Question"), coerce=int, empty_value=None, required=False, widget=SELECT)
    points = forms.DecimalField(
        label=_("New points"), min_value=0, decimal_places=2, required=False, widget=number_input(step="0.01")
    )
    answer = forms.CharField(
        label=_("Answer to the taker"),
        max_length=1000,
        strip=True,
        widget=forms.Textarea({"class": "input", "rows": 3}),
    )

    def __init__(self, *args: Any, appeal: Appeal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.worth = dict(appeal.attempt.items.values_list("position", "points"))
        self.fields["position"].choices = _positions(appeal.attempt)  # type: ignore[attr-defined]
        self.fields["position"].initial = appeal.position

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("verdict") != "uphold":
            return facts
        most = self.worth.get(facts.get("position") or 0)
        if most is None:
            self.add_error("position", _("Please say which question gets other points."))
        elif facts.get("points") is None or facts["points"] > most:
            self.add_error("points", _("Please give 0 to %(most)s points.") % {"most": f"{most.normalize():f}"})
        return facts


def _positions(attempt: Attempt) -> list[tuple[str, str]]:
    places = attempt.items.order_by("position").values_list("position", flat=True)
    return [("", str(_("The whole paper"))), *((str(n), str(_("Question %(n)s") % {"n": n})) for n in places)]


class ImportForm(forms.Form):
    """A file, and the bank it goes into: one there is, or a new one."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel, CSV, Word, TXT, GIFT, Moodle XML, QTI or JSON, at most 10 MB and 5,000 questions"),
    )
    bank = forms.ModelChoiceField(
        QuestionBank.objects.none(), label=_("Bank"), required=False, empty_label=_("A new bank"), widget=SELECT
    )
    name = forms.CharField(label=_("Name of the new bank"), max_length=100, required=False, widget=text_input())
    unit = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("Kept by"), widget=SELECT)

    def __init__(self, *args: Any, examiner: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs.update(
            {"class": "input", "accept": ".xlsx,.csv,.tsv,.docx,.txt,.gift,.xml,.zip,.json"}
        )
        self.fields["bank"].queryset = desk.banks_of(examiner)  # type: ignore[attr-defined]
        units = access.scope(examiner, Perm.EXAMS_MANAGE)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = units.order_by("path").first()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        name = (facts.get("name") or "").strip()
        if not facts.get("bank") and not name:
            self.add_error("name", _("Choose a bank or name a new one."))
        if not facts.get("bank") and name and QuestionBank.objects.filter(name=name).exists():
            self.add_error("name", _("There is a bank of this name already."))
        return facts

    @property
    def bank_name(self) -> str:
        bank = self.cleaned_data["bank"]
        return str(bank.name if bank else self.cleaned_data["name"].strip())
