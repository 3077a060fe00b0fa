"""What differs between QTI 2.2 and 3.0 when it is written: spelling, namespaces, addresses, names of types."""

import re
from dataclasses import dataclass
from typing import Final

from exams.exchange.qti.tree import PREFIX, Node

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
LOM: Final = "http://ltsc.ieee.org/xsd/LOM"
CARRIED: Final = frozenset({"rubricBlock", "modalFeedback"})  # 3.0 puts a content body into these
OWN_NAMES: Final = frozenset(
    {
        "areaMapEntry",
        "areaMapping",
        "assessmentItem",
        "assessmentItemRef",
        "assessmentSection",
        "assessmentTest",
        "baseValue",
        "choiceInteraction",
        "contentBody",
        "correct",
        "correctResponse",
        "defaultValue",
        "divide",
        "equal",
        "extendedTextInteraction",
        "inlineChoice",
        "inlineChoiceInteraction",
        "itemBody",
        "mapEntry",
        "mapResponse",
        "mapResponsePoint",
        "mapping",
        "match",
        "matchInteraction",
        "modalFeedback",
        "multiple",
        "orderInteraction",
        "outcomeDeclaration",
        "outcomeProcessing",
        "product",
        "responseCondition",
        "responseDeclaration",
        "responseElseIf",
        "responseIf",
        "responseProcessing",
        "rubricBlock",
        "selectPointInteraction",
        "setOutcomeValue",
        "simpleAssociableChoice",
        "simpleChoice",
        "simpleMatchSet",
        "sum",
        "testPart",
        "testVariables",
        "textEntryInteraction",
        "value",
        "variable",
        "weight",
    }
)


@dataclass(frozen=True)
class Dialect:
    """One version as it is written."""

    key: str
    space: str
    location: str
    templates: str
    ending: str
    package_space: str
    package_location: str
    schema: str
    schema_version: str
    types: str
    is_3: bool = False

    def template(self, name: str) -> str:
        return f"{self.templates}{name}{self.ending}"

    def spelled(self, node: Node) -> tuple[str, dict[str, str]]:
        """Name and attributes as this version writes them."""
        if not self.is_3 or node.name not in OWN_NAMES:
            return node.name, node.attributes
        return PREFIX + _kebab(node.name), {
            key if ":" in key else _kebab(key): value for key, value in node.attributes.items()
        }


QTI_22: Final = Dialect(
    key="qti22",
    space="http://www.imsglobal.org/xsd/imsqti_v2p2",
    location="http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2.xsd",
    templates="http://www.imsglobal.org/question/qti_v2p2/rptemplates/",
    ending="",
    package_space="http://www.imsglobal.org/xsd/imscp_v1p1",
    package_location="http://www.imsglobal.org/xsd/qti/qtiv2p2/qtiv2p2_imscpv1p2_v1p0.xsd",
    schema="QTIv2.2 Package",
    schema_version="1.0.0",
    types="imsqti_%s_xmlv2p2",
)
QTI_30: Final = Dialect(
    key="qti30",
    space="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    location="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    templates="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
    ending=".xml",
    package_space="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    package_location="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    schema="QTI Package",
    schema_version="3.0.0",
    types="imsqti_%s_xmlv3p0",
    is_3=True,
)


def _kebab(name: str) -> str:
    return re.sub(r"([A-Z])", lambda found: f"-{found[1].lower()}", name)
