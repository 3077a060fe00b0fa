"""The form of an exam and the rules of its papers."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.enums import HourAccount, Line
from exams import types
from exams.actions import ExamPlan, PlannedRule
from exams.forms.fields import SELECT, number_input, text_input
from exams.models import Exam, Question, QuestionBank
from exams.queries import desk
from exams.rules.drawing import EASIEST, HARDEST
from exams.rules.normalise import several
from lms.people import access
from lms.people.access import Perm
from lms.people.models import OrgUnit, Person

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "input"}, format="%Y-%m-%dT%H:%M")
PAPERS = [
    (0, _("Drawn for each person")),
    (1, _("One paper for all")),
    (2, _("Two fixed papers, A and B")),
    (3, _("Three fixed papers, A to C")),
]
DIFFICULTIES = [("", _("Any")), ("easy", _("Easy (1–2)")), ("medium", _("Medium (3)")), ("hard", _("Hard (4–5)"))]
RANGES = {"": (EASIEST, HARDEST), "easy": (1, 2), "medium": (3, 3), "hard": (4, 5)}
KINDS = [
    (kind.value, kind.label) for kind in (Exam.Kind.FORMAL, Exam.Kind.MOCK, Exam.Kind.PRACTICE, Exam.Kind.CONTEST)
]

NOTHING_OPEN = _("None of these banks is open for practice. Please open one first, or choose another.")


class ExamForm(forms.Form):
    """An exam without its rules. `standalone` publishes it as a course of its own, so that it can be assigned."""

    title = forms.CharField(label=_("Exam title"), max_length=150, widget=text_input())
    unit = forms.ModelChoiceField(OrgUnit.objects.none(), label=_("Responsible unit"), widget=SELECT)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, initial=60, widget=number_input())
    pass_score = forms.IntegerField(
        label=_("Pass mark"), help_text=_("in percent"), min_value=1, max_value=100, initial=80, widget=number_input()
    )
    max_attempts = forms.IntegerField(label=_("Attempts"), min_value=1, max_value=20, initial=1, widget=number_input())
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, initial=Exam.Kind.FORMAL, required=False, widget=SELECT)
    wait_hours = forms.IntegerField(
        label=_("Hours between two attempts"), min_value=0, max_value=9999, initial=0, required=False,
        widget=number_input(),
    )  # fmt: skip
    lessons_first = forms.BooleanField(label=_("The other lessons of the course come first"), required=False)
    hours_first = forms.DecimalField(
        label=_("Hours to study in the course first"), help_text=_("hours of 45 minutes"), min_value=0, max_value=999,
        decimal_places=1, initial=0, required=False, widget=number_input(step="any"),
    )  # fmt: skip
    practice_first = forms.IntegerField(
        label=_("Practice that comes first"),
        help_text=_("percent of the questions practised that are right; 0: none"),
        min_value=0, max_value=100, initial=0, required=False, widget=number_input(),
    )  # fmt: skip
    practice_answers = forms.IntegerField(
        label=_("On at least so many questions"), min_value=1, max_value=999, initial=20, required=False,
        widget=number_input(),
    )  # fmt: skip
    practice_banks = forms.ModelMultipleChoiceField(
        QuestionBank.objects.none(), label=_("Practised in"), required=False,
        help_text=_("Banks open for practice; none chosen: the banks of the papers"),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    multiple_scoring = forms.ChoiceField(
        label=_("Multiple choice"), choices=Exam.Scoring.choices, initial=Exam.Scoring.ALL_OR_NOTHING, widget=SELECT
    )
    protection = forms.TypedChoiceField(
        label=_("Protection"), choices=Exam.Protection.choices, coerce=int, initial=Exam.Protection.ONLINE,
        widget=SELECT,
    )  # fmt: skip
    opens_at = forms.DateTimeField(label=_("Opens"), required=False, widget=MOMENT)
    closes_at = forms.DateTimeField(label=_("Closes"), required=False, widget=MOMENT)
    release_at = forms.DateTimeField(
        label=_("Scores released"), help_text=_("Empty: at once after handing in"), required=False, widget=MOMENT
    )
    shows = forms.ChoiceField(
        label=_("Takers see"), choices=Exam.Shows.choices, initial=Exam.Shows.ANSWERS, required=False, widget=SELECT
    )
    appeal_days = forms.IntegerField(
        label=_("Working days to ask for a review"), help_text=_("0: no reviews"), min_value=0, max_value=60,
        initial=3, required=False, widget=number_input(),
    )  # fmt: skip
    second_marker = forms.BooleanField(label=_("Two people mark each answer"), required=False)
    arbitrate_above = forms.IntegerField(
        label=_("A third one decides when they are further apart than"), help_text=_("in percent of the points"),
        min_value=0, max_value=100, initial=20, required=False, widget=number_input(),
    )  # fmt: skip
    papers = forms.TypedChoiceField(label=_("Papers"), choices=PAPERS, coerce=int, initial=0, widget=SELECT)
    no_repeats = forms.BooleanField(
        label=_("Leave out what the person's last attempt asked"), required=False, initial=True
    )
    exposure_limit = forms.IntegerField(
        label=_("A question is drawn for at most so many papers"), min_value=1, max_value=100_000, required=False,
        widget=number_input(),
    )  # fmt: skip
    shuffle_questions = forms.BooleanField(label=_("Shuffle questions"), required=False, initial=True)
    shuffle_options = forms.BooleanField(label=_("Shuffle options"), required=False, initial=True)
    compulsory = forms.CharField(
        label=_("Compulsory questions"),
        help_text=_("Question codes, separated by commas; these are in every paper"),
        required=False,
        widget=text_input(),
    )
    compulsory_points = forms.DecimalField(
        label=_("Points each"), required=False, min_value=Decimal("0.01"), max_value=100, initial=2,
        widget=number_input(step="any"),
    )  # fmt: skip
    standalone = forms.BooleanField(label=_("Publish as an exam of its own"), required=False, initial=True)
    code = forms.CharField(label=_("Code"), max_length=32, required=False, widget=text_input())
    line = forms.ChoiceField(label=_("Line of business"), choices=Line.choices, initial=Line.SAFETY, widget=SELECT)
    hours = forms.DecimalField(
        label=_("Approved hours"), min_value=0, max_value=999, decimal_places=1, initial=0, required=False,
        widget=number_input(step="any"),
    )  # fmt: skip
    account = forms.ChoiceField(
        label=_("Hours count for"), choices=HourAccount.choices, initial=HourAccount.SAFETY, widget=SELECT
    )

    def __init__(self, *args: Any, examiner: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.banks = desk.banks_of(examiner)
        self.fields["practice_banks"].queryset = self.banks.filter(open_for_practice=True)  # type: ignore[attr-defined]
        units = access.scope(examiner, Perm.EXAMS_MANAGE)
        unit = self.fields["unit"]
        unit.queryset = units  # type: ignore[attr-defined]
        unit.initial = units.order_by("path").first()

    def clean_compulsory(self) -> list[Question]:
        wanted = set(several(self.cleaned_data["compulsory"]))
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
        if facts.get("kind") == Exam.Kind.CONTEST and not (opens and closes):
            self.add_error("closes_at", _("A contest needs the times when it opens and closes."))
        if facts.get("compulsory") and not facts.get("compulsory_points"):
            self.add_error("compulsory_points", _("Please give the points of a compulsory question."))
        return facts

    def plan(self, rules: list[PlannedRule]) -> ExamPlan:
        """The exam as its verb wants it."""
        facts = self.cleaned_data
        same = ["title", "unit", "minutes", "pass_score", "max_attempts", "multiple_scoring", "protection", "opens_at",
                "closes_at", "release_at", "shuffle_questions", "shuffle_options", "papers", "no_repeats",
                "exposure_limit", "lessons_first"]  # fmt: skip
        points = facts["compulsory_points"]
        marking = {
            name: self._or_initial(name) for name in ("shows", "appeal_days", "arbitrate_above", "practice_answers")
        }
        return ExamPlan(
            rules=rules,
            compulsory=[(question, points) for question in facts["compulsory"]],
            kind=facts["kind"] or Exam.Kind.FORMAL,
            wait_hours=facts["wait_hours"] or 0,
            hours_first=facts["hours_first"] or Decimal(0),
            second_marker=facts["second_marker"],
            practice_first=facts["practice_first"] or 0,
            practice_banks=list(facts["practice_banks"]),
            **marking,
            **{name: facts[name] for name in same},
        )

    def _or_initial(self, name: str) -> Any:
        """What was sent, or what the field begins with when nothing was."""
        sent = self.cleaned_data[name]
        return self.fields[name].initial if sent in (None, "") else sent


class RuleForm(forms.Form):
    """Draw so many questions; an empty row is no rule."""

    bank = forms.ModelChoiceField(
        QuestionBank.objects.none(), label=_("Bank"), required=False, empty_label="—", widget=SELECT
    )
    type = forms.ChoiceField(label=_("Question type"), required=False, widget=SELECT)
    topic = forms.CharField(label=_("Topic"), max_length=100, required=False, widget=text_input(list="topics"))
    difficulty = forms.ChoiceField(label=_("Difficulty"), choices=DIFFICULTIES, required=False, widget=SELECT)
    tag = forms.CharField(label=_("Tag"), max_length=60, required=False, widget=text_input())
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=500, required=False, widget=number_input())
    points = forms.DecimalField(
        label=_("Points each"), min_value=Decimal("0.01"), max_value=100, decimal_places=2, required=False,
        widget=number_input(step="any"),
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
        easiest, hardest = RANGES[facts["difficulty"]]
        same = {name: facts[name] for name in ("bank", "count", "points", "type", "tag")}
        return PlannedRule(topic=facts["topic"].strip("/ "), easiest=easiest, hardest=hardest, **same)


class _Rules(forms.BaseFormSet):
    def clean(self) -> None:
        if not any(self.errors) and not self.planned():
            raise ValidationError(_("Please say which questions a paper is made of."))

    def planned(self) -> list[PlannedRule]:
        return [form.rule() for form in self.forms if form.is_rule()]


RuleFormSet = forms.formset_factory(RuleForm, formset=_Rules, extra=4, max_num=30, absolute_max=30)
