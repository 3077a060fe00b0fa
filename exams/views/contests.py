"""竞赛: teams, the whole ranking and the board of a big screen for examiners; the first ten for participants."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from exams import actions, queries
from exams.forms.contest import ContestForm
from exams.models import Exam
from exams.queries import contests, desk
from exams.rules.ranking import SHOWN
from exams.views.desk import paged
from exams.views.who import person_of
from lms.kernel import clock
from lms.people.access import Perm, required
from lms.people.login import login_required

never_stored = cache_control(no_store=True, private=True)


def _mine(request: HttpRequest, exam: UUID) -> Exam:
    found = desk.exams_of(person_of(request)).filter(kind=Exam.Kind.CONTEST)
    return get_object_or_404(found.select_related("unit"), uuid=exam)


@require_http_methods(["GET", "HEAD", "POST"])
@required(Perm.EXAMS_MANAGE)
def teams(request: HttpRequest, exam: UUID) -> HttpResponse:
    """Who stands together."""
    found = _mine(request, exam)
    contest = contests.contest_of(found)
    sent = request.POST if request.method == "POST" else None
    shown = {"teams_by": contest.teams_by, "counted": contest.counted, "teams": contests.teams_text(contest)}
    form = ContestForm(sent, examiner=person_of(request), initial=shown)
    if sent is not None and form.is_valid():
        actions.plan_contest(exam=found, plan=form.plan(), by=person_of(request), at=clock.now())
        messages.success(request, _("The teams are saved."))
        return redirect("exams:contest_ranking", exam)
    return render(request, "exams/contests/teams.html", {"exam": found, "form": form, "nav_current": "exams"})


@require_safe
@required(Perm.EXAMS_MANAGE)
def ranking(request: HttpRequest, exam: UUID) -> HttpResponse:
    """Every place."""
    found, at = _mine(request, exam), clock.now()
    standings = contests.standings(found)
    page = paged(request, standings.persons)
    context = {
        "exam": found,
        "contest": standings.contest,
        "turnout": contests.turnout(found, at=at),
        "teams": contests.team_rows(standings, standings.teams),
        "page": page,
        "rows": contests.person_rows(standings, list(page)),
        "nav_current": "exams",
    }
    return render(request, "exams/contests/ranking.html", context)


@require_safe
@required(Perm.EXAMS_MANAGE)
@never_stored
def board(request: HttpRequest, exam: UUID) -> HttpResponse:
    """For a big screen; as JSON it is only what changes, and which page of the teams comes next."""
    context = _board(request, _mine(request, exam))
    if request.headers.get("Accept") == "application/json":
        html = render_to_string("exams/contests/now.html", context, request)
        return JsonResponse({"html": html, "next": context["next"]})
    return render(request, "exams/contests/board.html", context)


def _board(request: HttpRequest, exam: Exam) -> dict[str, Any]:
    at = clock.now()
    standings = contests.standings(exam)
    pages = max(1, -(-len(standings.teams) // SHOWN))
    page = min(_number(request.GET.get("page")), pages)
    return {
        "exam": exam,
        "contest": standings.contest,
        "turnout": contests.turnout(exam, at=at),
        "persons": contests.person_rows(standings, standings.persons[:SHOWN]),
        "teams": contests.team_rows(standings, standings.teams[(page - 1) * SHOWN : page * SHOWN]),
        "pages": pages,
        "page_number": page,
        "next": page % pages + 1,
        "now": at,
    }


def _number(text: str | None) -> int:
    """A page somebody asks for; the first when it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 6 and int(text) else 1


@require_safe
@login_required
@never_stored
def mine(request: HttpRequest, exam: UUID) -> HttpResponse:
    """The first ten, and the person's own place and team. 404 for whoever does not take part."""
    person, at = person_of(request), clock.now()
    found = get_object_or_404(Exam.objects.announced().filter(kind=Exam.Kind.CONTEST), uuid=exam)
    if not queries.my_enrolments(found, person).exists():
        raise Http404
    standings = contests.standings(found)
    team = standings.team_of(person.pk)
    context = {
        "exam": found,
        "contest": standings.contest,
        "turnout": contests.turnout(found, at=at),
        "place": contests.place_of(standings.persons, person.pk),
        "team_place": contests.place_of(standings.teams, team),
        "team_name": standings.team_names.get(team or 0, ""),
        "persons": contests.person_rows(standings, standings.persons[:SHOWN], own=person.pk),
        "teams": contests.team_rows(standings, standings.teams[:SHOWN], own=team),
        "ranked": len(standings.persons),
        "team_count": len(standings.teams),
        "now": at,
        "nav_current": "exams",
    }
    return render(request, "exams/contests/mine.html", context)
