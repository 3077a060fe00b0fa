"""找错题: what is wrong in a picture, say in a filled-in work ticket."""

from typing import ClassVar

from django.utils.translation import gettext_lazy

from exams.types.hotspot import Hotspot


class FindFault(Hotspot):
    """Places to mark, each with what is wrong there."""

    key: ClassVar = "find_fault"
    label: ClassVar = gettext_lazy("Find the fault")
    names: ClassVar = frozenset({"找错题", "找错", "改错题", "find_fault"})
    worded: ClassVar = True
