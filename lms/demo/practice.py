"""Practice: one bank is open, and some people practise a few questions on some days."""

from datetime import datetime, timedelta
from random import Random
from typing import Final

from exams import types
from exams.actions.practice import answer_item, open_for_practice, start_run
from exams.models import PracticeItem, PracticeRun, QuestionBank
from exams.queries.practice_plan import Plan
from lms.demo import habits
from lms.demo.calendar import Calendar, Event
from lms.people.models import Person

BANK: Final = "安全生产法与全员责任制题库"
EXAMINER: Final = "00120017"
ABLE: Final = {"00120039": 0.7, "00120080": 0.95, "00120047": 0.6, "00120101": 0.8}  # how often right
DAYS: Final = (24, 19, 17, 12, 10, 5, 3)  # ago


def plan_practice(people: dict[str, Person], calendar: Calendar, *, seed: int) -> None:
    """Open the bank a month ago; whoever is named in `ABLE` practises on some of the days since."""
    random = Random(seed)
    calendar.add(calendar.at(calendar.ago(30), 9.5), _opening(people[EXAMINER]))
    for number, able in ABLE.items():
        for ago in DAYS:
            if random.random() < 0.75:
                day = habits.workday(calendar.ago(ago))
                calendar.add(calendar.at(day, 12 + random.random()), _practice(people[number], able, random))


def _opening(by: Person) -> Event:
    def happen(at: datetime) -> None:
        open_for_practice(bank=QuestionBank.objects.get(name=BANK), opened=True, by=by, at=at)

    return happen


def _practice(person: Person, able: float, random: Random) -> Event:
    def happen(at: datetime) -> None:
        run = start_run(plan=Plan(PracticeRun.Mode.DAILY), by=person, at=at, random=random)
        for item in run.items.filter(answer=None).select_related("run", "version").order_by("position"):
            at += timedelta(seconds=random.uniform(12, 40))
            answer_item(item=item, raw=_answer(item, random.random() < able), by=person, at=at)

    return happen


def _answer(item: PracticeItem, right: bool) -> list[int]:
    version = item.version
    good: list[int] = types.get(version.type).right(version.content, version.key, item.order)
    return good if right else good[1:] or [min({0, 1} - set(good))]
