"""One clock, the database's, which a journey can move on."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from lms.journal.models import Pulse
from lms.kernel import clock


@pytest.mark.django_db
def test_the_clock_is_aware_and_right() -> None:
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.django_db
def test_a_journey_moves_the_clock_on(move_clock: Callable[[float], None]) -> None:
    move_clock(3600)
    assert timedelta(minutes=59) < clock.now() - datetime.now(UTC) < timedelta(minutes=61)


@pytest.mark.django_db
def test_the_expression_reads_the_same_clock(move_clock: Callable[[float], None]) -> None:
    move_clock(-7200)
    Pulse.objects.create(name="x", at=clock.now())
    read = Pulse.objects.annotate(now=clock.DatabaseNow()).get().now
    assert abs(read - clock.now()) < timedelta(seconds=5)
    assert Pulse.objects.filter(at__lte=clock.DatabaseNow()).exists()
    assert not Pulse.objects.filter(at__gt=clock.DatabaseNow()).exists()
