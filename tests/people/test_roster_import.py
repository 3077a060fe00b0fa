"""What a roster changes, and what it never does."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lms.journal.models import Entry
from lms.people import actions
from lms.people.enums import Employment, PostStatus, Role
from lms.people.models import OrgUnit, Person, Position, PostAssignment, RosterImport
from lms.people.queries import current_post
from lms.people.refusals import Refused
from lms.people.roster.wording import Shown
from tests.people.conftest import HEADER, row, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(at: datetime) -> Callable[..., RosterImport]:
    def run(rows: list[list[Any]], *, within: Any = None, by: Person | None = None, **book: Any) -> RosterImport:
        units = OrgUnit.objects.all() if within is None else within
        return actions.read_roster(workbook(rows, **book), file_name="r.xlsx", within=units, by=by, at=at)

    return run


@pytest.fixture
def apply(read: Callable[..., RosterImport], at: datetime) -> Callable[..., RosterImport]:
    def run(rows: list[list[Any]], **book: Any) -> RosterImport:
        return actions.import_roster(report=read(rows, **book), within=OrgUnit.objects.all(), by=None, at=at)

    return run


def kinds(report: RosterImport) -> list[str]:
    return [finding["kind"] for finding in report.report["findings"]]


def sentences(report: RosterImport) -> list[str]:
    return [shown.text for shown in Shown(report.report).rows("wrong")]


def test_reading_changes_nobody(read: Any, li_zhendong: Person, unit: Any) -> None:
    report = read([row("00120039", "李正东"), row("00120500", "新人")])
    assert report.report["counts"] == {
        "new": 1,
        "changed": 1,
        "unchanged": 0,
        "wrong": 0,
        "missing": 0,
        "suspicious": 0,
    }
    li_zhendong.refresh_from_db()
    assert li_zhendong.name == "李振东"
    assert Person.objects.count() == 1
    assert not Entry.objects.exists()


def test_applying_brings_new_people_and_changes(apply: Any, li_zhendong: Person, unit: Any) -> None:
    unit("YL1301")
    report = apply(
        [
            row("00120039", "李振东", phone="13800000001"),
            row("00120500", "杨 柳", "YL1301", employment="供电服务公司", joined=date(2026, 10, 1)),
        ]
    )
    assert report.applied_at
    yang = Person.objects.get(staff_no="00120500")
    post = current_post(yang)
    assert post
    assert (yang.name, yang.employment, yang.joined_on) == ("杨柳", Employment.SERVICE_COMPANY, date(2026, 10, 1))
    assert (post.unit.code, post.starts_on) == ("YL1301", date(2026, 10, 1))
    assert (yang.must_change_password, yang.has_usable_password()) == (True, False)
    li_zhendong.refresh_from_db()
    assert li_zhendong.phone == "13800000001"
    assert Entry.objects.filter(kind="person-joined").count() == 1
    assert Entry.objects.get(kind="roster-imported").payload["new"] == 1


def test_the_same_file_again_changes_nothing(apply: Any, read: Any, li_zhendong: Person, unit: Any) -> None:
    unit("YL1301")
    rows = [
        row("00120039", "李振东", "YL1301", since="2026-11-01", phone=13800000001),
        row("00120500", "新人", joined="2026/3/5", position="P90", position_name="核算员", family="技能"),
        row("00120501", "退休人", status="退休"),
        row("00120502", "休假人", status="休假"),
    ]
    apply(rows)
    assert kinds(read(rows)) == ["unchanged"] * 4
    journal = Entry.objects.count()
    assert apply(rows).report["counts"]["changed"] == 0
    assert Entry.objects.count() == journal + 1


def test_another_unit_opens_another_post(apply: Any, li_zhendong: Person, unit: Any) -> None:
    unit("YL1301")
    apply([row("00120039", "李振东", "YL1301", since=date(2026, 11, 1))])
    old, new = li_zhendong.posts.order_by("starts_on")
    assert (old.ends_on, new.unit.code, new.starts_on) == (date(2026, 11, 1), "YL1301", date(2026, 11, 1))
    assert Entry.objects.filter(kind="person-moved").count() == 1


def test_an_old_date_of_the_file_does_not_rewrite_history(apply: Any, li_zhendong: Person, unit: Any) -> None:
    unit("YL1301")
    apply([row("00120039", "李振东", "YL1301", since="2020-01-01")])
    old, new = li_zhendong.posts.order_by("starts_on")
    assert old.starts_on == date(2024, 1, 1)
    assert new.starts_on > date(2026, 1, 1)


def test_a_new_position_is_opened_when_it_is_named_in_full(apply: Any, li_zhendong: Person) -> None:
    apply([row("00120039", position="P77", position_name="带电作业员", family="技能")])
    position = Position.objects.get(code="P77")
    assert (position.name, position.family) == ("带电作业员", "skilled")
    post = current_post(li_zhendong)
    assert post
    assert post.position == position


def test_who_is_not_in_the_file_is_marked_and_kept(
    apply: Any, read: Any, li_zhendong: Person, xie_yulan: Person, shi_lei: Person
) -> None:
    report = apply([row("00120039")])
    assert report.report["missing"] == [{"staff_no": "00120101", "name": "谢玉兰"}]
    xie_yulan.refresh_from_db()
    assert (xie_yulan.post_status, xie_yulan.is_active) == (PostStatus.MISSING, True)
    assert current_post(xie_yulan)
    shi_lei.refresh_from_db()
    assert shi_lei.post_status == PostStatus.ON_POST, "a roster without externals says nothing about them"
    assert Entry.objects.get(kind="person-missing").about_person == xie_yulan.pk
    assert read([row("00120039")]).report["missing"] == [], "already marked"


def test_the_missing_are_back_on_post_when_a_later_file_names_them(
    apply: Any, li_zhendong: Person, xie_yulan: Person
) -> None:
    apply([row("00120039")])
    apply([row("00120039"), row("00120101", "谢玉兰", "YL1301")])
    xie_yulan.refresh_from_db()
    assert xie_yulan.post_status == PostStatus.ON_POST


def test_a_file_of_one_branch_marks_nobody_of_another(
    read: Any, li_zhendong: Person, xie_yulan: Person, unit: Any
) -> None:
    report = read([row("00120500", "新人", "YL0901", company="YL09")])
    assert [one["staff_no"] for one in report.report["missing"]] == ["00120039"]


def test_a_wrong_row_still_counts_as_named(read: Any, li_zhendong: Person) -> None:
    report = read([row("00120039", ""), row("00120500", "新人")])
    assert (kinds(report), report.report["missing"]) == (["wrong", "new"], [])


def test_off_post_and_retired_end_the_post_and_the_log_in(apply: Any, li_zhendong: Person, xie_yulan: Person) -> None:
    apply([row("00120039", status="离岗"), row("00120101", "谢玉兰", "YL1301", status="退休")])
    for person, status in ((li_zhendong, PostStatus.OFF_POST), (xie_yulan, PostStatus.RETIRED)):
        person.refresh_from_db()
        assert (person.post_status, person.is_active, current_post(person)) == (status, False, None)
    apply([row("00120039", status="在岗"), row("00120101", "谢玉兰", "YL1301", status="退休")])
    li_zhendong.refresh_from_db()
    assert (li_zhendong.post_status, li_zhendong.is_active) == (PostStatus.ON_POST, True)
    assert current_post(li_zhendong)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (row(120555), "“员工编号” 120555 是数字格式，前导零可能已丢失，请把该列设为文本格式"),
        (row(""), "“员工编号”为空"),
        (row("0012/39"), "“员工编号”只能包含字母和数字：0012/39"),
        (row("00120039", ""), "“姓名”为空"),
        (row("00120039", "长" * 101), "“姓名”太长"),
        (row("00120039", unit="YL99"), "“部门/班组编码” YL99 不存在"),
        (row("00120039", company="XX"), "“单位编码” XX 不存在"),
        (row("00120039", company="YL1301"), "“部门/班组编码” YL0901 不属于“单位编码”所填单位"),
        (row("00120039", position="P99"), "“岗位编码” P99 不存在；如需新增，请同时填写岗位名称和岗位类别"),
        (row("00120039", employment="临时工"), "“用工性质”中没有“临时工”这个选项"),
        (row("00120039", joined="去年"), "“入职日期”不是日期：去年"),
        (row("00120039", status="出差"), "“在岗状态”中没有“出差”这个选项"),
    ],
)
def test_a_wrong_row_is_explained_and_stays_out(
    wrong: list[Any], sentence: str, apply: Any, li_zhendong: Person, unit: Any
) -> None:
    unit("YL1301")
    report = apply([wrong, row("00120500", "新人")])
    assert sentences(report) == [sentence]
    assert kinds(report) == ["wrong", "new"]
    assert Person.objects.count() == 2
    li_zhendong.refresh_from_db()
    assert li_zhendong.post_status == PostStatus.ON_POST


def test_a_number_cell_is_fine_where_numbers_have_no_zeros(apply: Any, make_person: Any) -> None:
    make_person("88001", "甲", "YL0901")
    report = apply([row(88001.0, "甲"), row(88002.0, "乙")])
    assert kinds(report) == ["unchanged", "new"]
    assert Person.objects.filter(staff_no="88002").exists()


def test_the_same_number_twice_names_the_first_row(read: Any, unit: Any, li_zhendong: Person) -> None:
    report = read([row("00120039"), row("00120500", "新人"), row("00120500", "又一人")])
    assert sentences(report) == ["员工编号与第 3 行重复"]


def test_a_formula_is_not_a_value(read: Any, li_zhendong: Person) -> None:
    report = read([row("00120039"), row("00120500")], formulas={"B3": '="李"&"四"', "C2": '="138"'})
    assert sentences(report) == ["“手机号”是公式，请粘贴为数值", "“姓名”是公式，请粘贴为数值"]


def test_roles_delete_flags_and_passwords_are_ignored_by_name(apply: Any, li_zhendong: Person) -> None:
    header = [*HEADER, "角色", "是否删除", "初始密码", "性别", "星座"]
    report = apply([[*row("00120039"), "系统管理员", "是", "abc", "男", "狮子"]], header=header)
    assert dict(Shown(report.report).ignored) == {
        "角色": "角色不从文件导入，由系统管理员授予",
        "是否删除": "导入不会删除人员",
        "初始密码": "密码不从文件导入",
        "性别": "暂不保存",
        "星座": "未识别的列",
    }
    assert kinds(report) == ["unchanged"]
    assert not li_zhendong.grants.exists()


def test_an_empty_cell_erases_nothing(apply: Any, li_zhendong: Person) -> None:
    apply([row("00120039", phone="13800000001", joined="2020-01-01")])
    report = apply([row("00120039")])
    assert kinds(report) == ["unchanged"]
    li_zhendong.refresh_from_db()
    assert (li_zhendong.phone, li_zhendong.joined_on) == ("13800000001", date(2020, 1, 1))


def test_units_outside_ones_scope_do_not_exist_and_their_people_are_not_taken(
    read: Any, li_zhendong: Person, xie_yulan: Person, unit: Any
) -> None:
    station = OrgUnit.objects.filter(code="YL1301")
    rows = [
        row("00120101", "谢玉兰", "YL1301", company="YL1301"),
        row("00120500", "新人", "YL0901", company="YL1301"),
        row("00120039", "李振东", "YL1301", company="YL1301"),
    ]
    report = read(rows, within=station)
    assert kinds(report) == ["unchanged", "wrong", "wrong"]
    assert sentences(report) == [
        "“部门/班组编码” YL0901 不存在",
        "该人员不在您的管理范围，请由其所在单位的培训管理员办理",
    ]
    assert report.report["missing"] == []


def test_a_report_is_applied_once(read: Any, li_zhendong: Person, at: datetime) -> None:
    report = read([row("00120039", "李正东")])
    actions.import_roster(report=report, within=OrgUnit.objects.all(), by=None, at=at)
    with pytest.raises(Refused, match="已经导入过"):
        actions.import_roster(report=report, within=OrgUnit.objects.all(), by=None, at=at)


def test_a_report_that_is_no_longer_true_is_not_applied(
    read: Any, li_zhendong: Person, unit: Any, at: datetime
) -> None:
    report = read([row("00120039", "李正东"), row("00120500", "新人")])
    Person.objects.filter(pk=li_zhendong.pk).update(name="李真东")
    with pytest.raises(Refused, match="请核对现在的差异"):
        actions.import_roster(report=report, within=OrgUnit.objects.all(), by=None, at=at)
    assert Person.objects.count() == 1
    assert RosterImport.objects.get().applied_at is None


def test_it_is_all_or_nothing(read: Any, li_zhendong: Person, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    from lms.people.actions import roster

    report = read([row("00120039", "李正东"), row("00120500", "新人"), row("00120501", "又新人")])
    calls = []

    def fail_on_second(**facts: Any) -> Person:
        calls.append(facts)
        if len(calls) == 2:
            raise RuntimeError("power cut")
        return actions.join(**facts)

    monkeypatch.setattr(roster, "join", fail_on_second)
    with pytest.raises(RuntimeError):
        actions.import_roster(report=report, within=OrgUnit.objects.all(), by=None, at=at)
    li_zhendong.refresh_from_db()
    assert (li_zhendong.name, Person.objects.count()) == ("李振东", 1)
    assert not Entry.objects.exists()
    assert RosterImport.objects.get().applied_at is None


def test_a_move_by_roster_takes_the_managers_old_unit_away(apply: Any, luo_jianhua: Person, unit: Any) -> None:
    unit("YL1302")
    apply([row("00120097", "罗建华", "YL1302")])
    assert not luo_jianhua.grants.filter(role=Role.MANAGER, ends_at=None).exists()


def test_the_command_reports_and_applies(
    li_zhendong: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "花名册.xlsx"
    file.write_bytes(workbook([row("00120039", "李正东"), row("00120500", "新人"), row("x/y", "错")]))
    call_command("import_roster", str(file), "--dry-run")
    said = capsys.readouterr().out
    assert "新增 1  变更 1  不变 0  错误 1  待确认离岗 0" in said
    assert "4  x/y  错  错误  “员工编号”只能包含字母和数字：x/y" in said
    assert Person.objects.count() == 1
    assert not RosterImport.objects.exists()
    call_command("import_roster", str(file), "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["applied"] is True
    assert report["rows"][0]["text"]
    assert Person.objects.filter(staff_no="00120500").exists()


def test_the_command_says_what_is_wrong_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nobody\.xlsx"):
        call_command("import_roster", str(tmp_path / "nobody.xlsx"))
    (tmp_path / "a.xlsx").write_bytes("员工编号".encode("gbk"))
    with pytest.raises(CommandError, match="这不是 Excel 工作簿"):
        call_command("import_roster", str(tmp_path / "a.xlsx"))


def test_a_big_roster_is_read_and_applied_in_reasonable_time(apply: Any, unit: Any) -> None:
    unit("YL0901")
    people = [
        row(f"0077{number:04}", f"员工{number}", position="P1", position_name="工", family="技能")
        for number in range(400)
    ]
    assert apply(people).report["counts"]["new"] == 400
    assert PostAssignment.objects.count() == 400
