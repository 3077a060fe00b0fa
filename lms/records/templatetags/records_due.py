"""When something is due, in words and a colour."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.enums import HourAccount
from lms.records import rules

register = template.Library()


@register.inclusion_tag("components/due_chip.html")
def due_chip(due_at: datetime, at: datetime) -> dict[str, Any]:
    """A chip: overdue, soon or a date."""
    due = rules.due(due_at, at=at)
    return {"state": due.state, "text": due_text(due_at, at)}


@register.simple_tag
def due_text(due_at: datetime | None, at: datetime) -> str:
    if due_at is None:
        return ""
    due = rules.due(due_at, at=at)
    if due.state == "overdue":
        return ngettext("Overdue by %(days)s day", "Overdue by %(days)s days", due.days) % {"days": due.days}
    local, today = timezone.localtime(due_at), timezone.localtime(at)
    if local.date() == today.date():
        return _("Due today")
    if due.state == "soon":
        left = (local.date() - today.date()).days
        return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
    shown = date_format(local, "MONTH_DAY_FORMAT" if local.year == today.year else "DATE_FORMAT")
    return _("Due %(date)s") % {"date": shown}


@register.filter
def hours(value: Any) -> str:
    """学时 without needless zeros: 1.5, 8."""
    return f"{value.normalize():f}" if value else "0"


@register.filter
def in_hours(value: Any) -> str:
    """学时 with their unit: "1 hour", "1.5 hours". A number, or one as text."""
    amount = Decimal(value or 0)
    return ngettext("%(h)s hour", "%(h)s hours", 1 if amount == 1 else 2) % {"h": hours(amount)}


@register.filter
def hour_account(key: str) -> str:
    """The name of an hour account in the reader's language; the key itself when nobody knows it."""
    return str(HourAccount(key).label) if key in HourAccount.values else key


@register.filter
def score(value: Any) -> str:
    """Points without needless zeros; "" when there are none."""
    return "" if value is None else f"{value.normalize():f}"
