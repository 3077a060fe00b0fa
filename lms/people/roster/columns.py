"""The columns of our roster, and finding them in a file by the names in its header."""

import re
from dataclasses import dataclass
from typing import Final

from lms.people.roster import cells
from lms.people.roster.problems import RosterFileError
from lms.people.roster.workbook import Cell, Sheet

HEADER_WITHIN: Final = 10  # rows


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    required: bool = False
    also: tuple[str, ...] = ()


COLUMNS: Final = (
    Column("staff_no", "员工编号", True, ("工号", "人员编号", "职工编号")),
    Column("name", "姓名", True),
    Column("phone", "手机号", also=("手机", "手机号码")),
    Column("email", "邮箱", also=("电子邮箱",)),
    Column("company", "单位编码", True),
    Column("unit", "部门/班组编码", True, ("部门编码", "班组编码", "部门班组编码")),
    Column("unit_name", "部门/班组名称", also=("部门名称", "班组名称")),
    Column("path", "组织路径"),
    Column("position", "岗位编码", True),
    Column("position_name", "岗位名称", also=("岗位",)),
    Column("family", "岗位类别"),
    Column("employment", "用工性质", True),
    Column("joined_on", "入职日期"),
    Column("post_since", "现岗位日期"),
    Column("status", "在岗状态"),
    Column("status_since", "状态生效日期"),
)
LABELS: Final = {column.key: column.label for column in COLUMNS}
_KEYS: Final = {name: column.key for column in COLUMNS for name in (column.label, *column.also)}
_NOT_KEPT: Final = frozenset(
    [
        "性别",
        "学历",
        "技能等级",
        "职称",
        "政治面貌",
        "是否生产现场人员",
        "三种人类别",
        "直接上级编号",
        "备注",
        "序号",
    ]
)
_NEVER: Final = {
    "role": ("角色", "权限", "管理员", "role"),
    "delete": ("删除", "注销", "delete"),
    "password": ("密码",),
}


@dataclass(frozen=True)
class Header:
    """Where the columns are. `places` maps a key to (column, the file's name); `ignored` a name to the reason."""

    row: int
    places: dict[str, tuple[int, str]]
    ignored: dict[str, str]


def find_header(sheets: list[Sheet]) -> tuple[Sheet, Header]:
    """The sheet with the roster and its header; RosterFileError when there is none or it is not complete."""
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:HEADER_WITHIN]):
            named = {_KEYS[name] for name in map(plain, row) if name in _KEYS}
            if "staff_no" in named or len(named) >= 3:
                return sheet, _header(number, row)
    raise RosterFileError("no_header")


def plain(value: Cell) -> str:
    """A column's name without marks: "员工编号*（文本）" is "员工编号"."""
    return re.sub(r"\([^)]*\)|\*", "", cells.code(value))


def _header(number: int, row: list[Cell]) -> Header:
    places: dict[str, tuple[int, str]] = {}
    ignored: dict[str, str] = {}
    for position, value in enumerate(row):
        name = plain(value)
        key = _KEYS.get(name)
        if key in places:
            raise RosterFileError("double_column", column=LABELS[key])
        if key:
            places[key] = (position, name)
        elif name:
            ignored[name] = _why_ignored(name)
    lacking = [column.label for column in COLUMNS if column.required and column.key not in places]
    if lacking:
        raise RosterFileError("missing_columns", row=number + 1, columns="、".join(lacking))
    return Header(number, places, ignored)


def _why_ignored(name: str) -> str:
    for why, words in _NEVER.items():
        if any(word in name.lower() for word in words):
            return why
    return "not_kept" if name in _NOT_KEPT else "unknown"
