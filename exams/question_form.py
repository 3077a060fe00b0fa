"""The form in which an examiner writes a question, as in one row of our template."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy

from exams import types
from exams.actions.banks import Draft
from exams.exchange.drafting import drafted
from exams.exchange.question import Exchanged
from exams.models import Question, QuestionVersion, SkillLevel
from exams.types import Refused, Written, checking
from exams.types.choice import lettered

SELECT: Final = forms.Select(attrs={"class": "input"})
LINE: Final = forms.TextInput(attrs={"class": "input", "autocomplete": "off"})
FACTS: Final = ("topic", "code", "explanation", "basis_document", "basis_clause", "basis_edition", "valid_until")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "input", "rows": rows})


class QuestionForm(forms.Form):
    """A question of a type that one row can say; its errors are those of its type."""

    type = forms.ChoiceField(label=gettext_lazy("Question type"), initial="single", widget=SELECT)
    stem = forms.CharField(label=gettext_lazy("Question"), widget=_area(4), max_length=5000)
    options = forms.CharField(
        label=gettext_lazy("Options"), help_text=gettext_lazy("one a line; none for blanks, numbers and texts"),
        widget=_area(5), required=False,
    )  # fmt: skip
    answer = forms.CharField(
        label=gettext_lazy("Correct answer"), widget=_area(2), max_length=5000,
        help_text=gettext_lazy("letters of options, √ or ×, blanks separated by |, a number such as 220±5 V"),
    )  # fmt: skip
    explanation = forms.CharField(label=gettext_lazy("explanation"), widget=_area(3), required=False)
    topic = forms.CharField(label=gettext_lazy("topic"), widget=LINE, required=False, max_length=100)
    difficulty = forms.TypedChoiceField(
        label=gettext_lazy("difficulty"), choices=[(n, n) for n in range(1, 6)], coerce=int, initial=3, widget=SELECT
    )
    skill = forms.TypedChoiceField(
        label=gettext_lazy("skill level"), choices=[("", "—"), *SkillLevel.choices], coerce=int, empty_value=None,
        required=False, widget=SELECT,
    )  # fmt: skip
    tags = forms.CharField(
        label=gettext_lazy("tags"), help_text=gettext_lazy("separated by commas"), widget=LINE, required=False
    )
    code = forms.CharField(label=gettext_lazy("code"), widget=LINE, required=False, max_length=40)
    basis_document = forms.CharField(label=gettext_lazy("source document"), widget=LINE, required=False)
    basis_clause = forms.CharField(label=gettext_lazy("source clause"), widget=LINE, required=False)
    basis_edition = forms.CharField(label=gettext_lazy("source edition"), widget=LINE, required=False)
    valid_until = forms.DateField(
        label=gettext_lazy("valid until"), required=False, widget=forms.DateInput({"class": "input", "type": "date"})
    )

    def __init__(self, *args: Any, fixed: str = "", **kwargs: Any) -> None:
        """`fixed`: the type of a question that exists already."""
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in types.registered().values() if kind.in_rows and fixed in ("", kind.key)]
        self.fields["type"].choices = [(kind.key, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.draft: Draft | None = None

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not self.errors:
            try:
                self.draft = _draft(facts)
            except Refused as refusal:
                self.add_error(refusal.field if refusal.field in self.fields else None, refusal.reason)
        return facts


def _draft(facts: Mapping[str, Any]) -> Draft:
    kind = types.get(facts["type"])
    lines = [line.strip() for line in facts["options"].splitlines() if line.strip()]
    options = checking.listed(lines, "options", most=checking.MOST)
    row = Written(facts["stem"], lettered(options), facts["answer"])
    content, key = kind.written(row)
    tags = [tag.strip() for tag in facts["tags"].replace("，", ",").replace("、", ",").split(",") if tag.strip()]
    own = {name: facts[name] for name in FACTS}
    return drafted(
        Exchanged(
            "", kind.key, kind.stem(row), content, key, tags=tags, difficulty=facts["difficulty"],
            skill=facts["skill"], **own,
        )
    )  # fmt: skip


def filled(question: Question, version: QuestionVersion) -> dict[str, Any] | None:
    """The form's values for a question that exists; None when the form cannot say all of it."""
    row = types.get(version.type).row(version.stem, version.content, version.key)
    if row is None or version.markup != QuestionVersion.Markup.PLAIN:
        return None
    facts = {name: getattr(question if name in ("topic", "code") else version, name) for name in FACTS}
    return facts | {
        "type": version.type,
        "stem": row.stem,
        "options": "\n".join(row.options.values()),
        "answer": row.answer,
        "difficulty": question.difficulty,
        "skill": question.skill,
        "tags": "，".join(tag.name for tag in question.tags.all()),
    }
