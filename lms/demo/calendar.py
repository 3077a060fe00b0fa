"""Events in the order of time: each is a verb called with the time it happens at; announcements arrive day by day."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from django.utils.timezone import localdate, localtime

from lms.journal.actions import deliver

Event = Callable[[datetime], None]


@dataclass
class Calendar:
    """Events still to come, earliest first; what an event adds is played in its turn. `today` ends it all."""

    start: datetime
    today: datetime
    rng: Random
    events: list[tuple[datetime, int, Event]] = field(default_factory=list)
    order: "count[int]" = field(default_factory=count)

    def add(self, at: datetime, event: Event, *, lasts: timedelta = timedelta()) -> None:
        """Plan an event; one that would not be over by today is left out."""
        if at + lasts < self.today:
            heapq.heappush(self.events, (at, next(self.order), event))

    def at(self, day: date, hour: float = 9.0) -> datetime:
        """A local hour of a day."""
        return datetime.combine(day, time(), localtime(self.today).tzinfo) + timedelta(hours=hour)

    def ago(self, days: int) -> date:
        """The local day so many days before today."""
        return localdate(self.today) - timedelta(days=days)

    def play(self) -> None:
        reached = self.start
        while self.events:
            at, _, event = heapq.heappop(self.events)
            if localdate(at) > localdate(reached):
                deliver(at=reached, limit=2000)
            reached = at
            event(at)
        while deliver(at=self.today, limit=5000):  # what arrives may announce something itself
            pass
