"""What examiners fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exams.models import QuestionBank
from exams.queries import desk
from lms.people import access
from lms.people.access import Perm
from lms.people.models import OrgUnit, Person

SELECT = forms.Select(attrs={"class": "input"})


def text_input(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", **attrs})


def number_input(**attrs: Any) -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "input", **attrs})


class ReopenForm(forms.Form):
    enrolment = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=255, strip=True, widget=text_input())


class DecisionForm(forms.Form):
    """What becomes of a pass in question."""

    keep = forms.ChoiceField(choices=[("1", "1"), ("0", "0")])
    reason = forms.CharField(max_length=500, strip=True)


class ImportForm(forms.Form):
    """A file, and the bank it goes into: one there is, or a new one."""

    file = forms.FileField(label=_("File"), help_text=_(".xlsx, at most 10 MB and 5,000 questions"))
    bank = forms.ModelChoiceField(
        QuestionBank.objects.none(), label=_("Bank"), required=False, empty_label=_("A new bank"), widget=SELECT
    )
    name = forms.CharField(label=_("Name of the new bank"), max_length=100, required=False, widget=text_input())
    unit = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("Kept by"), widget=SELECT)

    def __init__(self, *args: Any, examiner: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs.update({"class": "input", "accept": ".xlsx"})
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
