"""FT05: the worker is killed 20 times over 200 completions; each has one certificate and one notice (P14)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from certificates.actions import place_template
from certificates.models import Certificate
from lms.journal.models import Delivery
from lms.notices.models import Notice
from lms.people.enums import PositionFamily
from lms.people.models import OrgUnit, Person, Position, PostAssignment
from lms.records.actions import complete_lesson, enrol
from lms.records.models import Enrolment
from lms.records.rules import Result
from tests.factories import make_course
from tests.journeys.served import database_url
from tests.journeys.stack import ROOT, Stack

COMPLETIONS, KILLS = 200, 20
PATIENCE = 120.0  # seconds for the worker to catch up


@dataclass
class Workshop:
    """Beat, and one worker at a time, over the test's own database."""

    stack: Stack
    zygote: subprocess.Popen[str]
    worker: int = 0

    def start(self) -> None:
        assert self.zygote.stdin and self.zygote.stdout
        self.zygote.stdin.write("\n")
        self.zygote.stdin.flush()
        self.worker = int(self.zygote.stdout.readline())

    def kill(self) -> None:
        os.kill(self.worker, signal.SIGKILL)


@pytest.fixture
def workshop(transactional_db: None, tmp_path: Path) -> Iterator[Workshop]:
    folder = tmp_path / "data"
    folder.mkdir()
    stack = Stack(folder, database_url=database_url(), redis_url=os.environ.get("TEST_REDIS_URL", ""))
    with (folder / "worker.log").open("w") as log:
        zygote = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.zygote"],
            cwd=ROOT,
            env=stack.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    workshop = Workshop(stack, zygote)
    stack.make_queue()
    stack.start_beat()
    workshop.start()
    yield workshop
    workshop.kill()
    stack.kill("beat")
    zygote.kill()
    zygote.communicate()


def test_twenty_kills_leave_one_certificate_and_one_notice_each(
    workshop: Workshop, unit: Callable[[str], OrgUnit], at: datetime
) -> None:
    enrolments = enrolled(unit("YL0901"), at)
    each = COMPLETIONS // KILLS
    for kill in range(KILLS):
        for enrolment in enrolments[kill * each : (kill + 1) * each]:
            complete(enrolment, at)
        until(lambda reached=kill * each + 1: Certificate.objects.count() >= reached, workshop)  # type: ignore[misc]
        workshop.kill()
        workshop.start()
    until(lambda: Notice.objects.filter(kind="certificate_issued").count() >= COMPLETIONS, workshop)
    until(lambda: not Delivery.objects.filter(state=Delivery.State.PENDING).exists(), workshop)

    assert Certificate.objects.count() == Certificate.objects.values("enrolment").distinct().count() == COMPLETIONS
    told = Notice.objects.filter(kind="certificate_issued")
    assert told.count() == told.values("person").distinct().count() == COMPLETIONS
    assert not Delivery.objects.filter(state=Delivery.State.DEAD).exists()
    serials = sorted(Certificate.objects.values_list("serial", flat=True))
    assert [int(serial[-6:]) for serial in serials] == list(range(1, COMPLETIONS + 1))


def enrolled(unit: OrgUnit, at: datetime) -> list[Enrolment]:
    """200 people in a course that certifies."""
    course = make_course(lessons=["触电急救"])
    place_template(key="t", name="合格证", signer="云岭县供电公司", prefix="YL-T", courses=[course], by=None, at=at)
    position = Position.objects.create(code="P00", name="值班员", family=PositionFamily.SKILLED)
    made = []
    for number in range(COMPLETIONS):
        person = Person.objects.create(staff_no=f"0077{number:04}", name=f"学员{number}")
        PostAssignment.objects.create(person=person, unit=unit, position=position, starts_on=date(2024, 1, 1))
        made.append(enrol(person=person, course=course, by=None, at=at))
    return made


def complete(enrolment: Enrolment, at: datetime) -> None:
    lesson = enrolment.edition.outline.get().lesson
    complete_lesson(enrolment=enrolment, lesson=lesson, result=Result(), source=f"test:{enrolment.pk}", by=None, at=at)


def until(true: Callable[[], bool], workshop: Workshop) -> None:
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit, workshop.stack.log("worker")
        time.sleep(0.02)  # waits for the worker, which is another process
