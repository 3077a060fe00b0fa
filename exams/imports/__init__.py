"""Questions from files: open → read into rows → check → apply. Nothing is stored before `apply`.

A new format is a new reader in `readers/`; checking, duplicates and storing know no formats.
"""

from exams.imports.apply import Outcome, Taken, apply, preview
from exams.imports.checks import check
from exams.imports.read import read
from exams.imports.report import Line, Report
from exams.imports.rows import Reading, Row, Unreadable

__all__ = ["Line", "Outcome", "Reading", "Report", "Row", "Taken", "Unreadable", "apply", "check", "preview", "read"]
