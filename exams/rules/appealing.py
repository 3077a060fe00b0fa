"""Until when a result may be appealed against. Pure."""

from datetime import datetime, time, timedelta

from django.utils import timezone

SATURDAY = 5


def last_moment(released_at: datetime, days: int) -> datetime | None:
    """The end of the last of so many working days (Monday to Friday) after the release; None when there are none."""
    if not days:
        return None
    day = timezone.localtime(released_at).date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def is_open(released_at: datetime | None, days: int, *, at: datetime) -> bool:
    """Whether somebody may still ask for a review."""
    end = last_moment(released_at, days) if released_at else None
    return end is not None and at < end
