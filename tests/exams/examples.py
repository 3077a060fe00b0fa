"""Questions of every type. What is in a key and nowhere else says 机密, so that a leak can be seen."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from PIL import Image

from exams import media, types
from exams.exchange.question import Exchanged, Media

SECRET = "机密"


def _photo() -> Media:
    stream = io.BytesIO()
    Image.new("RGB", (80, 40), "white").save(stream, "PNG")
    return Media(media.named(stream.getvalue()), "image/png", stream.getvalue())


PHOTO = _photo()
PHOTOS = {PHOTO.name: PHOTO}


@dataclass(frozen=True)
class Example:
    type: str
    content: Mapping[str, Any]
    key: Mapping[str, Any]
    stem: str = "验电时应当怎么做？"

    @property
    def kind(self) -> types.QuestionType:
        return types.get(self.type)

    def order(self, random: Random | None = None) -> types.Order:
        return self.kind.shuffled(self.content, random)

    def share(self, payload: Any, scoring: str = "all_or_nothing", order: types.Order = None) -> Any:
        shown = self.order() if order is None else order
        return self.kind.share(self.content, self.key, shown, payload, scoring)

    def exchanged(self, place: str = "1", **facts: Any) -> Exchanged:
        return Exchanged(place, self.type, self.stem, self.content, self.key, **facts)


OPTIONS = {"options": ["正常", "高", "低", "没有"]}
SINGLE = Example("single", OPTIONS, {"correct": [1], "feedback": ["", f"{SECRET}反馈"]})
SHARED = Example("single", OPTIONS, {"correct": [1], "shares": ["0.5", "1", "-0.5", "0"]})
MULTIPLE = Example("multiple", OPTIONS, {"correct": [0, 1, 3]})
MULTIPLE_SHARED = Example("multiple", OPTIONS, {"correct": [0, 1], "shares": ["0.5", "0.5", "-1", "-0.25"]})
TRUE_FALSE = Example("true_false", {}, {"correct": False, "feedback": [f"{SECRET}对", ""]})
FILL_IN = Example(
    "fill_in",
    {
        "blanks": [
            {"kind": "text"},
            {"kind": "number", "weight": "2"},
            {"kind": "choice", "options": ["前", "后", "中"]},
        ]
    },
    {
        "blanks": [
            {"accepted": [{"text": f"{SECRET}验电器"}, {"text": f"{SECRET}验电笔", "share": "0.5"}]},
            {
                "accepted": [{"value": "10", "tolerance": "0.5"}],
                "units": [{"name": f"{SECRET}kV", "factor": "1"}, {"name": "V", "factor": "0.001"}],
            },
            {"accepted": [{"option": 1}]},
        ]
    },
    "用{{1}}在{{2}}的线路{{3}}验电。",
)
ANY_ORDER = Example(
    "fill_in",
    {"blanks": [{"kind": "text"}, {"kind": "text"}]},
    {
        "blanks": [
            {"accepted": [{"text": f"{SECRET}停电"}, {"text": f"{SECRET}断电"}]},
            {"accepted": [{"text": f"{SECRET}验电"}]},
        ],
        "order_free": True,
    },
    "先{{1}}，再{{2}}。",
)
ONE_BLANK = Example(
    "fill_in", {"blanks": [{"kind": "text"}]}, {"blanks": [{"accepted": [{"text": f"{SECRET}*器"}], "wild": True}]}
)
NUMERICAL = Example(
    "numerical",
    {"units": ["kV", "V"]},
    {
        "accepted": [
            {"value": "10.125", "tolerance": "0.01", "share": "1"},
            {"value": "10", "tolerance": "1", "share": "0.5"},
        ],
        "units": [{"name": "kV", "factor": "1"}, {"name": "V", "factor": "0.001"}],
        "unit_penalty": "0.1",
    },
)
MATCHING = Example(
    "matching",
    {"left": ["验电器", "接地线", "绝缘手套"], "right": ["防突然来电", "防触电", "确认无电压", "防坠落"]},
    {"pairs": [2, 0, 1]},
)
ORDERING = Example(
    "ordering", {"items": ["停电", "验电", "接地", "挂牌"]}, {"sequence": [1, 0, 2, 3], "grading": "place"}
)
EXACT_ORDER = Example("ordering", {"items": ["停电", "验电", "接地"]}, {"sequence": [0, 1, 2]})
SHORT_ANSWER = Example(
    "short_answer",
    {"words": [10, 200]},
    {"rubric": [{"text": f"{SECRET}要点", "points": "2"}], "reference": f"{SECRET}参考"},
)
ESSAY = Example("essay", {"lines": 12}, {"rubric": [], "reference": f"{SECRET}参考"})
CASE = Example(
    "case",
    {
        "parts": [
            {"type": "single", "stem": "第一问", "content": OPTIONS, "weight": "1"},
            {"type": "fill_in", "stem": "第二问{{1}}", "content": {"blanks": [{"kind": "text"}]}, "weight": "3"},
        ]
    },
    {"parts": [{"correct": [2]}, {"blanks": [{"accepted": [{"text": f"{SECRET}答"}]}]}]},
    "某班组在作业时……",
)
MARKED_CASE = Example(
    "case",
    {
        "parts": [
            {"type": "true_false", "stem": "第一问", "content": {}, "weight": "1"},
            {"type": "essay", "stem": "第二问", "content": {}, "weight": "1"},
        ]
    },
    {"parts": [{"correct": True}, {"rubric": [], "reference": f"{SECRET}参考"}]},
)
SEEN = {"image": f"media:{PHOTO.name}", "width": 800, "height": 400, "alt": "工作票"}
HOTSPOT = Example(
    "hotspot",
    {**SEEN, "most": 3},
    {
        "areas": [
            {"shape": "rect", "box": [0.123457, 0.1, 0.3, 0.3]},
            {"shape": "circle", "at": [0.7, 0.5], "radius": 0.076543},
        ]
    },
)
FIND_FAULT = Example(
    "find_fault",
    {**SEEN, "most": 2},
    {
        "areas": [
            {"shape": "polygon", "points": [[0.1, 0.1], [0.5, 0.1], [0.5, 0.9], [0.45, 0.15]], "text": f"{SECRET}日期"}
        ]
    },
)
SCORE_SHEET = Example(
    "score_sheet",
    {"items": [{"text": "判断意识", "points": "40", "key": True}, {"text": "按压", "points": "60", "key": False}]},
    {},
)
DESCRIPTION = Example("description", {}, {})

EXAMPLES = [
    *(SINGLE, SHARED, MULTIPLE, MULTIPLE_SHARED, TRUE_FALSE, FILL_IN, ANY_ORDER, ONE_BLANK, NUMERICAL, MATCHING),
    *(ORDERING, EXACT_ORDER, SHORT_ANSWER, ESSAY, CASE, MARKED_CASE, HOTSPOT, FIND_FAULT, SCORE_SHEET, DESCRIPTION),
]
