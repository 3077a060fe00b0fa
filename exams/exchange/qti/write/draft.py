"""One item while it is written: what its responses declare, and how it is scored."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from exams.exchange.qti.html import LOOKS, sanitised
from exams.exchange.qti.markup import nodes_of
from exams.exchange.qti.numbers import decimal, number
from exams.exchange.qti.tree import Node, node
from exams.exchange.qti.write.dialects import Dialect
from exams.exchange.question import Exchanged, Markup

Part = Node | str
RESPONSE = "RESPONSE"
SCORE = "SCORE"
FEEDBACK = "FEEDBACK"
WITHOUT_ELEMENT = {name: look for look, name in LOOKS.items()}


@dataclass
class Draft:
    """`address`: where a picture or sound of the question stands, by its name; `part`: which of a case is written."""

    question: Exchanged
    dialect: Dialect
    address: Callable[[str], str]
    declared: list[Node] = field(default_factory=list)
    rules: list[tuple[Fraction, list[Node]]] = field(default_factory=list)
    template: str = ""
    modal: list[Node] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    rubrics: list[Node] = field(default_factory=list)
    part: int = 0
    by_hand: bool = False

    def texts(self, text: str) -> list[Part]:
        """A text of the question as nodes."""
        if self.question.markup == Markup.PLAIN:
            lines = text.split("\n")
            return [part for line in lines for part in (Node("br"), line)][1:]
        return [self._ours(part) for part in nodes_of(sanitised(text))]

    def words(self, text: str) -> str:
        """The same without any markup, for places that take none."""
        return "".join(part if isinstance(part, str) else part.text() for part in self.texts(text)).strip()

    def name(self, place: int) -> str:
        """The identifier of an option, unique in the item: A, B … for the first response."""
        letter = chr(65 + place) if place < 26 else f"O{place + 1}"
        return letter if len(self.declared) < 2 else f"R{len(self.declared)}_{letter}"

    def respond(self, cardinality: str, base_type: str) -> str:
        """Declare one more response; its identifier."""
        identifier = RESPONSE if not self.declared else f"{RESPONSE}_{len(self.declared) + 1}"
        self.declared.append(
            node("responseDeclaration", identifier=identifier, cardinality=cardinality, baseType=base_type)
        )
        return identifier

    def correct(self, values: Iterable[str]) -> None:
        self.declared[-1].children.append(node("correctResponse", *(node("value", value) for value in values)))

    def mapped(self, entries: Mapping[str, str], *, bounded: bool = True, exact: str = "") -> None:
        """What each value earns; `exact`: whether capital letters count, "true" or "false"."""
        bounds = {"lowerBound": "0", "upperBound": "1"} if bounded else {}
        rows = [
            Node("mapEntry", {"mapKey": key, "mappedValue": share} | ({"caseSensitive": exact} if exact else {}))
            for key, share in entries.items()
        ]
        self.declared[-1].children.append(Node("mapping", bounds | {"defaultValue": "0"}, list(rows)))

    def score(self, template: str, weight: Fraction) -> None:
        """Score the last response by one of the standard ways; it is worth `weight` among the responses."""
        identifier = self.declared[-1].get("identifier")
        self.template = template if not self.rules else ""
        if template == "match_correct":
            same = node("match", node("variable", identifier=identifier), node("correct", identifier=identifier))
            self.rules.append((weight, [node("responseCondition", node("responseIf", same, _add(_float(weight))))]))
            return
        name = "mapResponse" if template == "map_response" else "mapResponsePoint"
        self.rules.append((weight, [_add(node("product", node(name, identifier=identifier), _float(weight)))]))

    def score_numbers(self, accepted: Sequence[Mapping[str, str]], weight: Fraction) -> None:
        """Score the last response by how near it is to numbers."""
        identifier = self.declared[-1].get("identifier")
        branches = []
        for place, each in enumerate(accepted):
            tolerance = each.get("tolerance", "0")
            exact = (number(tolerance) or Fraction(0)) == 0
            mode = (
                {"toleranceMode": "exact"}
                if exact
                else {"toleranceMode": "absolute", "tolerance": f"{tolerance} {tolerance}"}
            )
            value = node("variable", identifier=identifier), node("baseValue", each["value"], baseType="float")
            earns = weight * (number(each.get("share", "1")) or Fraction(0))
            branches.append(
                Node(
                    "responseElseIf" if place else "responseIf",
                    {},
                    [Node("equal", mode, list(value)), _add(_float(earns))],
                )
            )
        self.template = ""
        self.rules.append((weight, [node("responseCondition", *branches)]))

    def feedback(self, names: Sequence[str], texts: Sequence[str]) -> None:
        """What is said when an option of the last response was chosen."""
        said = [(name, text) for name, text in zip(names, texts, strict=False) if text]
        for name, text in said:
            shown = {"outcomeIdentifier": FEEDBACK, "identifier": name, "showHide": "show"}
            self.modal.append(Node("modalFeedback", shown, self.block(text)))
        if said:
            self.told.append(self.declared[-1].get("identifier"))

    def block(self, text: str) -> list[Part]:
        """A text where blocks have to stand."""
        return [node("div", *self.texts(text))]

    def _ours(self, part: Part) -> Part:
        if isinstance(part, str):
            return part
        attributes = dict(part.attributes)
        name = part.name
        if name in ("img", "audio"):
            attributes["src"] = self.address(attributes.get("src", "").removeprefix("media:"))
            attributes.pop("controls", None)
        if name == "audio":
            sound = self.question.media.get(part.get("src").removeprefix("media:"))
            return Node("object", {"data": attributes["src"], "type": sound.mime if sound else "audio/mpeg"})
        if name in WITHOUT_ELEMENT:
            name, attributes = "span", {"class": WITHOUT_ELEMENT[name]}
        return Node(name, attributes, [self._ours(child) for child in part.children])


def _float(value: Fraction) -> Node:
    return node("baseValue", decimal(value), baseType="float")


def _add(value: Node) -> Node:
    return node("setOutcomeValue", node("sum", node("variable", identifier=SCORE), value), identifier=SCORE)
