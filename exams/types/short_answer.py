"""简答题."""

from typing import ClassVar

from django.utils.translation import gettext_lazy

from exams.types.open_answer import OpenAnswer


class ShortAnswer(OpenAnswer):
    """A few sentences."""

    key: ClassVar = "short_answer"
    label: ClassVar = gettext_lazy("Short answer")
    names: ClassVar = frozenset({"简答题", "简答", "问答题", "问答", "名词解释", "short_answer"})
    longest: ClassVar = 5000
    lines: ClassVar = 4
