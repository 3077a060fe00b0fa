"""Places on a picture, written."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from exams.exchange.qti.numbers import decimal
from exams.exchange.qti.tree import Node, node
from exams.exchange.qti.write.draft import Draft, Part
from exams.exchange.unreadable import Broken

Fields = Mapping[str, Any]


def hotspot(draft: Draft, stem: str, content: Fields, key: Fields, weight: Fraction) -> list[Part]:
    name = content["image"].removeprefix("media:")
    picture = draft.question.media.get(name)
    if picture is None:
        raise Broken(_("the picture is missing"))
    single = len(key["areas"]) == 1 and content["most"] == 1
    identifier = draft.respond("single" if single else "multiple", "point")
    each = decimal(Fraction(1, len(key["areas"])))
    entries = [Node("areaMapEntry", {**_pixels(area, content), "mappedValue": each}) for area in key["areas"]]
    draft.declared[-1].children.append(Node("areaMapping", {"defaultValue": "0"}, list(entries)))
    draft.score("map_response_point", weight)
    size = {"width": str(content["width"]), "height": str(content["height"])}
    image = Node("object", {"data": draft.address(name), "type": picture.mime, **size}, [content["alt"]])
    most = str(content["most"])
    return [*draft.block(stem), node("selectPointInteraction", image, responseIdentifier=identifier, maxChoices=most)]


def _pixels(area: Fields, content: Fields) -> dict[str, str]:
    """Shape and coordinates in pixels."""
    width, height = content["width"], content["height"]
    if area["shape"] == "circle":
        numbers = [area["at"][0] * width, area["at"][1] * height, max(1, area["radius"] * width)]
    elif area["shape"] == "rect":
        numbers = [part * (width, height)[place % 2] for place, part in enumerate(area["box"])]
    else:
        numbers = [
            part * whole for point in area["points"] for part, whole in zip(point, (width, height), strict=True)
        ]
    shape = "poly" if area["shape"] == "polygon" else str(area["shape"])
    return {"shape": shape, "coords": ",".join(str(round(each)) for each in numbers)}
