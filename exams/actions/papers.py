"""Fixed papers: draw them, replace a question, count how often questions were in papers."""

from datetime import datetime, timedelta
from random import Random
from string import ascii_uppercase

from django.db import transaction
from django.db.models import Count

from exams import queries
from exams.models import AttemptItem, Blueprint, Exam, Exposure, Paper, PaperItem, Question
from exams.rules import drawing
from exams.rules.drawing import Drawn, Infeasible
from lms.journal import actions as journal
from lms.people.models import Person

MOST_PAPERS = 6
SETTLED = timedelta(minutes=1)  # a sitting that began before has been committed


class InUse(Exception):
    """Somebody has sat this paper: it stays as it is."""


class NoOther(Exception):
    """The bank holds no other question of this kind."""


@transaction.atomic
def make_papers(*, blueprint: Blueprint, count: int, at: datetime, random: Random | None = None) -> list[Paper]:
    """Draw papers A, B …; they share questions only where the banks are too small. Raises `drawing.Infeasible`."""
    asked, chance = queries.asked(blueprint.pk), random or Random()
    papers, earlier = [], set[int]()
    for label in ascii_uppercase[:count]:
        drawn = _apart(asked, earlier, chance)
        earlier |= {one.question for one in drawn}
        papers.append(_paper(blueprint, label, drawn, at))
    return papers


def _apart(asked: queries.Asked, earlier: set[int], random: Random) -> list[Drawn]:
    try:
        return drawing.draw(asked.rules, asked.stock(), random, without=earlier)
    except Infeasible:
        return drawing.draw(asked.rules, asked.stock(), random)


def _paper(blueprint: Blueprint, label: str, drawn: list[Drawn], at: datetime) -> Paper:
    paper = Paper.objects.create(blueprint=blueprint, label=label, made_at=at)
    PaperItem.objects.bulk_create(
        PaperItem(paper=paper, position=position, version_id=one.version, points=one.points)
        for position, one in enumerate(drawn, 1)
    )
    return paper


@transaction.atomic
def replace_item(*, item: PaperItem, by: Person | None, at: datetime, random: Random | None = None) -> Question:
    """Put another question of the same bank, type and topic in its place. Raises `InUse` and `NoOther`."""
    if item.paper.attempts.exists():
        raise InUse
    old = item.version.question
    asked_already = item.paper.items.values("version__question")
    others = Question.objects.drawable().filter(bank=old.bank, type=old.type).select_related("current")
    others = others.exclude(pk__in=asked_already).order_by("pk")
    pool = list(others.filter(topic=old.topic)) or list(others)
    if not pool:
        raise NoOther
    new = (random or Random()).choice(pool)
    assert new.current is not None, "what can be drawn has words"
    item.version = new.current
    item.save(update_fields=["version"])
    payload = {"paper": item.paper_id, "position": item.position, "was": old.pk, "is": new.pk}
    journal.write("paper-changed", by=by, unit=old.bank.unit, at=at, payload=payload)
    return new


@transaction.atomic
def take_out(*, paper: Paper, exam: Exam, format: str, with_key: bool, by: Person, at: datetime) -> None:
    """Write down that somebody takes a paper out of the platform."""
    payload = {"exam": exam.pk, "paper": paper.pk, "format": format, "with_key": with_key}
    journal.write("paper-taken-out", by=by, unit=exam.unit, at=at, payload=payload)


def count_exposure(*, at: datetime) -> None:
    """Add the papers drawn since the last count, for blueprints that limit how often a question is drawn."""
    for blueprint in Blueprint.objects.exclude(exposure_limit=None).filter(kind=Blueprint.Kind.RANDOM):
        _count(blueprint, at - SETTLED)


@transaction.atomic
def _count(blueprint: Blueprint, until: datetime) -> None:
    """Whoever moves `exposure_until` counts; another run that wanted the same finds it moved."""
    moved = Blueprint.objects.filter(pk=blueprint.pk, exposure_until=blueprint.exposure_until)
    if moved.update(exposure_until=until) != 1:
        return
    items = AttemptItem.objects.filter(attempt__exam__blueprint=blueprint, attempt__started_at__lte=until)
    items = items.filter(attempt__exam__rehearses=None)
    if blueprint.exposure_until:
        items = items.filter(attempt__started_at__gt=blueprint.exposure_until)
    fresh = dict(items.order_by().values_list("version__question").annotate(n=Count("pk")))
    known = dict(blueprint.exposures.filter(question__in=fresh).values_list("question", "papers"))
    Exposure.objects.bulk_create(
        (Exposure(blueprint=blueprint, question_id=pk, papers=known.get(pk, 0) + n) for pk, n in fresh.items()),
        update_conflicts=True,
        unique_fields=["blueprint", "question"],
        update_fields=["papers"],
    )
