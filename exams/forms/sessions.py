"""Forms of sessions: plan one, seat people, extra time, and what invigilators do."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from exams.actions import SessionPlan
from exams.forms.exam import MOMENT
from exams.forms.fields import SELECT, number_input, text_input
from exams.models import Deferral, Entrant, ExamSession
from lms.people import access
from lms.people.access import Perm
from lms.people.models import OrgUnit, Person

_BETWEEN = re.compile(r"[\s,;，、；]+")


def numbers_in(text: str) -> list[str]:
    """Staff numbers, separated by anything people put between them."""
    return [each for each in _BETWEEN.split(text.replace("\0", "")) if each]


class SessionForm(forms.Form):
    name = forms.CharField(label=_("Session"), max_length=60, widget=text_input())
    room = forms.CharField(label=_("Room"), max_length=100, widget=text_input())
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=500, initial=30, widget=number_input())
    begins_at = forms.DateTimeField(label=_("Begins"), widget=MOMENT)
    ends_at = forms.DateTimeField(label=_("Ends"), widget=MOMENT)
    early_minutes = forms.IntegerField(
        label=_("Entry opens, minutes before"), min_value=0, max_value=240, initial=15, widget=number_input()
    )
    late_minutes = forms.IntegerField(
        label=_("Entry closes, minutes after"), min_value=0, max_value=240, initial=15, widget=number_input()
    )
    needs_code = forms.BooleanField(
        label=_("Whoever enters types the code the invigilator shows"), required=False, initial=True
    )
    invigilators = forms.CharField(
        label=_("Invigilators"), help_text=_("Staff numbers, separated by commas"), max_length=500, widget=text_input()
    )

    def clean_invigilators(self) -> list[Person]:
        wanted = numbers_in(self.cleaned_data["invigilators"])
        found = [Person.objects.active().numbered(number).first() for number in wanted]
        missing = [number for number, person in zip(wanted, found, strict=True) if person is None]
        if missing:
            raise ValidationError(_("Nobody has the staff number %(numbers)s.") % {"numbers": "、".join(missing)})
        return [person for person in found if person]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        begins, ends = facts.get("begins_at"), facts.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("The session must end after it begins."))
        return facts

    @staticmethod
    def of(session: ExamSession) -> dict[str, Any]:
        """What the form shows of a session there is."""
        people = ", ".join(person.staff_no for person in session.invigilators.all())
        facts = {name: getattr(session, name) for name in SessionPlan.__dataclass_fields__}
        return {**facts, "invigilators": people}

    def plan(self) -> SessionPlan:
        facts = self.cleaned_data
        return SessionPlan(**{name: facts[name] for name in SessionPlan.__dataclass_fields__})


class SeatingForm(forms.Form):
    """People by their numbers, or all of a unit who have no seat."""

    numbers = forms.CharField(
        label=_("Staff numbers"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        OrgUnit.objects.none(), label=_("or everybody of a unit"), required=False, empty_label="—", widget=SELECT
    )

    def __init__(self, *args: Any, examiner: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = access.scope(examiner, Perm.EXAMS_MANAGE).order_by("path")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        facts["numbers"] = numbers_in(facts.get("numbers") or "")
        if not facts["numbers"] and not facts.get("unit"):
            raise ValidationError(_("Please give staff numbers or choose a unit."))
        return facts


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=255, widget=text_input())


class MinutesForm(ReasonForm):
    minutes = forms.IntegerField(
        label=_("Extra minutes"), min_value=1, max_value=240, initial=10, widget=number_input()
    )


class DeferralForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=Deferral.Reason.choices, widget=SELECT)
    note = forms.CharField(
        label=_("Details"), help_text=_("For example the shift, or until when; and which session would suit you"),
        max_length=255, required=False, widget=text_input(),
    )  # fmt: skip


class DecisionForm(forms.Form):
    answer = forms.CharField(label=_("Reply"), max_length=255, required=False, widget=text_input())


class MakeUpForm(forms.Form):
    title = forms.CharField(label=_("Exam title"), max_length=150, widget=text_input())
    opens_at = forms.DateTimeField(label=_("Opens"), required=False, widget=MOMENT)
    closes_at = forms.DateTimeField(label=_("Closes"), required=False, widget=MOMENT)
    release_at = forms.DateTimeField(
        label=_("Scores released"), help_text=_("Empty: at once after handing in"), required=False, widget=MOMENT
    )
    max_attempts = forms.IntegerField(label=_("Attempts"), min_value=1, max_value=9, initial=1, widget=number_input())

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        opens, closes = facts.get("opens_at"), facts.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The exam must close after it opens."))
        return facts


class ListForm(forms.Form):
    numbers = forms.CharField(label=_("Staff numbers"), max_length=20_000, widget=text_input())
    why = forms.ChoiceField(label=_("Reason"), choices=Entrant.Why.choices, widget=SELECT)

    def clean_numbers(self) -> list[str]:
        return numbers_in(self.cleaned_data["numbers"])
