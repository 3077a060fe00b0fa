"""What becomes of many questions at once."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.bulk import Wish
from exams.models import SkillLevel
from exams.rules.normalise import several
from lms.people.models import PositionTag

SELECT: Final = {"class": "input"}
LINE: Final = {"class": "input", "autocomplete": "off"}
STEPS: Final = [
    ("", gettext_lazy("leave as it is")), ("review", gettext_lazy("Send to review")),
    ("retire", gettext_lazy("Take out of use")),
]  # fmt: skip


class BulkForm(forms.Form):
    """What becomes of every chosen question; what is left empty stays."""

    topic = forms.CharField(
        label=gettext_lazy("topic"), required=False, max_length=100, strip=True, widget=forms.TextInput(LINE)
    )
    difficulty = forms.TypedChoiceField(
        label=gettext_lazy("difficulty"), required=False, coerce=int, empty_value=None, widget=forms.Select(SELECT),
        choices=[("", gettext_lazy("leave as it is")), *((n, n) for n in range(1, 6))],
    )  # fmt: skip
    skill = forms.TypedChoiceField(
        label=gettext_lazy("skill level"), required=False, coerce=int, empty_value=None, widget=forms.Select(SELECT),
        choices=[("", gettext_lazy("leave as it is")), *SkillLevel.choices],
    )  # fmt: skip
    add_tags = forms.CharField(
        label=gettext_lazy("Add tags"), required=False, max_length=500, widget=forms.TextInput(LINE),
        help_text=gettext_lazy("separated by commas"),
    )  # fmt: skip
    posts = forms.ModelMultipleChoiceField(
        PositionTag.objects.none(), label=gettext_lazy("Meant for posts"), required=False, to_field_name="key",
        help_text=gettext_lazy("added as tags"), widget=forms.SelectMultiple({"class": "input", "size": 4}),
    )  # fmt: skip
    remove_tags = forms.CharField(
        label=gettext_lazy("Remove tags"), required=False, max_length=500, widget=forms.TextInput(LINE)
    )
    basis_edition = forms.CharField(
        label=gettext_lazy("source edition"), required=False, max_length=50, strip=True, widget=forms.TextInput(LINE)
    )
    valid_until = forms.DateField(
        label=gettext_lazy("valid until"), required=False, widget=forms.DateInput({**SELECT, "type": "date"})
    )
    endless = forms.BooleanField(label=gettext_lazy("valid without an end"), required=False)
    step = forms.ChoiceField(
        label=gettext_lazy("Next step"), required=False, choices=STEPS, widget=forms.Select(SELECT)
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=255, strip=True, widget=forms.TextInput(LINE),
        help_text=gettext_lazy("Needed to take out of use."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].queryset = PositionTag.objects.order_by("label")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("step") == "retire" and not facts.get("reason"):
            self.add_error("reason", _("Please give a reason."))
        if facts.get("endless") and facts.get("valid_until"):
            self.add_error("valid_until", _("Either a day, or no end."))
        if not self.errors and self.wish.is_empty:
            self.add_error(None, _("Please say what is to change."))
        if any(len(tag) > 60 for tag in self.wish.add_tags):
            self.add_error("add_tags", _("A tag has at most 60 characters."))
        return facts

    @property
    def wish(self) -> Wish:
        facts = self.cleaned_data
        return Wish(
            topic=facts.get("topic") or None,
            difficulty=facts.get("difficulty"),
            skill=facts.get("skill"),
            add_tags=(*several(facts.get("add_tags", "")), *(tag.label for tag in facts.get("posts") or ())),
            remove_tags=tuple(several(facts.get("remove_tags", ""))),
            valid_until=facts.get("valid_until"),
            endless=bool(facts.get("endless")),
            basis_edition=facts.get("basis_edition", ""),
            step=facts.get("step", ""),
            reason=facts.get("reason", ""),
        )
