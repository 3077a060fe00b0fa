"""实操评分表: what an assessor looks at."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from exams import types
from exams.forms.questions.facts import LINE, FactsForm, area, facts_of
from exams.forms.questions.tables import Row, kept, table_of
from exams.models import Question, QuestionVersion


class ItemRow(Row):
    says: ClassVar = ("text", "points")

    text = forms.CharField(label=gettext_lazy("Item"), max_length=1000, strip=True, widget=area(2))
    points = forms.DecimalField(
        label=gettext_lazy("Points"), min_value=0, max_digits=7, decimal_places=2,
        widget=forms.NumberInput({**LINE, "step": "0.5"}),
    )  # fmt: skip
    key = forms.BooleanField(label=gettext_lazy("Key item"), required=False)


class SheetForm(FactsForm):
    rows_template: ClassVar = "exams/desk/form/items.html"

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["stem"].label = gettext_lazy("Task")
        self.rows = table_of(ItemRow, data, "items", self.initial.get("items", []), most=100)

    @classmethod
    def filled(cls, question: Question, version: QuestionVersion) -> dict[str, Any] | None:
        facts = facts_of(question, version)
        return None if facts is None else facts | {"items": [dict(item) for item in version.content["items"]]}

    def made(self, facts: Mapping[str, Any]) -> tuple[str, str, Any, Any]:
        items = [{**row.cleaned_data, "points": str(row.cleaned_data["points"])} for row in kept(self.rows)]
        return "score_sheet", facts["stem"], *types.get("score_sheet").checked({"items": items}, {})
