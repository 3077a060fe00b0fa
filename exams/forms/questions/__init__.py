"""The forms in which an examiner writes a question: one for what fits into a row, one for each type that does not."""

from typing import Any, Final

from exams.forms.questions.areas import AreasForm, FaultsForm
from exams.forms.questions.case import CaseForm
from exams.forms.questions.facts import FactsForm
from exams.forms.questions.rows import RowForm
from exams.forms.questions.sheet import SheetForm
from exams.forms.questions.tables import with_more
from exams.models import Question, QuestionVersion

__all__ = ["OTHERS", "AreasForm", "FactsForm", "filled", "form_of", "with_more"]
OTHERS: Final[dict[str, type[FactsForm]]] = {
    "case": CaseForm,
    "hotspot": AreasForm,
    "find_fault": FaultsForm,
    "score_sheet": SheetForm,
}


def form_of(kind: str) -> type[FactsForm]:
    return OTHERS.get(kind, RowForm)


def filled(question: Question, version: QuestionVersion) -> dict[str, Any] | None:
    """The form's values for a question that exists; None when no form can say all of it."""
    return form_of(version.type).filled(question, version)
