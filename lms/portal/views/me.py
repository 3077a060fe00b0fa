"""我的: hours, certificates, transcript, and how I want to see things."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from certificates.models import Certificate
from courses.enums import HourAccount
from lms.kernel import clock
from lms.people.data_saver import saves_data
from lms.people.login import login_required
from lms.people.models import Person
from lms.people.queries import current_post
from lms.portal.views.learner import learner
from lms.records import queries


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    person, year = learner(request), timezone.localtime(clock.now()).year
    context = {
        "nav_current": "me",
        "person": person,
        "post": current_post(person),
        "year": year,
        "rings": rings(person, year),
        "data_saver": saves_data(request),
        "certificates": Certificate.objects.filter(person=person).count(),
    }
    return render(request, "portal/me.html", context)


@login_required
@require_safe
def transcript(request: HttpRequest) -> HttpResponse:
    person = learner(request)
    hours = queries.hours_by_account(person)
    context = {
        "nav_current": "me",
        "lines": queries.transcript(person),
        "accounts": [(HourAccount(account).label, hours[account]) for account in hours if hours[account]],
    }
    return render(request, "portal/transcript.html", context)


def rings(person: Person, year: int) -> list[dict[str, Any]]:
    """Hours of the year for each account that has a target of the company's or any hours at all."""
    return [
        {
            "label": HourAccount(account).label,
            "hours": hours,
            "target": settings.HOURS_A_YEAR.get(account),
            "percent": percent(hours, settings.HOURS_A_YEAR.get(account)),
        }
        for account, hours in queries.hours_by_account(person, year=year).items()
        if hours or account in settings.HOURS_A_YEAR
    ]


def percent(hours: Decimal, target: int | None) -> int:
    """0 to 100, rounded down: full only when the target is reached."""
    return min(100, max(0, int(hours * 100 / target))) if target else 0
