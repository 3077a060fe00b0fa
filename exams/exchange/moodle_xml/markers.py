"""Markers dragged onto a picture: a hotspot when there is one marker, however often it is needed."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _

from exams.exchange.moodle_xml.texts import Texts
from exams.exchange.pictures import ENDINGS, encoded, size_of
from exams.exchange.question import Media
from exams.exchange.unreadable import Broken, Unlike
from exams.exchange.xml_tree import text_at

_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
DIGITS: Final = 6


def markers(element: Element, texts: Texts) -> tuple[dict[str, Any], dict[str, Any]]:
    """Content and key of a hotspot. Unlike when different markers belong to different places."""
    drops = element.findall("drop")
    if not drops:
        raise Broken(_("no place on the picture is right"))
    if len({text_at(drop, "choice") for drop in drops}) > 1 or len(element.findall("drag")) > 1:
        raise Unlike(
            "ddmarker", _("several different markers belong to different places; there is nothing like it here")
        )
    picture = texts.file(element.find("file"))
    if picture is None or not picture.mime.startswith("image/"):
        raise Broken(_("the picture is missing or of a kind that is not shown here"))
    width, height = size_of(picture)
    areas = [_area(text_at(drop, "shape"), text_at(drop, "coords"), width, height) for drop in drops]
    content = {
        "image": f"media:{picture.name}",
        "width": width,
        "height": height,
        "alt": text_at(element, "drag/text"),
        "most": len(areas),
    }
    return content, {"areas": areas}


def write(element: Element, content: Mapping[str, Any], key: Mapping[str, Any], picture: Media) -> None:
    """One marker, needed for each area."""
    SubElement(element, "shuffleanswers").text = "0"
    ending = ENDINGS.get(picture.mime, "png")
    file = SubElement(element, "file", {"name": f"{picture.name[:16]}.{ending}", "encoding": "base64"})
    file.text = encoded(picture)
    drag = SubElement(element, "drag")
    SubElement(drag, "no").text = "1"
    SubElement(drag, "text").text = content.get("alt", "") or "1"
    SubElement(drag, "noofdrags").text = str(len(key["areas"]))
    for number, area in enumerate(key["areas"], 1):
        drop = SubElement(element, "drop")
        SubElement(drop, "no").text = str(number)
        shape, coords = _drawn(area, content["width"], content["height"])
        SubElement(drop, "shape").text = shape
        SubElement(drop, "coords").text = coords
        SubElement(drop, "choice").text = "1"


def _area(shape: str, coords: str, width: int, height: int) -> dict[str, Any]:
    numbers = [float(number) for number in _NUMBER.findall(coords)]
    if shape == "circle" and len(numbers) == 3:
        x, y, radius = numbers
        return {"shape": "circle", "at": [_part(x, width), _part(y, height)], "radius": _part(radius, width)}
    if shape in ("rectangle", "rect") and len(numbers) == 4:
        left, top, wide, high = numbers
        box = [_part(left, width), _part(top, height), _part(left + wide, width), _part(top + high, height)]
        return {"shape": "rect", "box": box}
    if shape == "polygon" and len(numbers) >= 6 and len(numbers) % 2 == 0:
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return {"shape": "polygon", "points": [[_part(x, width), _part(y, height)] for x, y in pairs]}
    raise Broken(_("the place “%(coords)s” on the picture cannot be read") % {"coords": coords[:40]})


def _drawn(area: Mapping[str, Any], width: int, height: int) -> tuple[str, str]:
    """Shape and whole pixels, as Moodle wants them."""
    if area["shape"] == "circle":
        return "circle", f"{_at(area['at'], width, height)};{round(area['radius'] * width)}"
    if area["shape"] == "rect":
        left, top, right, bottom = area["box"]
        size = f"{round((right - left) * width)},{round((bottom - top) * height)}"
        return "rectangle", f"{_at([left, top], width, height)};{size}"
    return "polygon", ";".join(_at(point, width, height) for point in area["points"])


def _at(point: Sequence[float], width: int, height: int) -> str:
    return f"{round(point[0] * width)},{round(point[1] * height)}"


def _part(pixels: float, whole: int) -> float:
    return round(min(max(pixels / whole, 0), 1), DIGITS)
