"""A question as in one row of our template."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from exams import types
from exams.forms.questions.facts import SELECT, FactsForm, area, facts_of
from exams.models import Question, QuestionVersion
from exams.types import Written, checking
from exams.types.choice import lettered

OPTIONS_HELP = gettext_lazy("one a line; none for blanks, numbers and texts")
ANSWER_HELP = gettext_lazy("letters of options, √ or ×, blanks separated by |, a number such as 220±5 V")


class RowForm(FactsForm):
    """A question of a type that one row can say; its errors are those of its type."""

    own: ClassVar = ("type", "stem", "options", "answer")

    type = forms.ChoiceField(label=gettext_lazy("Question type"), initial="single", widget=forms.Select(attrs=SELECT))
    options = forms.CharField(label=gettext_lazy("Options"), help_text=OPTIONS_HELP, widget=area(5), required=False)
    answer = forms.CharField(
        label=gettext_lazy("Correct answer"), widget=area(2), max_length=5000, help_text=ANSWER_HELP
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = row_types(self.fixed)  # type: ignore[attr-defined]

    @classmethod
    def filled(cls, question: Question, version: QuestionVersion) -> dict[str, Any] | None:
        facts, row = facts_of(question, version), as_row(version.type, version.stem, version.content, version.key)
        return None if facts is None or row is None else facts | row

    def made(self, facts: Mapping[str, Any]) -> tuple[str, str, Any, Any]:
        return read(facts["type"], facts["stem"], facts["options"], facts["answer"])


def row_types(only: str = "") -> list[tuple[str, Any]]:
    kinds = types.registered().values()
    return [(kind.key, kind.label) for kind in kinds if kind.in_rows and only in ("", kind.key)]


def read(type: str, stem: str, options: str, answer: str) -> tuple[str, str, Any, Any]:
    """Type, stem, content and key of what somebody wrote. Raises Refused."""
    kind = types.get(type)
    lines = [line.strip() for line in options.splitlines() if line.strip()]
    row = Written(stem, lettered(checking.listed(lines, "options", most=checking.MOST)), answer)
    content, key = kind.written(row)
    return kind.key, kind.stem(row), content, key


def as_row(type: str, stem: str, content: Any, key: Any) -> dict[str, str] | None:
    """What somebody would write for a question; None when a row cannot say all of it."""
    kind = types.registered().get(type)
    row = kind.row(stem, content, key) if kind else None
    if row is None:
        return None
    return {"type": type, "stem": row.stem, "options": "\n".join(row.options.values()), "answer": row.answer}
