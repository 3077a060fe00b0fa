"""Choices of 1.2: lists, orders, pairs and places on a picture."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from exams.exchange.qti.areas import area
from exams.exchange.qti.fitting import Fitted, meant, share
from exams.exchange.qti.numbers import number
from exams.exchange.qti.pictures import size
from exams.exchange.qti.tree import Node
from exams.exchange.qti.version_1.material import parts_of
from exams.exchange.qti.version_1.old import Old
from exams.exchange.qti.version_1.presentation import Response
from exams.exchange.unreadable import Broken, Unlike


def choice(old: Old, response: Response) -> Fitted:
    """response_lid: single, multiple or true_false."""
    options = old.options(response)
    if len(options) < 2:
        raise Broken(_("at least two options are needed"))
    names = [label.identifier for label in response.labels]
    feedback = [old.feedback(response, name) for name in names]
    single = response.cardinality == "single"
    key = _one_right(old, response, names) if single else _several_right(old, response, names)
    said = [meant(option) for option in options]
    if single and "shares" not in key and len(said) == 2 and None not in said and said[0] != said[1]:
        ordered = feedback if said[0] else feedback[::-1]
        told = {"correct": bool(said[key["correct"][0]])} | ({"feedback": ordered} if any(feedback) else {})
        return Fitted("true_false", {}, told)
    return Fitted(
        "single" if single else "multiple",
        {"options": options},
        key | ({"feedback": feedback} if any(feedback) else {}),
    )


def _one_right(old: Old, response: Response, names: Sequence[str]) -> dict[str, Any]:
    scores, most = old.best([{response.identifier: [name]} for name in names])
    best = [place for place, score in enumerate(scores) if score == most]
    shares = [share(score, most) for score in scores]
    usual = ["1" if place in best else "0" for place in range(len(names))]
    return {"correct": best} | ({"shares": shares} if shares != usual else {})


def _several_right(old: Old, response: Response, names: Sequence[str]) -> dict[str, Any]:
    """The best set that one condition asks for; or what options earn one by one."""
    alone = [old.rules.score({response.identifier: [name]}) for name in names]
    asked = [
        [name for name in names if name in {each.text().strip() for each in condition.named(response.identifier)}]
        for condition in old.rules.earning(response.identifier)
    ]
    tries = [
        {response.identifier: each}
        for each in [*asked, [name for name, score in zip(names, alone, strict=True) if score > 0]]
    ]
    scores, most = old.best(tries)
    right = tries[scores.index(most)][response.identifier]
    key: dict[str, Any] = {"correct": [place for place, name in enumerate(names) if name in right]}
    if sum((score for score in alone if score > 0), Fraction(0)) == most and len(right) > 1:
        key["shares"] = [share(score, most) for score in alone]
    return key


def ordering(old: Old, response: Response) -> Fitted:
    """response_lid of ordered cardinality."""
    names = [label.identifier for label in response.labels]
    for condition in old.rules.earning(response.identifier):
        values = [each.text().strip() for each in condition.named(response.identifier)]
        found = [name for value in values for name in (value.split(",") if "," in value else [value])]
        if sorted(found) == sorted(names):
            return Fitted(
                "ordering", {"items": old.options(response)}, {"sequence": [names.index(name) for name in found]}
            )
    raise Unlike("Ordered", _("only some of the items have a place in the right order"))


def matching(old: Old, responses: Sequence[Response]) -> Fitted:
    """Several lists of the same choices: each text goes with its right choice."""
    pairs = []
    for response in responses:
        scores, most = old.best([{response.identifier: [label.identifier]} for label in response.labels])
        pairs.append(scores.index(most))
    content = {"left": [old.texts.of(each.asked) for each in responses], "right": old.options(responses[0])}
    return Fitted("matching", content, {"pairs": pairs})


def pairs(old: Old, response: Response) -> Fitted:
    """response_grp: labels that name whom they may go with, and pairs as “A,1”."""
    names = [label.identifier for label in response.labels]
    told = [
        [part.strip() for part in each.text().split(",")]
        for condition in old.rules.earning(response.identifier)
        for each in condition.named(response.identifier)
    ]
    partner = {pair[0]: pair[1] for pair in told if len(pair) == 2 and set(pair) <= set(names)}
    left = [place for place, name in enumerate(names) if name in partner]
    right = [place for place, name in enumerate(names) if name not in partner]
    if not left or not set(partner.values()) <= {names[place] for place in right}:
        raise Unlike("response_grp", _("items have several partners, or items of both sides have none"))
    options = old.options(response)
    at = [names[place] for place in right]
    content = {"left": [options[place] for place in left], "right": [options[place] for place in right]}
    return Fitted("matching", content, {"pairs": [at.index(partner[names[place]]) for place in left]})


def hotspot(old: Old, response: Response) -> Fitted:
    """render_hotspot: labels with areas, or areas that the scoring names."""
    rendered = response.node.first("render_hotspot") or next(response.node.every("render_hotspot"))
    picture = next((each for each in [*rendered.every("matimage"), *response.node.every("matimage")]), None)
    if picture is None:
        raise Broken(_("the picture is missing"))
    shown = [part for part in parts_of(Node("flow", {}, [Node("material", {}, [picture])])) if isinstance(part, Node)]
    found = old.texts.picture(next(shown[0].every("img")).get("src"))
    if found is None:
        raise Broken(_("the picture is missing"))
    name, media = found
    width, height = size(media.data)
    areas = [_area(kind, coords, width, height) for kind, coords in _right_areas(old, response)]
    content = {
        "image": f"media:{name}",
        "width": width,
        "height": height,
        "alt": picture.get("label"),
        "most": len(areas),
    }
    return Fitted("hotspot", content, {"areas": areas})


def _right_areas(old: Old, response: Response) -> list[tuple[str, str]]:
    inside = [
        each
        for rule in old.rules.earning(response.identifier)
        for each in rule.named(response.identifier)
        if each.name == "varinside"
    ]
    if inside:
        return [(each.get("areatype", "Rectangle"), each.text()) for each in inside]
    scores, most = old.best([{response.identifier: [label.identifier]} for label in response.labels])
    right = [label.node for label, score in zip(response.labels, scores, strict=True) if score == most]
    return [(each.get("rarea", "Ellipse"), each.text()) for each in right]


def _area(kind: str, coords: str, width: int, height: int) -> dict[str, Any]:
    """1.2 gives a rectangle as left, top, width, height, and an ellipse as centre and both diameters."""
    values = [number(each) for each in coords.replace(",", " ").split()]
    if None in values:
        raise Broken(_("the area “%(coords)s” cannot be understood") % {"coords": coords[:60]})
    told = [float(each) for each in values if each is not None]
    if kind.lower() == "bounded" or len(told) != 4:
        return area("poly", ",".join(map(str, told)), width, height)
    x, y, across, down = told
    if kind.lower() == "ellipse":
        shape = "circle" if across == down else "ellipse"
        return area(
            shape, ",".join(map(str, [x, y, across / 2, down / 2][: 3 if shape == "circle" else 4])), width, height
        )
    return area("rect", ",".join(map(str, [x, y, x + across, y + down])), width, height)
