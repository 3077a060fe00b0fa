"""论述题."""

from typing import ClassVar

from django.utils.translation import gettext_lazy

from exams.types.open_answer import OpenAnswer


class Essay(OpenAnswer):
    """A longer text."""

    key: ClassVar = "essay"
    label: ClassVar = gettext_lazy("Essay")
    names: ClassVar = frozenset({"论述题", "论述", "作文", "essay"})
    longest: ClassVar = 20_000
    lines: ClassVar = 10
