"""Places on a picture."""

import math
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from exams.exchange.qti.fitting import Fitted, Item, right_values
from exams.exchange.qti.numbers import number
from exams.exchange.qti.pictures import size
from exams.exchange.qti.tree import Node, joined
from exams.exchange.unreadable import Broken, Unlike

CORNERS = 24  # of the polygon that stands for an ellipse
PLACES = 6  # decimals of a part of the width or height
Area = dict[str, Any]


def hotspot(item: Item, node: Node) -> Fitted:
    """hotspotInteraction: the areas that are right, without those that are not."""
    right = right_values(item, item.response(node))
    choices = {each.get("identifier"): each for each in node.nodes("hotspotChoice")}
    missing = [name for name in right if name not in choices]
    if missing:
        raise Broken(_("the right answer names “%(name)s”, but there is no such choice") % {"name": missing[0][:40]})
    if len(choices) > len(right):
        item.remark(_("Of a hotspot question, only the right areas are kept; a tap anywhere else is wrong."))
    return _fitted(item, node, [(choices[name].get("shape"), choices[name].get("coords")) for name in right])


def select_point(item: Item, node: Node) -> Fitted:
    """selectPointInteraction with mapped areas."""
    areas = [entry for entry in item.response(node).areas if entry.earns > 0]
    if not areas:
        raise Unlike(node.name, _("the right place is a single point without an area around it"))
    if len({entry.earns for entry in areas}) > 1:
        item.remark(_("The areas of a hotspot question had different weights; here each counts the same."))
    return _fitted(item, node, [(entry.shape, entry.coords) for entry in areas])


def _fitted(item: Item, node: Node, shapes: Iterable[tuple[str, str]]) -> Fitted:
    picture = next(node.every("object", "img"), None)
    if picture is None:
        raise Broken(_("the picture is missing"))
    found = item.texts.picture(picture.get("data") or picture.get("src"))
    if found is None or not found[1].mime.startswith("image/"):
        raise Broken(_("the picture is missing"))
    name, media = found
    real = size(media.data)
    width, height = _pixels(picture, "width") or real[0], _pixels(picture, "height") or real[1]
    areas = [area(shape, coords, width, height) for shape, coords in shapes]
    most = node.get("maxChoices")
    content = {
        "image": f"media:{name}",
        "width": real[0],
        "height": real[1],
        "alt": picture.get("alt") or joined([picture.text()]),
        "most": int(most) if most.isascii() and most.isdigit() and 0 < int(most) < 100 else len(areas),
    }
    return Fitted("hotspot", content, {"areas": areas}, item.earns(item.response(node)))


def area(shape: str, coords: str, width: int, height: int) -> Area:
    """An area in parts of width and height from one in pixels. Raises Broken."""
    try:
        return SHAPES[shape](_numbers(coords, width, height), width, height)
    except (KeyError, ValueError, IndexError):
        raise Broken(_("the area “%(coords)s” cannot be understood") % {"coords": f"{shape} {coords}"[:60]}) from None


def _pixels(picture: Node, name: str) -> int:
    found = number(picture.get(name))
    return round(found) if found and 0 < found < 20000 else 0


def _numbers(coords: str, width: int, height: int) -> list[float]:
    found = []
    for place, text in enumerate(part for part in coords.replace(",", " ").split() if part):
        value = number(text.removesuffix("%"))
        if value is None:
            raise ValueError(text)
        whole = (width, height)[place % 2]
        found.append(float(value) * whole / 100 if text.endswith("%") else float(value))
    return found


def _part(value: float, whole: int) -> float:
    return min(1.0, max(0.0, round(value / whole, PLACES)))


def _rect(numbers: list[float], width: int, height: int) -> Area:
    left, top, right, bottom = numbers
    box = [_part(min(left, right), width), _part(min(top, bottom), height)]
    return {"shape": "rect", "box": [*box, _part(max(left, right), width), _part(max(top, bottom), height)]}


def _circle(numbers: list[float], width: int, height: int) -> Area:
    x, y, radius = numbers
    return {"shape": "circle", "at": [_part(x, width), _part(y, height)], "radius": _part(radius, width)}


def _polygon(numbers: list[float], width: int, height: int) -> Area:
    points = [[_part(x, width), _part(y, height)] for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    if len(points) > 3 and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:
        raise ValueError(numbers)
    return {"shape": "polygon", "points": points}


def _ellipse(numbers: list[float], width: int, height: int) -> Area:
    x, y, across, down = numbers
    turns = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
    return _polygon(
        [each for turn in turns for each in (x + across * math.cos(turn), y + down * math.sin(turn))], width, height
    )


def _everywhere(numbers: list[float], width: int, height: int) -> Area:
    return {"shape": "rect", "box": [0.0, 0.0, 1.0, 1.0]}


SHAPES: dict[str, Callable[[list[float], int, int], Area]] = {
    "rect": _rect,
    "circle": _circle,
    "poly": _polygon,
    "ellipse": _ellipse,
    "default": _everywhere,
}
