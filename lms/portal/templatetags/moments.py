"""When something happened, as one would say it."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def moment(happened_at: datetime, at: datetime) -> str:
    """今天 18:00 · 3月20日 18:00 · 2025年3月20日."""
    local, now = timezone.localtime(happened_at), timezone.localtime(at)
    time = date_format(local, "TIME_FORMAT")
    if local.date() == now.date():
        return _("Today %(time)s") % {"time": time}
    if local.year == now.year:
        return f"{date_format(local, 'MONTH_DAY_FORMAT')} {time}"
    return date_format(local, "DATE_FORMAT")
