"""What an item of 1.2 shows: texts and responses, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exams.exchange.qti.tree import Node
from exams.exchange.qti.version_1.material import Part, parts_of

RESPONSES = ("response_lid", "response_str", "response_num", "response_xy", "response_grp", "response_na")
RENDERED = ("render_choice", "render_fib", "render_hotspot", "render_slider", "render_extension")
PASSED = ("flow", "flow_label", "flow_mat", "flow_class", "response_extension", "presentation")
NUMBERS = ("integer", "decimal", "scientific")


@dataclass(frozen=True)
class Label:
    """One choice; `area` where it is one on a picture."""

    identifier: str
    parts: Sequence[Part]
    node: Node


@dataclass(frozen=True)
class Response:
    """One thing to answer. `asked`: texts of its own."""

    identifier: str
    kind: str
    cardinality: str
    rendered: str
    asked: Sequence[Part]
    labels: Sequence[Label]
    node: Node
    attributes: Mapping[str, str]

    @property
    def is_number(self) -> bool:
        return self.kind == "response_num" or self.attributes.get("fibtype", "").lower() in NUMBERS


def shown(presentation: Node) -> list[list[Part] | Response]:
    """Texts and responses in order."""
    found: list[list[Part] | Response] = []
    for child in presentation.nodes():
        if child.name in RESPONSES:
            found.append(_response(child))
        elif child.name in PASSED:
            found += shown(child)
        else:
            parts = parts_of(Node("flow", {}, [child]))
            if parts:
                found.append(parts)
    return found


def _response(node: Node) -> Response:
    rendered = next(node.every(*RENDERED), None)
    asked = [
        part for child in node.nodes() if child.name not in RENDERED for part in parts_of(Node("flow", {}, [child]))
    ]
    labels = [
        Label(each.get("ident"), parts_of(each), each)
        for each in (rendered.every("response_label") if rendered else ())
    ]
    return Response(
        node.get("ident"),
        node.name,
        node.get("rcardinality", "Single").lower(),
        rendered.name if rendered else "",
        asked,
        labels,
        node,
        rendered.attributes if rendered else {},
    )
