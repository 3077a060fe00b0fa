"""Which questions the next run asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from exams.models import PracticeCard, PracticeRun, Question, QuestionBank
from exams.practice import rules
from exams.queries import practice
from lms.people.models import Person

Mode = PracticeRun.Mode
RECENT: Final = timedelta(days=90)  # a question or its new words count as new so long
LOOKED_AT: Final = 200  # questions to choose some of


@dataclass(frozen=True)
class Plan:
    """What somebody wants to practise."""

    mode: str
    bank: QuestionBank | None = None
    topic: str = ""
    type: str = ""


Chosen = list[tuple[int, str]]  # question and why it is asked


def chosen(person: Person, plan: Plan, *, at: datetime, random: Random) -> Chosen:
    """The questions of a new run, in the order they are asked; none when there is nothing to ask."""
    if plan.mode == Mode.DAILY:
        return _daily(person, at=at, random=random)
    if plan.mode == Mode.MISTAKES:
        book = practice.mistakes(person, at=at).values_list("question", flat=True)
        return _plain(list(book[: rules.RUN]))
    questions = practice.practicable(person, at=at).filter(bank=plan.bank)
    if plan.mode == Mode.TYPE:
        return _plain(_least_practised(person, questions.filter(type=plan.type)))
    questions = questions.filter(topic=plan.topic)
    if plan.mode == Mode.LEVEL:
        return _plain(_some(questions, random, rules.RUN))
    return _plain(_least_practised(person, questions))


def _daily(person: Person, *, at: datetime, random: Random) -> Chosen:
    questions = practice.practicable(person, at=at)
    due = practice.due(person, at=at).values_list("question", flat=True)[: rules.DAILY_MOST]
    unseen = questions.filter(~_cards(person))
    weak = [topic for topic in practice.topics(person, at=at) if topic.is_weak]
    weak.sort(key=lambda topic: topic.accuracy)
    return [
        (question, str(why))
        for question, why in rules.daily(
            list(due),
            list(_new(person, questions, at)),
            [pk for topic in weak[:3] for pk in _of_topic(person, questions, topic, random)],
            _some(unseen, random, rules.DAILY),
        )
    ]


def _new(person: Person, questions: QuerySet[Question], at: datetime) -> QuerySet[Question, int]:
    """Questions with a basis whose present words are young and were never answered by the person."""
    seen = PracticeCard.objects.filter(person=person, version=OuterRef("current"))
    young = questions.filter(~Exists(seen), current__created_at__gt=at - RECENT).exclude(current__basis_document="")
    revised = young.filter(Q(current__number__gt=1) | Q(created_at__gt=at - RECENT))
    return revised.order_by("-current__created_at", "pk").values_list("pk", flat=True)[: rules.DAILY]


def _of_topic(person: Person, questions: QuerySet[Question], topic: rules.Topic, random: Random) -> list[int]:
    """Of a weak topic, what the person does not know."""
    knows = PracticeCard.objects.filter(person=person, question=OuterRef("pk"), known=True)
    return _some(questions.filter(~Exists(knows), bank=topic.bank, topic=topic.name), random, rules.DAILY)


def _least_practised(person: Person, questions: QuerySet[Question]) -> list[int]:
    """What the person has not met, in the order of the bank; then what was met longest ago."""
    rows = questions.filter(~_cards(person)).order_by("code", "pk")
    fresh = list(rows.values_list("pk", flat=True)[: rules.RUN])
    if len(fresh) == rules.RUN:
        return fresh
    met = PracticeCard.objects.filter(person=person, question__in=questions).order_by("known", "reviewed_at", "pk")
    return fresh + list(met.values_list("question", flat=True)[: rules.RUN - len(fresh)])


def _some(questions: QuerySet[Question], random: Random, most: int) -> list[int]:
    found: Sequence[int] = list(questions.order_by("pk").values_list("pk", flat=True)[:LOOKED_AT])
    return random.sample(found, min(most, len(found)))


def _cards(person: Person) -> Exists:
    return Exists(PracticeCard.objects.filter(person=person, question=OuterRef("pk")))


def _plain(questions: Sequence[int]) -> Chosen:
    return [(question, "") for question in questions]
