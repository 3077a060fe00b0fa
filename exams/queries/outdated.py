"""Questions that are to be checked again, by what they rest on, and the papers that have them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from exams.models import CompulsoryQuestion, Exam, PaperItem, Question
from exams.queries.desk import banks_of, exams_of
from lms.people.models import Person

ANY = "any"


@dataclass(frozen=True)
class Group:
    """Questions that wait for one thing: the edition of a document, a new day, or somebody's doubt (`outdated` "")."""

    outdated: str
    document: str
    edition: str
    count: int

    @property
    def label(self) -> Any:
        return Question.Outdated(self.outdated).label if self.outdated else ""

    @property
    def query(self) -> str:
        return urlencode({"why": self.outdated or ANY, "document": self.document, "edition_waited": self.edition})


def waiting(person: Person) -> QuerySet[Question]:
    return Question.objects.filter(bank__in=banks_of(person), state=Question.State.RECHECK, current__isnull=False)


def groups(person: Person) -> list[Group]:
    """The largest first."""
    rows = waiting(person).order_by().values_list("outdated", "current__basis_document", "new_edition")
    counted = [Group(*row) for row in rows.annotate(n=Count("pk"))]
    return sorted(counted, key=lambda group: (not group.outdated, -group.count, group.document))


def of_group(person: Person, group: Group) -> QuerySet[Question]:
    """Its questions in order, each with its current version and bank."""
    rows = waiting(person).filter(
        outdated=group.outdated, current__basis_document=group.document, new_edition=group.edition
    )
    return rows.select_related("current", "bank", "state_by").order_by(
        "bank__name", "current__basis_clause", "code", "pk"
    )


def documents(person: Person) -> list[tuple[str, int]]:
    """Documents that questions in use rest on, with how many, by name."""
    in_use = Question.objects.drawable().filter(bank__in=banks_of(person)).exclude(current__basis_document="")
    rows = in_use.order_by().values_list("current__basis_document").annotate(n=Count("pk"))
    return sorted(rows)


@dataclass(frozen=True)
class Affected:
    """An exam whose papers have questions to be checked again: in fixed papers, or in every paper it draws."""

    exam: Exam
    labels: Sequence[str]
    fixed: int
    compulsory: int


def affected(person: Person) -> list[Affected]:
    """Exams of the person, the newest first; in three statements."""
    recheck = Question.State.RECHECK
    on_paper = PaperItem.objects.filter(version__question__state=recheck)
    asked = CompulsoryQuestion.objects.filter(question__state=recheck)
    exams = exams_of(person).filter(
        Q(Exists(on_paper.filter(paper__blueprint=OuterRef("blueprint"))))
        | Q(Exists(asked.filter(blueprint=OuterRef("blueprint"))))
    )
    found = list(exams.order_by("-created_at", "-pk"))
    blueprints = [exam.blueprint_id for exam in found]
    fixed = Counter(
        on_paper.filter(paper__blueprint__in=blueprints).values_list("paper__blueprint", "paper__label").order_by()
    )
    every = Counter(asked.filter(blueprint__in=blueprints).values_list("blueprint", flat=True))
    return [_affected(exam, fixed, every) for exam in found]


def _affected(exam: Exam, fixed: Counter[Any], every: Counter[Any]) -> Affected:
    labels = sorted(label for blueprint, label in fixed if blueprint == exam.blueprint_id)
    return Affected(exam, labels, sum(fixed[exam.blueprint_id, label] for label in labels), every[exam.blueprint_id])
