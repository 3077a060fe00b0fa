"""What can be wrong with a roster, as sentences. A report keeps codes and values, so it reads in any language."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


class RosterFileError(Exception):
    """The whole file cannot be used. `str()` says why and what to do."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code, self.values = code, values
        super().__init__(code)

    def __str__(self) -> str:
        return FILE_SENTENCES[self.code]() % self.values


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell; `column` is the file's own name of the column."""

    column: str
    code: str
    value: str = ""

    def sentence(self) -> str:
        sentences = ROW_SENTENCES if self.code in ROW_SENTENCES else DOUBT_SENTENCES
        return sentences[self.code]() % {"column": self.column, "value": self.value}


FILE_SENTENCES: dict[str, Callable[[], str]] = {
    "empty": lambda: _("The file is empty."),
    "too_big": lambda: _("The file is larger than 10 MB. Please remove pictures and unused sheets."),
    "old_excel": lambda: _("This is an old .xls file or one with a password. Please save it as .xlsx without one."),
    "not_excel": lambda: _("This is not an Excel workbook. Please save it as .xlsx in Excel or WPS."),
    "zip": lambda: _("This is a zip archive, not an Excel workbook. Please unpack it and choose the .xlsx file."),
    "broken": lambda: _("The workbook is damaged and cannot be opened. Please open it in Excel and save it again."),
    "too_wide": lambda: _("The sheet has values beyond column 200. Please delete what does not belong to the roster."),
    "too_many_rows": lambda: _(
        "There are %(rows)s rows, at most 5,000 can be imported at once. Please split the file."
    ),
    "no_header": lambda: _(
        "The first 10 rows hold no header. It must name 员工编号, 姓名, 单位编码, 部门/班组编码, 岗位编码, 用工性质."
    ),
    "missing_columns": lambda: _("Row %(row)s is the header, but lacks these columns: %(columns)s."),
    "double_column": lambda: _("The header names the column %(column)s twice."),
    "no_rows": lambda: _("Below the header there is nobody."),
}

ROW_SENTENCES: dict[str, Callable[[], str]] = {
    "missing": lambda: _("“%(column)s” is empty"),
    "formula": lambda: _("“%(column)s” is a formula; please paste it as a value"),
    "too_long": lambda: _("“%(column)s” is too long"),
    "number": lambda: _("“%(column)s” may only contain letters and digits: %(value)s"),
    "lost_zeros": lambda: _(
        "“%(column)s” seems to have lost its leading zeros: the system has %(value)s. Please format the column as text"
    ),
    "numeric": lambda: _(
        "“%(column)s” %(value)s is stored as a number, leading zeros may be lost. Please format the column as text"
    ),
    "double": lambda: _("the staff number is already in row %(value)s"),
    "unknown_unit": lambda: _("“%(column)s” %(value)s does not exist"),
    "not_below": lambda: _("“%(column)s” %(value)s does not belong to the unit in 单位编码"),
    "unknown_position": lambda: _(
        "“%(column)s” %(value)s does not exist; to open it, please also fill in 岗位名称 and 岗位类别"
    ),
    "choice": lambda: _("“%(column)s” does not know %(value)s"),
    "date": lambda: _("“%(column)s” is not a date: %(value)s"),
    "outside": lambda: _("this person works outside the units you administer; the unit's administrator can move them"),
}

DOUBT_SENTENCES: dict[str, Callable[[], str]] = {
    "zeros": lambda: _("only leading zeros differ from %(value)s in the system; if taken, it is that person"),
    "namesake": lambda: _("the same name and phone as %(value)s; if taken, it becomes a second person"),
    "somebody_else": lambda: _("the number belongs to %(value)s, the name has nothing in common with it"),
    "moved": lambda: _("moves to another department: %(value)s"),
    "unit_renamed": lambda: _("the system calls this unit %(value)s; roster files rename no units"),
    "many_missing": lambda: _("the file lacks %(value)s of the company; please check that it is complete"),
}

IGNORED_SENTENCES: dict[str, Callable[[], str]] = {
    "role": lambda: _("roles are never imported, a system administrator grants them"),
    "delete": lambda: _("nobody is deleted by an import"),
    "password": lambda: _("passwords are never imported"),
    "not_kept": lambda: _("not kept yet"),
    "unknown": lambda: _("unknown column"),
}
