"""What a person may practise, and what came of it so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast
from django.utils.timezone import localdate

from exams import types
from exams.models import PracticeAnswer, PracticeCard, PracticeItem, PracticeRun, Question, QuestionBank, WrongItem
from exams.practice import rules
from exams.practice.rules import Topic
from lms.people.models import Person, PostAssignment


@cache
def askable() -> frozenset[str]:
    """Types that are graded at once."""
    return frozenset(kind.key for kind in types.registered().values() if kind.scored and not kind.manual)


def banks_for(person: Person) -> QuerySet[QuestionBank]:
    """Banks open for practice to the people of their unit; people from outside practise nothing."""
    if person.is_external:
        return QuestionBank.objects.none()
    post = PostAssignment.objects.current().filter(person=person)
    under = post.annotate(_above=OuterRef("unit__path")).filter(unit__path__startswith=F("_above"))
    return QuestionBank.objects.filter(Q(unit=None) | Q(Exists(under)), open_for_practice=True)


def practicable(person: Person, *, at: datetime) -> QuerySet[Question]:
    """Questions in use of the banks open to the person, whose basis has not run out."""
    return _usable(at).filter(bank__in=banks_for(person))


def _usable(at: datetime) -> QuerySet[Question]:
    in_force = Q(current__valid_until=None) | Q(current__valid_until__gte=localdate(at))
    return Question.objects.drawable().filter(in_force, type__in=askable())


def mistakes(person: Person, *, at: datetime) -> QuerySet[WrongItem]:
    """错题本, the oldest first. What came from a bank that is not open stays as long as it is what the person saw."""
    seen_or_open = Q(question__current=F("version")) | Q(question__bank__in=banks_for(person))
    book = WrongItem.objects.in_book().filter(seen_or_open, person=person, question__in=_usable(at))
    return book.select_related("question__current").order_by("wrong_at", "pk")


def topics(person: Person, *, at: datetime, bank: QuestionBank | None = None) -> list[Topic]:
    """Every topic of the open banks (or of one), in the order of their questions; two statements."""
    questions = practicable(person, at=at)
    if bank is not None:
        questions = questions.filter(bank=bank)
    counted = questions.order_by().values_list("bank", "topic").annotate(n=Count("pk"), first=Min("code"))
    there = counted.order_by("bank__name", "bank", "first", "topic").values_list("bank", "topic", "n")
    known = {(row[0], row[1]): row[2:] for row in _learned(person, questions)}
    return [Topic(bank, name, n, *known.get((bank, name), (0, 0, 0))) for bank, name, n in there]


def _learned(person: Person, questions: QuerySet[Question]) -> QuerySet[PracticeCard, Any]:
    cards = PracticeCard.objects.filter(person=person, question__in=questions).order_by()
    return cards.values_list("question__bank", "question__topic").annotate(
        known_ones=Sum(Cast("known", IntegerField())), n=Sum("answers"), ok=Sum("right_answers")
    )


def due(person: Person, *, at: datetime) -> QuerySet[PracticeCard]:
    """What FSRS would ask again by now, the longest due first."""
    cards = PracticeCard.objects.filter(person=person, due__lte=at, question__in=practicable(person, at=at))
    return cards.order_by("due", "pk")


def days(person: Person, *, since: date) -> list[date]:
    """Days whose daily practice is finished."""
    done = PracticeRun.objects.filter(person=person, mode=PracticeRun.Mode.DAILY, day__gte=since)
    return [day for day in done.exclude(finished_at=None).values_list("day", flat=True) if day]


def today(person: Person, *, at: datetime) -> PracticeRun | None:
    """今日一练, once begun."""
    return PracticeRun.objects.filter(person=person, mode=PracticeRun.Mode.DAILY, day=localdate(at)).first()


@dataclass(frozen=True)
class Level:
    """One level: a topic, whether it is open, the best share right in percent (None: not tried)."""

    number: int
    topic: Topic
    open: bool
    passed: bool
    best: int | None


def levels(person: Person, bank: QuestionBank, *, at: datetime) -> list[Level]:
    """闯关 over the topics of a bank; a level opens when the one before is passed. Three statements."""
    found = topics(person, at=at, bank=bank)
    best: dict[str, int] = {}
    runs = PracticeRun.objects.filter(person=person, mode=PracticeRun.Mode.LEVEL, bank=bank)
    for topic, right, questions in runs.exclude(finished_at=None).values_list("topic", "right", "questions"):
        best[topic] = max(best.get(topic, 0), 100 * right // questions)
    passed = [best.get(topic.name, 0) >= rules.LEVEL_PASS for topic in found]
    reach = rules.open_levels(passed)
    rows = enumerate(zip(found, passed, strict=True), 1)
    return [Level(n, topic, n <= reach, done, best.get(topic.name)) for n, (topic, done) in rows]


def items_of(run: PracticeRun) -> Sequence[PracticeItem]:
    """The questions of a run with their answers, where there are some."""
    return list(run.items.select_related("version__question", "answer").order_by("position"))


def next_open(run: PracticeRun, *, after: int = 0) -> int | None:
    """The first question without an answer after a place, else the first at all; None when all are answered."""
    waiting = run.items.filter(~Exists(PracticeAnswer.objects.filter(item=OuterRef("pk"))))
    places = list(waiting.order_by("position").values_list("position", flat=True))
    return next((place for place in places if place > after), places[0] if places else None)
