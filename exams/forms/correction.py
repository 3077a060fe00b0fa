"""What an examiner fills in to correct a question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exams import markup, types
from exams.forms.fields import text_input
from exams.models import Correction, Exam, QuestionVersion

Kind = Correction.Kind


class CorrectionForm(forms.Form):
    """How a question counts from now on; another key only where it is a choice."""

    kind = forms.ChoiceField(label=_("From now on"), choices=Kind.choices, widget=forms.RadioSelect)
    right = forms.MultipleChoiceField(
        label=_("Right answers"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, strip=True, widget=text_input())

    def __init__(self, *args: Any, version: QuestionVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        choices = _choices(version)
        self.fields["right"].choices = choices  # type: ignore[attr-defined]
        self.fields["right"].initial = _right(version)
        if not choices:
            del self.fields["right"]
            self.fields["kind"].choices = [each for each in Kind.choices if each[0] != Kind.KEY]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("kind") == Kind.KEY:
            self._check_key(facts.get("right", []))
        return facts

    def _check_key(self, right: list[str]) -> None:
        if sorted(right) == sorted(_right(self.version)):
            self.add_error("right", _("These are the right answers already."))
            return
        try:
            types.get(self.version.type).checked(self.version.content, self._key(right))
        except types.Refused as refusal:
            self.add_error("right", refusal.reason)

    def _key(self, right: list[str]) -> dict[str, Any]:
        kept = {name: value for name, value in self.version.key.items() if name == "feedback"}
        if self.version.type == "true_false":
            return {**kept, "correct": right == ["1"] if len(right) == 1 else None}
        return {**kept, "correct": [int(each) for each in right]}

    @property
    def key(self) -> dict[str, Any] | None:
        """The key that is right, None where another kind of correction was chosen."""
        facts = self.cleaned_data
        return self._key(facts["right"]) if facts["kind"] == Kind.KEY else None

    def draft(self, exam: Exam) -> Correction:
        """The correction as it would be, for the dry run."""
        draft = Correction(exam=exam, version=self.version, kind=self.cleaned_data["kind"])
        if self.key is not None:
            _content, key = types.get(self.version.type).checked(self.version.content, self.key)
            draft.replacement = QuestionVersion(key=key)
        return draft


def _choices(version: QuestionVersion) -> list[tuple[str, Any]]:
    if version.type == "true_false":
        return [("1", _("Right")), ("0", _("Wrong"))]
    if version.type not in {"single", "multiple"}:
        return []
    texts = [markup.bare(text, version.markup) for text in version.content["options"]]
    return [(str(n), f"{chr(65 + n)}. {text}") for n, text in enumerate(texts)]


def _right(version: QuestionVersion) -> list[str]:
    correct = version.key.get("correct", [])
    return [str(int(correct))] if isinstance(correct, bool) else [str(each) for each in correct]
