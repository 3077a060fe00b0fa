"""A confirmed roster is applied by the worker: once, all of it or nothing, whatever dies in between."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from lms.journal.models import Entry
from lms.people import access, actions
from lms.people.access import Perm
from lms.people.models import Person, RosterImport
from lms.people.roster import progress
from lms.people.roster.wording import Shown
from tests.people.conftest import row, workbook

pytestmark = pytest.mark.django_db
Work = Callable[..., int]


@pytest.fixture
def desk(lin_xiaowen: Person, client_of: Callable[[Person], Client]) -> Client:
    return client_of(lin_xiaowen)


@pytest.fixture
def confirmed(desk: Client, li_zhendong: Person, at: datetime) -> RosterImport:
    """Two new people and one change, confirmed and not applied."""
    rows = [row("00120011", "林晓雯", "YL03"), row("00120039", "李正东"), row("00120500", "甲"), row("00120501", "")]
    desk.post("/desk/people/roster/", {"file": SimpleUploadedFile("花名册.xlsx", workbook(rows))})
    report = RosterImport.objects.get()
    confirm(report, at)
    report.refresh_from_db()
    return report


def confirm(report: RosterImport, at: datetime, **facts: Any) -> None:
    actions.confirm_roster(**{"report": report, "decisions": {}, "stamp": "", "at": at, **facts})


@pytest.fixture
def work(at: datetime) -> Work:
    def run(*, after: timedelta = timedelta()) -> int:
        return actions.apply_confirmed(reach=partial(access.scope, perm=Perm.PEOPLE_IMPORT), at=at + after)

    return run


def page(desk: Client, report: RosterImport) -> str:
    return desk.get(f"/desk/people/roster/{report.uuid}/").content.decode()


def test_confirming_changes_nobody_and_the_page_says_what_it_waits_for(
    desk: Client, confirmed: RosterImport, work: Work
) -> None:
    assert "花名册等待导入" in page(desk, confirmed)
    assert not Person.objects.filter(staff_no="00120500").exists()
    progress.teller(confirmed.uuid)(1)
    assert "1 / 2" in page(desk, confirmed)
    assert "正在导入" in desk.get("/desk/people/roster/").content.decode()
    assert work() == 1
    said = page(desk, confirmed)
    assert "已于" in said and "新增 1 人；变更 1 人；错误未导入 1 行" in said
    assert progress.told(confirmed.uuid) == 0


def test_a_second_tap_and_a_second_worker_do_nothing_twice(
    desk: Client, confirmed: RosterImport, work: Work, at: datetime
) -> None:
    confirm(confirmed, at + timedelta(seconds=5), decisions={"row-4": False})
    desk.post(f"/desk/people/roster/{confirmed.uuid}/apply/", {"row-4": "leave"})
    desk.post(f"/desk/people/roster/{confirmed.uuid}/decide/", {"row-4": "leave"})
    assert (work(), work(), work(after=timedelta(hours=1))) == (1, 0, 0)
    confirmed.refresh_from_db()
    assert (confirmed.asked_at, confirmed.decisions, confirmed.tries) == (at, {}, 1)
    assert Person.objects.filter(staff_no="00120500").count() == 1
    assert Entry.objects.filter(kind="roster-imported").count() == 1


def test_what_one_worker_has_in_hand_another_leaves_until_it_seems_dead(confirmed: RosterImport, work: Work) -> None:
    RosterImport.objects.update(begun_at=confirmed.asked_at, tries=1)
    assert work(after=timedelta(seconds=59)) == 0
    assert work(after=timedelta(seconds=60)) == 1


def test_a_worker_that_dies_leaves_nothing_and_the_next_applies_everything(
    confirmed: RosterImport, work: Work, monkeypatch: pytest.MonkeyPatch, li_zhendong: Person
) -> None:
    from lms.people.actions import roster

    with monkeypatch.context() as killed, transaction.atomic():
        killed.setattr(roster, "join", lambda **facts: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            work()
    li_zhendong.refresh_from_db()
    confirmed.refresh_from_db()
    assert (li_zhendong.name, confirmed.applied_at, confirmed.waits) == ("李振东", None, True)
    assert not Entry.objects.filter(kind="roster-imported").exists()
    assert work(after=timedelta(minutes=1)) == 1
    li_zhendong.refresh_from_db()
    assert li_zhendong.name == "李正东"


def test_what_fails_three_times_is_given_back_with_a_sentence(
    desk: Client, confirmed: RosterImport, work: Work, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    from lms.people.actions import roster

    def fail(**facts: Any) -> None:
        raise RuntimeError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(roster, "join", fail)
        for minute in range(3):
            assert page(desk, confirmed).count("data-waiting") == 1
            assert work(after=timedelta(minutes=minute)) == 0
    assert "花名册未能导入，人员信息没有任何变化" in page(desk, confirmed)
    assert not Person.objects.filter(staff_no="00120500").exists()
    confirm(confirmed, at)
    assert work() == 1


def test_people_who_changed_meanwhile_are_shown_before_anything_is_applied(
    desk: Client, confirmed: RosterImport, work: Work, li_zhendong: Person, at: datetime
) -> None:
    stamp = Shown(confirmed.report).stamp
    Person.objects.filter(pk=li_zhendong.pk).update(name="李真东")
    assert work() == 0
    confirmed.refresh_from_db()
    assert (confirmed.waits, confirmed.tries) == (False, 1)
    said = page(desk, confirmed)
    assert "请核对现在的差异" in said and "姓名：李真东 → 李正东" in said
    with pytest.raises(actions.Stale):
        confirm(confirmed, at, stamp=stamp)
    assert "未导入成功" in desk.get("/desk/people/roster/").content.decode()


def test_one_that_fails_keeps_no_other_waiting(
    confirmed: RosterImport, work: Work, lin_xiaowen: Person, at: datetime
) -> None:
    other = RosterImport.objects.get(pk=confirmed.pk)
    other.pk, other.report = None, {**confirmed.report, "rows": None}
    other.uuid = RosterImport().uuid
    other.asked_at = at - timedelta(minutes=1)
    other.save()
    assert work() == 1
    assert not RosterImport.objects.get(pk=other.pk).applied_at


def test_a_roster_is_in_hand_only_when_it_was_confirmed(confirmed: RosterImport, at: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RosterImport.objects.update(asked_at=None, begun_at=at)
