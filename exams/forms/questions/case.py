"""案例题: one material, several questions about it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams import types
from exams.forms.questions.facts import LINE, SELECT, FactsForm, area, facts_of
from exams.forms.questions.rows import ANSWER_HELP, OPTIONS_HELP, as_row, read, row_types
from exams.forms.questions.tables import Row, kept, table_of
from exams.models import Question, QuestionVersion
from exams.types import Refused
from exams.types.case import MOST, NO_PARTS


class PartRow(Row):
    """One question of a case, as in one row of our template."""

    says: ClassVar = ("stem", "options", "answer")

    type = forms.ChoiceField(label=gettext_lazy("Question type"), initial="single", widget=forms.Select(attrs=SELECT))
    stem = forms.CharField(label=gettext_lazy("Question"), widget=area(2), max_length=5000)
    options = forms.CharField(label=gettext_lazy("Options"), help_text=OPTIONS_HELP, widget=area(4), required=False)
    answer = forms.CharField(
        label=gettext_lazy("Correct answer"), help_text=ANSWER_HELP, widget=area(1), max_length=5000
    )
    weight = forms.DecimalField(
        label=gettext_lazy("Weight"), initial=1, min_value=0, max_digits=7, decimal_places=2,
        widget=forms.NumberInput({**LINE, "step": "0.5"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [each for each in row_types() if each[0] not in NO_PARTS]
        self.fields["type"].choices = kinds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not self.errors and self.has_changed():
            try:
                read(facts["type"], facts["stem"], facts["options"], facts["answer"])
            except Refused as refusal:
                self.add_error(refusal.field if refusal.field in self.fields else "answer", refusal.reason)
        return facts


class CaseForm(FactsForm):
    rows_template: ClassVar = "exams/desk/form/parts.html"

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["stem"].label = gettext_lazy("Material")
        self.rows = table_of(PartRow, data, "parts", self.initial.get("parts", []), most=MOST)

    @classmethod
    def filled(cls, question: Question, version: QuestionVersion) -> dict[str, Any] | None:
        facts, pairs = facts_of(question, version), zip(version.content["parts"], version.key["parts"], strict=True)
        parts = [(part, as_row(part["type"], part["stem"], part["content"], own)) for part, own in pairs]
        if facts is None or any(row is None for _part, row in parts):
            return None
        return facts | {"parts": [{**(row or {}), "weight": part["weight"]} for part, row in parts]}

    def made(self, facts: Mapping[str, Any]) -> tuple[str, str, Any, Any]:
        rows = kept(self.rows)
        if not rows:
            raise Refused("parts", _("A case needs at least one question about its material."))
        return "case", facts["stem"], *types.get("case").checked(*_pairs(rows))


def _pairs(rows: list[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    parts, keys = [], []
    for form in rows:
        facts = form.cleaned_data
        type, stem, content, key = read(facts["type"], facts["stem"], facts["options"], facts["answer"])
        parts.append({"type": type, "stem": stem, "content": content, "weight": str(facts["weight"])})
        keys.append(key)
    return {"parts": parts}, {"parts": keys}
