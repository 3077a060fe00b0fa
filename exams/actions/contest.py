"""竞赛: say who stands together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from exams.models import Contest, ContestMember, ContestTeam, Exam
from lms.journal import actions as journal
from lms.people.models import Person


@dataclass(frozen=True)
class ContestPlan:
    """`teams`: names with their members, for named teams."""

    teams_by: str
    counted: int = 3
    teams: Sequence[tuple[str, Sequence[Person]]] = ()


@transaction.atomic
def plan_contest(*, exam: Exam, plan: ContestPlan, by: Person | None, at: datetime) -> Contest:
    """Teams as planned now, also while the contest runs: the ranking follows. ValueError unless it is a contest."""
    if exam.kind != Exam.Kind.CONTEST:
        raise ValueError("only contests have teams")
    facts = {"teams_by": plan.teams_by, "counted": plan.counted, "planned_at": at, "planned_by": by}
    contest, _created = Contest.objects.update_or_create(exam=exam, defaults=facts)
    contest.teams.all().delete()
    for name, members in plan.teams if plan.teams_by == Contest.Teams.NAMED else ():
        team = ContestTeam.objects.create(contest=contest, name=name)
        ContestMember.objects.bulk_create(ContestMember(contest=contest, team=team, person=each) for each in members)
    payload = {
        "exam": exam.pk,
        "teams_by": str(plan.teams_by),
        "counted": plan.counted,
        "teams": contest.teams.count(),
    }
    journal.write("contest-planned", by=by, unit=exam.unit, at=at, payload=payload)
    return contest
