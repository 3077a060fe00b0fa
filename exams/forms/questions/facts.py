"""What every question says besides what it asks."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy

from exams.actions.banks import Draft
from exams.exchange.drafting import drafted
from exams.exchange.question import Exchanged, Media
from exams.models import Question, QuestionBank, QuestionVersion, SkillLevel
from exams.rules.normalise import several
from exams.types import Refused

SELECT: Final = {"class": "input"}
LINE: Final = {"class": "input", "autocomplete": "off"}
FACTS: Final = ("topic", "code", "explanation", "basis_document", "basis_clause", "basis_edition", "valid_until")


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "input", "rows": rows})


def line() -> forms.TextInput:
    return forms.TextInput(attrs=LINE)


class FactsForm(forms.Form):
    """A question; `draft` is what valid values make of it. Types say how by `made`, and `rows` of a table if any."""

    own: ClassVar[tuple[str, ...]] = ("stem",)  # the fields that are not about every question
    rows_template: ClassVar[str] = ""

    stem = forms.CharField(label=gettext_lazy("Question"), widget=area(4), max_length=5000)
    explanation = forms.CharField(label=gettext_lazy("explanation"), widget=area(3), required=False)
    topic = forms.CharField(label=gettext_lazy("topic"), widget=line(), required=False, max_length=100)
    difficulty = forms.TypedChoiceField(
        label=gettext_lazy("difficulty"), choices=[(n, n) for n in range(1, 6)], coerce=int, initial=3,
        widget=forms.Select(attrs=SELECT),
    )  # fmt: skip
    skill = forms.TypedChoiceField(
        label=gettext_lazy("skill level"), choices=[("", "—"), *SkillLevel.choices], coerce=int, empty_value=None,
        required=False, widget=forms.Select(attrs=SELECT),
    )  # fmt: skip
    tags = forms.CharField(
        label=gettext_lazy("tags"), help_text=gettext_lazy("separated by commas"), widget=line(), required=False
    )
    code = forms.CharField(label=gettext_lazy("code"), widget=line(), required=False, max_length=40)
    basis_document = forms.CharField(label=gettext_lazy("source document"), widget=line(), required=False)
    basis_clause = forms.CharField(label=gettext_lazy("source clause"), widget=line(), required=False)
    basis_edition = forms.CharField(label=gettext_lazy("source edition"), widget=line(), required=False)
    valid_until = forms.DateField(
        label=gettext_lazy("valid until"), required=False, widget=forms.DateInput({"class": "input", "type": "date"})
    )

    def __init__(self, *args: Any, bank: QuestionBank | None = None, fixed: str = "", **kwargs: Any) -> None:
        """`bank` has the pictures; `fixed`: the type of a question that exists already."""
        super().__init__(*args, **kwargs)
        self.bank = bank
        self.fixed = fixed
        self.draft: Draft | None = None
        self.rows: Any = None
        self.order_fields([*self.own, *(name for name in self.fields if name not in self.own)])

    @classmethod
    def filled(cls, question: Question, version: QuestionVersion) -> dict[str, Any] | None:
        """The values for a question that exists; None when the form cannot say all of it."""
        raise NotImplementedError

    def made(self, facts: Mapping[str, Any]) -> tuple[str, str, Any, Any]:
        """Type, stem, content and key. Raises Refused."""
        raise NotImplementedError

    def pictures(self) -> Mapping[str, Media]:
        return {}

    def unchecked(self) -> None:
        """Show what was sent without saying what is wrong with it yet."""
        self._errors = ErrorDict()
        for row in self.rows.forms if self.rows is not None else ():
            row._errors = ErrorDict()

    @property
    def own_fields(self) -> list[Any]:
        return [self[name] for name in self.own if not self[name].is_hidden]

    @property
    def other_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name not in self.own]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if self.rows is not None and not self.rows.is_valid():
            self.add_error(None, gettext_lazy("Please correct the marked rows."))
        if not self.errors:
            try:
                self.draft = self._draft(facts)
            except Refused as refusal:
                self.add_error(refusal.field if refusal.field in self.fields else NON_FIELD_ERRORS, refusal.reason)
        return facts

    def _draft(self, facts: Mapping[str, Any]) -> Draft:
        type, stem, content, key = self.made(facts)
        own = {name: facts[name] for name in FACTS}
        return drafted(
            Exchanged(
                "", type, stem, content, key, tags=several(facts["tags"]), difficulty=facts["difficulty"],
                skill=facts["skill"], media=self.pictures(), **own,
            )
        )  # fmt: skip


def facts_of(question: Question, version: QuestionVersion) -> dict[str, Any] | None:
    """What every form shows of a question; None for formatted text, which no form can say."""
    if version.markup != QuestionVersion.Markup.PLAIN:
        return None
    facts = {name: getattr(question if name in ("topic", "code") else version, name) for name in FACTS}
    return facts | {
        "stem": version.stem,
        "difficulty": question.difficulty,
        "skill": question.skill,
        "tags": "，".join(tag.name for tag in question.tags.all()),
    }
