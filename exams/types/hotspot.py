"""热点题: places to mark in a picture."""

import re
from fractions import Fraction
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exams.types import areas, checking
from exams.types.question_type import (
    Content,
    Key,
    Malformed,
    Order,
    Payload,
    QuestionType,
    Refused,
    Response,
    Reviewed,
)

MEDIA: Final = re.compile(r"media:[0-9a-f]{64}")
PLACES: Final = 4  # a point is a ten-thousandth of the picture


class Hotspot(QuestionType):
    """Each area is wanted once; a mark in none of them is a wrong choice. The answer: `[[x, y], …]`, at most `most`.

    Scored like a multiple choice whose right options are the areas.
    """

    key: ClassVar = "hotspot"
    label: ClassVar = gettext_lazy("Places in a picture")
    names: ClassVar = frozenset({"热点题", "热点", "图片热区", "hotspot"})
    public_schema: ClassVar = {"image": str, "width": int, "height": int, "alt": str, "most": int}
    in_rows: ClassVar = False
    worded: ClassVar = False

    @property
    def template(self) -> str:
        return "exams/types/hotspot.html"

    def checked(self, content: object, key: object) -> tuple[dict[str, Any], dict[str, Any]]:
        sent = checking.mapping(content, "image")
        wanted = checking.listed(checking.mapping(key, "areas").get("areas"), "areas", least=1, most=30)
        found = [areas.checked(each, worded=self.worded) for each in wanted]
        image = checking.text(sent.get("image"), "image")
        if not MEDIA.fullmatch(image):
            raise Refused("image", _("the question has no picture"))
        made = {
            "image": image,
            "width": checking.whole(sent.get("width"), "image", least=1, most=20_000),
            "height": checking.whole(sent.get("height"), "image", least=1, most=20_000),
            "alt": checking.text(sent.get("alt", ""), "image", empty=True, longest=500),
            "most": checking.whole(sent.get("most", len(found)), "most", least=len(found), most=60),
        }
        return made, {"areas": found}

    def public(self, content: Content, order: Order) -> dict[str, Any]:
        return {name: content[name] for name in self.public_schema}

    def parse(self, raw: object, content: Content, order: Order) -> Payload:
        if raw is None:
            return None
        if not isinstance(raw, list) or len(raw) > content["most"]:
            raise Malformed("no places, or more than may be marked")
        return [_point(each) for each in raw]

    def chosen(self, payload: Payload) -> set[int]:
        return set()

    def share(self, content: Content, key: Key, order: Order, payload: Payload, scoring: str) -> Fraction:
        met, missed = _placed(content, key, payload)
        wanted = len(key["areas"])
        if len(met) == wanted and not missed:
            return Fraction(1)
        if scoring == "all_or_nothing" or (scoring == "partial" and missed):
            return Fraction(0)
        return max(Fraction(0), Fraction(len(met) - missed, wanted))

    def right(self, content: Content, key: Key, order: Order) -> Payload:
        return [areas.inner(area) for area in key["areas"]]

    def reviewed(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Reviewed]:
        met, missed = _placed(content, key, payload)
        lines = [
            Reviewed(str(n + 1), area.get("text") or _("Place %(n)s") % {"n": n + 1}, True, n in met, marked=False)
            for n, area in enumerate(key["areas"])
        ]
        return lines + [Reviewed("", _("A mark where nothing was to be found"), False, True)] * missed

    def responses(self, content: Content, key: Key, order: Order, payload: Payload) -> list[Response]:
        """Each area is a part of its own; marks in none of them are counted too."""
        met, missed = _placed(content, key, payload)
        size = len(key["areas"])
        found = [
            Response(str(n), "met" if n in met else None, area.get("text", ""), Fraction(int(n in met), size))
            for n, area in enumerate(key["areas"])
        ]
        return found + [Response("elsewhere", "elsewhere", "", Fraction(0))] * missed

    def guess_score(self, content: Content, key: Key) -> Fraction | None:
        return None

    def texts(self, content: Content) -> list[str]:
        return [content["image"]]


def _placed(content: Content, key: Key, payload: Payload) -> tuple[set[int], int]:
    return areas.placed(key["areas"], payload or [], content["height"] / content["width"])


def _point(raw: object) -> list[float]:
    if not isinstance(raw, list) or len(raw) != 2:
        raise Malformed("not a place")
    if any(type(each) not in (int, float) or not 0 <= each <= 1 for each in raw):
        raise Malformed("not in the picture")
    return [_short(each) for each in raw]


def _short(value: float) -> float:
    """To four places, whole numbers as such: the same digits that a browser writes."""
    short = round(value, PLACES)
    return int(short) if short == int(short) else short
