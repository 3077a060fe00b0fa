"""What examiners fill in."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.enums import HourAccount, Line
from exams import types
from exams.actions import ExamPlan, PlannedRule
from exams.models import Exam, Question, QuestionBank
from exams.queries import desk
from lms.people import access
from lms.people.access import Perm
from lms.people.models import OrgUnit, Person

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "input"}, format="%Y-%m-%dT%H:%M")
SELECT = forms.Select(attrs={"class": "input"})


def _text(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", **attrs})


def _number(**attrs: Any) -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "input", **attrs})


class ExamForm(forms.Form):
    """An exam without its rules. `standalone` publishes it as a course of its own, so that it can be assigned."""

    title = forms.CharField(label=_("Exam title"), max_length=150, widget=_text())
    unit = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("Responsible unit"), widget=SELECT)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, initial=60, widget=_number())
    pass_score = forms.IntegerField(
        label=_("Pass mark"), help_text=_("in percent"), min_value=1, max_value=100, initial=80, widget=_number()
    )
    max_attempts = forms.IntegerField(label=_("Attempts"), min_value=1, max_value=20, initial=1, widget=_number())
    multiple_scoring = forms.ChoiceField(
        label=_("Multiple choice"), choices=Exam.Scoring.choices, initial=Exam.Scoring.ALL_OR_NOTHING, widget=SELECT
    )
    opens_at = forms.DateTimeField(label=_("Opens"), required=False, widget=MOMENT)
    closes_at = forms.DateTimeField(label=_("Closes"), required=False, widget=MOMENT)
    release_at = forms.DateTimeField(
        label=_("Scores released"), help_text=_("Empty: at once after handing in"), required=False, widget=MOMENT
    )
    shuffle_questions = forms.BooleanField(label=_("Shuffle questions"), required=False, initial=True)
    shuffle_options = forms.BooleanField(label=_("Shuffle options"), required=False, initial=True)
    compulsory = forms.CharField(
        label=_("Compulsory questions"),
        help_text=_("Question codes, separated by commas; these are in every paper"),
        required=False,
        widget=_text(),
    )
    compulsory_points = forms.DecimalField(
        label=_("Points each"), required=False, min_value=Decimal("0.01"), max_value=100, initial=2,
        widget=_number(step="any"),
    )  # fmt: skip
    standalone = forms.BooleanField(label=_("Publish as an exam of its own"), required=False, initial=True)
    code = forms.CharField(label=_("Code"), max_length=32, required=False, widget=_text())
    line = forms.ChoiceField(label=_("Line of business"), choices=Line.choices, initial=Line.SAFETY, widget=SELECT)
    hours = forms.DecimalField(
        label=_("Approved hours"), min_value=0, max_value=999, decimal_places=1, initial=0, required=False,
        widget=_number(step="any"),
    )  # fmt: skip
    account = forms.ChoiceField(
        label=_("Hours count for"), choices=HourAccount.choices, initial=HourAccount.SAFETY, widget=SELECT
    )

    def __init__(self, *args: Any, examiner: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.banks = desk.banks_of(examiner)
        units = access.scope(examiner, Perm.EXAMS_MANAGE)
        unit = self.fields["unit"]
        unit.queryset = units  # type: ignore[attr-defined]
        unit.initial = units.order_by("path").first()

    def clean_compulsory(self) -> list[Question]:
        codes = self.cleaned_data["compulsory"].replace("，", ",").replace("、", ",").split(",")
        wanted = {code.strip() for code in codes if code.strip()}
        found = list(Question.objects.drawable().filter(bank__in=self.banks, code__in=wanted).order_by("code"))
        missing = wanted - {question.code for question in found}
        if missing:
            raise ValidationError(
                _("There is no question with the code %(codes)s.") % {"codes": "、".join(sorted(missing))}
            )
        return found

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        opens, closes = facts.get("opens_at"), facts.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The exam must close after it opens."))
        if facts.get("compulsory") and not facts.get("compulsory_points"):
            self.add_error("compulsory_points", _("Please give the points of a compulsory question."))
        return facts

    def plan(self, rules: list[PlannedRule]) -> ExamPlan:
        """The exam as its verb wants it."""
        facts = self.cleaned_data
        same = ["title", "unit", "minutes", "pass_score", "max_attempts", "multiple_scoring", "opens_at", "closes_at",
                "release_at", "shuffle_questions", "shuffle_options"]  # fmt: skip
        points = facts["compulsory_points"]
        return ExamPlan(
            rules=rules,
            compulsory=[(question, points) for question in facts["compulsory"]],
            **{name: facts[name] for name in same},
        )


class RuleForm(forms.Form):
    """Draw so many questions; an empty row is no rule."""

    bank = forms.ModelChoiceField(
        QuestionBank.objects.none(), label=_("Bank"), required=False, empty_label="—", widget=SELECT
    )
    type = forms.ChoiceField(label=_("Question type"), required=False, widget=SELECT)
    topic = forms.CharField(label=_("Topic"), max_length=100, required=False, widget=_text(list="topics"))
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=500, required=False, widget=_number())
    points = forms.DecimalField(
        label=_("Points each"), min_value=Decimal("0.01"), max_value=100, decimal_places=2, required=False,
        widget=_number(step="any"),
    )  # fmt: skip

    def __init__(self, *args: Any, examiner: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].queryset = desk.banks_of(examiner)  # type: ignore[attr-defined]
        self.fields["type"].choices = [("", _("Any")), *types.choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if self.is_rule():
            for name in ("bank", "count", "points"):
                if not facts.get(name) and name not in self.errors:
                    self.add_error(name, _("Please fill this in."))
        return facts

    def is_rule(self) -> bool:
        facts = getattr(self, "cleaned_data", {})
        return bool(facts.get("bank") or facts.get("count") or facts.get("topic"))

    def rule(self) -> PlannedRule:
        facts = self.cleaned_data
        return PlannedRule(facts["bank"], facts["count"], facts["points"], facts["type"], facts["topic"].strip())


class _Rules(forms.BaseFormSet):
    def clean(self) -> None:
        if not any(self.errors) and not self.planned():
            raise ValidationError(_("Please say which questions a paper is made of."))

    def planned(self) -> list[PlannedRule]:
        return [form.rule() for form in self.forms if form.is_rule()]


RuleFormSet = forms.formset_factory(RuleForm, formset=_Rules, extra=4, max_num=30, absolute_max=30)


class ReopenForm(forms.Form):
    enrolment = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=255, strip=True, widget=_text())


class ImportForm(forms.Form):
    """A file, and the bank it goes into: one there is, or a new one."""

    file = forms.FileField(label=_("File"), help_text=_(".xlsx, at most 10 MB and 5,000 questions"))
    bank = forms.ModelChoiceField(
        QuestionBank.objects.none(), label=_("Bank"), required=False, empty_label=_("A new bank"), widget=SELECT
    )
    name = forms.CharField(label=_("Name of the new bank"), max_length=100, required=False, widget=_text())
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
