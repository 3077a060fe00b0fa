"""Fixed papers as examiners look them over."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from exams import types
from exams.models import Exam, Paper, PaperItem, Question


@dataclass(frozen=True)
class Line:
    """One question of a paper. `stale`: it is out of use, or its words have changed since the paper was drawn."""

    item: PaperItem
    kind: types.QuestionType
    difficulty: int
    stale: bool
    compulsory: bool


@dataclass(frozen=True)
class OnPaper:
    """One fixed paper. `difficulty` is the mean, 1 to 5, weighted by points; `sat` how many have had it."""

    paper: Paper
    lines: Sequence[Line]
    sat: int

    @property
    def points(self) -> Decimal:
        return sum((line.item.points for line in self.lines), Decimal(0))

    @property
    def difficulty(self) -> float:
        weighed = sum(line.difficulty * line.item.points for line in self.lines)
        return float(weighed / self.points) if self.points else 0.0

    @property
    def stale(self) -> int:
        return sum(line.stale for line in self.lines)


def papers_of(exam: Exam) -> list[OnPaper]:
    """In four statements, whatever the number of papers."""
    compulsory = set(exam.blueprint.compulsory.values_list("question", flat=True))
    papers = exam.blueprint.papers.annotate(sat=Count("attempts")).prefetch_related("items__version__question")
    return [OnPaper(paper, [_line(item, compulsory) for item in paper.items.all()], paper.sat) for paper in papers]


def _line(item: PaperItem, compulsory: set[int]) -> Line:
    version, question = item.version, item.version.question
    stale = question.state != Question.State.ACTIVE or question.current_id != version.pk
    return Line(item, types.get(version.type), question.difficulty, stale, question.pk in compulsory)
