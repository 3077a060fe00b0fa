"""Areas of a picture. x and y are parts of its width and height, 0 to 1; a radius is a part of the width."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from exams.types import checking
from exams.types.question_type import Refused

Area = Mapping[str, Any]
Point = Sequence[float]


def checked(sent: object, *, worded: bool) -> dict[str, Any]:
    """The canonical area; `worded`: it must say what is there. Raises Refused."""
    area = checking.mapping(sent, "areas")
    made = _shape(area)
    text = checking.text(area.get("text", ""), "areas", empty=not worded, longest=500)
    return {**made, "text": text} if text else made


def covers(area: Area, point: Point, tall: float) -> bool:
    """Whether a point lies in an area; `tall` is the picture's height over its width."""
    x, y = point
    if area["shape"] == "rect":
        left, top, right, bottom = area["box"]
        return bool(left <= x <= right and top <= y <= bottom)
    if area["shape"] == "circle":
        return bool((x - area["at"][0]) ** 2 + ((y - area["at"][1]) * tall) ** 2 <= area["radius"] ** 2)
    return _inside(area["points"], x, y)


def inner(area: Area) -> list[float]:
    """A point in the area, to four places."""
    if area["shape"] == "rect":
        left, top, right, bottom = area["box"]
        return [round((left + right) / 2, 4), round((top + bottom) / 2, 4)]
    if area["shape"] == "circle":
        return [round(each, 4) for each in area["at"]]
    points = area["points"]
    middles = [_middle(points), *(_middle(three) for three in combinations(points, 3))]
    return next((each for each in middles if _inside(points, *each)), middles[0])


def placed(areas: Sequence[Area], points: Sequence[Point], tall: float) -> tuple[set[int], int]:
    """Which areas are met, each by one point, and how many points lie in none."""
    met: set[int] = set()
    missed = 0
    for point in points:
        under = [n for n, area in enumerate(areas) if covers(area, point, tall)]
        met.update([n for n in under if n not in met][:1])
        missed += not under
    return met, missed


def number(value: object) -> float:
    """A part of the width or height."""
    if type(value) not in (int, float) or not 0 <= value <= 1:  # type: ignore[operator]
        raise Refused("areas", _("places in a picture are numbers from 0 to 1"))
    return round(float(value), 6)  # type: ignore[arg-type]


def _shape(area: Area) -> dict[str, Any]:
    shape = area.get("shape")
    if shape == "rect":
        left, top, right, bottom = (
            number(each) for each in checking.listed(area.get("box"), "areas", least=4, most=4)
        )
        if left >= right or top >= bottom:
            raise Refused("areas", _("an area of the picture is empty"))
        return {"shape": shape, "box": [left, top, right, bottom]}
    if shape == "circle":
        at, radius = _point(area.get("at")), number(area.get("radius"))
        if not radius:
            raise Refused("areas", _("an area of the picture is empty"))
        return {"shape": shape, "at": at, "radius": radius}
    if shape == "polygon":
        return {
            "shape": shape,
            "points": [_point(each) for each in checking.listed(area.get("points"), "areas", least=3, most=60)],
        }
    raise Refused("areas", _("an area is a rectangle, a circle or a polygon"))


def _point(sent: object) -> list[float]:
    return [number(each) for each in checking.listed(sent, "areas", least=2, most=2)]


def _middle(points: Sequence[Point]) -> list[float]:
    return [round(sum(each[axis] for each in points) / len(points), 4) for axis in (0, 1)]


def _inside(points: Sequence[Point], x: float, y: float) -> bool:
    """Whether a ray to the right crosses the outline an odd number of times."""
    crossed = False
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed
