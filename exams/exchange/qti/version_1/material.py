"""Materials of 1.2 as the nodes that texts are written from."""

from collections.abc import Sequence

from exams.exchange.qti.markup import looks_like_html, nodes_of
from exams.exchange.qti.tree import Node

Part = Node | str
HTML = ("text/html", "html", "text/rtf", "text/xhtml")
HOLDERS = frozenset(
    {
        "material",
        "flow_mat",
        "flow",
        "itemfeedback",
        "solution",
        "solutionmaterial",
        "hint",
        "hintmaterial",
        "FORMATTED_TEXT_BLOCK",
        "QUESTION_BLOCK",
        "FILE_BLOCK",
        "material_ref",
        "presentation_material",
    }
)


def parts_of(holder: Node) -> list[Part]:
    """Everything that is shown in a material or in what holds some."""
    found: list[Part] = []
    for child in holder.nodes():
        if child.name in HOLDERS:
            found.append(Node("div", {}, parts_of(child)))
        else:
            found += _material(child)
    return found


def _material(node: Node) -> list[Part]:
    if node.name in ("mattext", "matemtext", "mat_formattedtext"):
        return _text(node)
    if node.name == "matbreak":
        return [Node("br")]
    if node.name in ("matimage", "mataudio"):
        name = "img" if node.name == "matimage" else "audio"
        return [Node(name, {**node.attributes, "src": _address(node), "alt": node.get("label")})]
    if node.name in ("matvideo", "matapplet", "matapplication"):
        return [Node("video", {"src": node.get("uri") or node.name})]
    return []


def _text(node: Node) -> list[Part]:
    kind = (node.get("texttype") or node.get("type")).lower()
    text = node.text()
    if node.nodes():
        inner: Sequence[Part] = node.children
    elif kind in HTML or looks_like_html(text):
        inner = nodes_of(text)
    else:
        lines = text.strip().split("\n")
        inner = [part for line in lines for part in (Node("br"), line)][1:]
    inner = [Node("em", {}, list(inner))] if node.name == "matemtext" else inner
    return [*inner, " "] if node.name != "matbreak" else []


def _address(node: Node) -> str:
    """Where a picture stands: in the package, or in the file itself."""
    if node.get("embedded") == "base64":
        return f"data:{node.get('imagtype') or node.get('audiotype')};base64,{''.join(node.text().split())}"
    return node.get("uri") or node.get("entityref")
