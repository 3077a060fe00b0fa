"""竞赛: how a contest stands. A fixed number of statements, however many take part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from exams.models import Attempt, Contest, ContestMember, ContestTeam, Exam
from exams.rules import ranking
from exams.rules.ranking import Placed, Result
from lms.people.enums import UnitKind
from lms.people.models import OrgUnit, Person

Teams = Contest.Teams


def contest_of(exam: Exam) -> Contest:
    """As planned; not stored yet when nobody has planned it."""
    return Contest.objects.filter(exam=exam).first() or Contest(exam=exam)


@dataclass(frozen=True)
class Row:
    """One line of a ranking: whose (with the staff number), of which team, and what."""

    placed: Placed
    name: str
    team: str
    own: bool = False
    number: str = ""

    @property
    def result(self) -> Result:
        return self.placed.result


@dataclass(frozen=True)
class Standings:
    """Everybody whose result is released, ranked. `team_names` by the number that `Result.team` names."""

    contest: Contest
    results: Sequence[Result]
    team_names: dict[int, str]

    @cached_property
    def persons(self) -> list[Placed]:
        return ranking.ranked(self.results)

    @cached_property
    def teams(self) -> list[Placed]:
        return ranking.teams(self.results, self.contest.counted)

    def team_of(self, person: int) -> int | None:
        return next((one.team for one in self.results if one.who == person), None)


def standings(exam: Exam) -> Standings:
    """In three statements."""
    contest = contest_of(exam)
    facts = ("person", "unit", "score", "started_at", "submitted_at")
    rows = list(_released(exam).order_by().values_list(*facts))
    of_person, of_unit, names = _team_numbers(contest)
    results = [
        Result(person, score, _seconds(begun, done), of_person.get(person, of_unit.get(unit)))
        for person, unit, score, begun, done in rows
        if score is not None and done is not None
    ]
    return Standings(contest, ranking.best(results), names)


def my_place(exam: Exam, person: Person) -> Placed | None:
    """One more than those who are better, counted by the database: for the moment when everybody hands in."""
    own = _released(exam).filter(person=person).values_list("score", "started_at", "submitted_at")
    mine = [
        Result(person.pk, score, _seconds(begun, done)) for score, begun, done in own if score is not None and done
    ]
    if not mine:
        return None
    [best] = ranking.best(mine)
    faster = Q(score=best.points, used__lt=timedelta(seconds=best.seconds))
    used = ExpressionWrapper(F("submitted_at") - F("started_at"), DurationField())
    better = _released(exam).annotate(used=used).filter(Q(score__gt=best.points) | faster)
    return Placed(1 + better.order_by().values("person").distinct().count(), best)


def _released(exam: Exam) -> QuerySet[Attempt]:
    return Attempt.objects.filter(exam=exam, score__isnull=False, released_at__isnull=False)


def _seconds(begun: datetime, done: datetime) -> int:
    return max(0, int((done - begun).total_seconds()))


def _team_numbers(contest: Contest) -> tuple[dict[int, int], dict[int | None, int], dict[int, str]]:
    """The team of each person, or of each unit, and the names of teams; in one statement."""
    if contest.teams_by == Teams.NONE or (contest.teams_by == Teams.NAMED and contest.pk is None):
        return {}, {}, {}
    if contest.teams_by == Teams.NAMED:
        rows = ContestMember.objects.filter(contest=contest).order_by().values_list("person", "team", "team__name")
        found = list(rows)
        return {person: team for person, team, _n in found}, {}, {team: name for _p, team, name in found}
    units = list(OrgUnit.objects.values_list("pk", "parent", "kind", "name"))
    names = {pk: name for pk, _parent, _kind, name in units}
    if contest.teams_by == Teams.GROUP:
        return {}, {pk: pk for pk in names}, names
    above = {pk: (parent, kind) for pk, parent, kind, _name in units}
    return {}, {pk: _department(pk, above) for pk in names}, names


def _department(unit: int, above: dict[int, tuple[int | None, str]]) -> int:
    """The unit itself, or for a group what it belongs to."""
    parent, kind = above[unit]
    while kind == UnitKind.TEAM and parent is not None:
        unit = parent
        parent, kind = above[unit]
    return unit


def person_rows(found: Standings, placed: Sequence[Placed], *, own: int | None = None) -> list[Row]:
    """With names, in one statement."""
    named = Person.objects.filter(pk__in=[one.result.who for one in placed]).order_by()
    names = {pk: (name, number) for pk, name, number in named.values_list("pk", "name", "staff_no")}
    return [_person_row(found, one, *names[one.result.who], own=one.result.who == own) for one in placed]


def _person_row(found: Standings, placed: Placed, name: str, number: str, *, own: bool) -> Row:
    return Row(placed, name, found.team_names.get(placed.result.team or 0, ""), own, number)


def team_rows(found: Standings, placed: Sequence[Placed], *, own: int | None = None) -> list[Row]:
    return [Row(one, found.team_names[one.result.who], "", one.result.who == own) for one in placed]


def place_of(placed: Sequence[Placed], who: int | None) -> Placed | None:
    return next((one for one in placed if one.result.who == who), None)


@dataclass(frozen=True)
class Turnout:
    """How many are writing now, and how many have handed in; of those, `ranked` have a released result."""

    sitting: int
    handed_in: int


def turnout(exam: Exam, *, at: datetime) -> Turnout:
    """In one statement."""
    running = Q(state=Attempt.State.IN_PROGRESS, deadline__gt=at)
    counts: dict[str, Any] = Attempt.objects.filter(exam=exam).aggregate(
        sitting=Count("person", filter=running, distinct=True),
        handed_in=Count("person", filter=Q(state=Attempt.State.SUBMITTED), distinct=True),
    )
    return Turnout(**counts)


def teams_text(contest: Contest) -> str:
    """Named teams as their form shows them: a line for each, with the members' numbers."""
    if contest.pk is None:
        return ""
    teams = ContestTeam.objects.filter(contest=contest).prefetch_related("members__person")
    lines = (f"{team.name}：{'，'.join(each.person.staff_no for each in team.members.all())}" for team in teams)
    return "\n".join(lines)
