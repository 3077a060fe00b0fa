"""Fixed papers as examiners look them over."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from exams import types
from exams.models import Exam, Paper, PaperItem, Question, QuestionVersion


@dataclass(frozen=True)
class Line:
    """One question of a paper. `stale`: it is out of use, or its words have changed since the paper was drawn;
    `recheck`: what it rests on has changed, or somebody doubts it."""

    item: PaperItem
    kind: types.QuestionType
    difficulty: int
    stale: bool
    recheck: bool
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

    @property
    def recheck(self) -> int:
        return sum(line.recheck for line in self.lines)


def papers_of(exam: Exam) -> list[OnPaper]:
    """In five statements, whatever the number of papers."""
    compulsory = set(exam.blueprint.compulsory.values_list("question", flat=True))
    papers = exam.blueprint.papers.annotate(sat=Count("attempts")).prefetch_related(
        "items__version__question__current"
    )
    return [OnPaper(paper, [_line(item, compulsory) for item in paper.items.all()], paper.sat) for paper in papers]


def _line(item: PaperItem, compulsory: set[int]) -> Line:
    version, question = item.version, item.version.question
    recheck = question.state == Question.State.RECHECK
    stale = not recheck and question.state != Question.State.ACTIVE or _reworded(version, question.current)
    return Line(item, types.get(version.type), question.difficulty, stale, recheck, question.pk in compulsory)


def _reworded(version: QuestionVersion, current: QuestionVersion | None) -> bool:
    """A version that only names another edition of the source asks the same."""
    words = ("type", "markup", "stem", "content", "key")
    return current is not None and any(getattr(version, name) != getattr(current, name) for name in words)
