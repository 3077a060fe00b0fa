"""The workbooks we know, told apart by what their headers are called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NEEDED: Final = frozenset({"type", "stem", "answer"})
_OURS: Final[Mapping[str, str]] = {
    "题型": "type",
    "试题类型": "type",
    "题干": "stem",
    "题目": "stem",
    "正确答案": "answer",
    "答案": "answer",
    "分值": "points",
    "难度": "difficulty",
    "一级专业": "topic_1",
    "二级专业": "topic_2",
    "知识点": "topic_2",
    "适用岗位": "positions",
    "技能等级": "skill",
    "解析": "explanation",
    "答案解析": "explanation",
    "试题解析": "explanation",
    "依据": "basis",
    "依据/出处": "basis",
    "版本": "edition",
    "有效期至": "valid_until",
    "题目编号": "code",
    **{f"选项{letter}": f"option_{letter}" for letter in "ABCDEFGH"},
}


@dataclass(frozen=True)
class Format:
    """One kind of workbook.

    A header is of this format when it has one of `marks` (no marks: any) and all `needed` fields. `between` separates
    options that share one cell. `typed_sheets`: where no type is given, the name of the sheet is the type.
    """

    key: str
    label: str | Promise
    columns: Mapping[str, str]
    marks: frozenset[str] = frozenset()
    needed: frozenset[str] = NEEDED
    between: re.Pattern[str] | None = None
    typed_sheets: bool = False

    def name_of(self, field: str) -> str:
        """How this format calls a field: its own name where it has one."""
        own = [name for name, meant in self.columns.items() if meant == field]
        return next((name for name in own if name not in _OURS), own[0])

    def lacking(self, header: list[str]) -> list[str]:
        """Columns that keep a row from being a header of this format; [] when it is none or lacks nothing."""
        found = {self.columns[name] for name in header if name in self.columns}
        known = not self.marks.isdisjoint(header) if self.marks else len(found) >= 3
        return [self.name_of(field) for field in sorted(self.needed - found)] if known else []

    def fields(self, header: list[str]) -> dict[int, str] | None:
        """The field of each column, "" where it means nothing; None when the header is of another format."""
        if self.marks and self.marks.isdisjoint(header):
            return None
        found = {column: self.columns.get(name, "") for column, name in enumerate(header)}
        return found if self.needed <= set(found.values()) else None


STATE_GRID: Final = Format(
    key="guowang",
    label=_("exam template of 国网学堂"),
    columns={**_OURS, "试题正文": "stem", "试题选项": "options", "试题答案": "answer"},
    marks=frozenset({"试题正文"}),
    between=re.compile(r"\$[;；](?:\$(?![;；]))?"),
)
BARS: Final = Format(
    key="bars",
    label=_("template with 试题题干 and options separated by |"),
    columns={**_OURS, "试题题干": "stem", "选项": "options"},
    marks=frozenset({"试题题干"}),
    needed=frozenset({"stem", "answer"}),
    between=re.compile(r"\s*[|｜]\s*"),
    typed_sheets=True,
)
KAOSHIBAO: Final = Format(
    key="kaoshibao",
    label=_("template of 考试宝"),
    columns={**_OURS, "章节": "topic_2"},
    marks=frozenset({"章节"}),
)
OPTION_ROWS: Final = Format(
    key="option-rows",
    label=_("one row an option, grouped by 题目序号"),
    columns={
        "题目序号": "group", "题目类型": "type", "题目内容": "stem", "整体解析": "explanation", "是否正确项": "right",
        "选项内容": "option",
    },
    marks=frozenset({"题目序号", "是否正确项"}),
    needed=frozenset({"group", "type", "stem", "right", "option"}),
)  # fmt: skip
OURS: Final = Format(key="excel", label=_("our template or one like it"), columns=_OURS)
FORMATS: Final = {each.key: each for each in (STATE_GRID, BARS, KAOSHIBAO, OPTION_ROWS, OURS)}
