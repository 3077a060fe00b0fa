"""Announcements take effect exactly once."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from lms.journal import handlers
from lms.journal.actions import deliver, write
from lms.journal.actions.deliver import MAX_ATTEMPTS, wait_after
from lms.journal.models import Delivery, Entry, Pulse


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """A handler that leaves a row behind, so that a rolled-back effect can be told from a kept one."""
    names: list[str] = []

    def handler(entry: Entry, *, at: datetime) -> None:
        names.append(str(entry.uuid))
        Pulse.objects.create(name=f"effect-{entry.pk}", at=at)

    handlers.hear("test-happened", "tests.effect", handler)
    yield names
    handlers._names.pop("test-happened")
    handlers._by_name.pop("tests.effect")


def test_an_entry_without_subscribers_waits_for_nobody(at: datetime) -> None:
    entry = write("test-unheard", by=None, at=at, payload={"n": 1})
    assert entry.payload == {"n": 1}
    assert not Delivery.objects.exists()


def test_an_announcement_is_rolled_back_with_the_fact(at: datetime, heard: list[str]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write("test-happened", by=None, at=at, payload={})
        _ = 1 / 0
    assert not Entry.objects.exists()
    assert deliver(at=at) == 0


def test_a_handler_hears_an_entry_once(at: datetime, heard: list[str]) -> None:
    entry = write("test-happened", by=None, at=at, payload={})
    assert deliver(at=at) == 1
    assert deliver(at=at) == 0
    assert heard == [str(entry.uuid)]


def test_a_failing_handler_leaves_nothing_and_is_asked_again_later(
    at: datetime, heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("test-happened", by=None, at=at, payload={})
    working = handlers.get("tests.effect")

    def failing(entry: Entry, *, at: datetime) -> None:
        working(entry, at=at)
        raise RuntimeError("the printer is on fire")

    monkeypatch.setitem(handlers._by_name, "tests.effect", failing)
    assert deliver(at=at) == 0
    assert not Pulse.objects.exists()
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.due_at) == ("pending", 1, at + wait_after(1))
    assert "on fire" in row.error
    monkeypatch.setitem(handlers._by_name, "tests.effect", working)
    assert deliver(at=at) == 0
    assert deliver(at=at + wait_after(1)) == 1


def test_a_handler_that_never_works_is_given_up_and_kept(
    at: datetime, heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(entry: Entry, *, at: datetime) -> None:
        raise RuntimeError

    monkeypatch.setitem(handlers._by_name, "tests.effect", failing)
    write("test-happened", by=None, at=at, payload={})
    for day in range(MAX_ATTEMPTS + 3):
        deliver(at=at + timedelta(days=day))
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("dead", MAX_ATTEMPTS)


def test_waiting_doubles_up_to_an_hour() -> None:
    assert [wait_after(n).total_seconds() for n in (1, 2, 3, 12)] == [2, 4, 8, 3600]


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_act_on_the_same_row(heard: list[str]) -> None:
    at = datetime.fromisoformat("2026-01-01T00:00+08:00")
    for _ in range(30):
        write("test-happened", by=None, at=at, payload={})

    def work() -> None:
        deliver(at=at)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(heard) == len(set(heard)) == 30
    assert Pulse.objects.count() == 30
