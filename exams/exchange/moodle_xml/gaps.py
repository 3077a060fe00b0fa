"""Words chosen or dragged into gaps: the text marks them [[1]], [[2]] …, choices come in groups."""

import re
from typing import Any, Final
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from exams.exchange.moodle_xml.texts import Texts
from exams.exchange.passages import Passage
from exams.exchange.unreadable import Broken
from exams.exchange.xml_tree import text_at

_MARK: Final = re.compile(r"\[\[([0-9]{1,3})\]\]")
Gaps = tuple[str, list[Passage], list[list[int]], dict[str, Any]]


def gaps(element: Element, stem: str, texts: Texts) -> Gaps:
    """The stem with our marks, all choices, for each gap the numbers of those it offers, and the key."""
    choices = element.findall("selectoption") or element.findall("dragbox")
    groups = [text_at(choice, "group") or "1" for choice in choices]
    wanted = [int(number) - 1 for number in _MARK.findall(stem)]
    if not wanted or any(not 0 <= number < len(choices) for number in wanted):
        raise Broken(_("a gap of the text has no choice that fits"))
    counter = iter(range(1, len(wanted) + 1))
    text = _MARK.sub(lambda _found: f"{{{{{next(counter)}}}}}", stem)
    offered = [[n for n, group in enumerate(groups) if group == groups[number]] for number in wanted]
    blanks = [
        {"accepted": [{"option": offers.index(number), "share": "1"}]}
        for offers, number in zip(offered, wanted, strict=True)
    ]
    return text, [texts.at(choice) for choice in choices], offered, {"blanks": blanks}
