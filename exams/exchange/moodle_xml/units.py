"""Units of numerical questions. Moodle says how many of a unit make one of the first, we say how much one of it is."""

from collections.abc import Mapping
from decimal import Context, Decimal
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _

from exams.exchange.numbers import decimal, plain
from exams.exchange.unreadable import Broken
from exams.exchange.xml_tree import text_at

_EXACT = Context(prec=15)


def read(element: Element) -> tuple[dict[str, Any], dict[str, Any]]:
    """What content and key say about units."""
    units = [_unit(unit) for unit in element.findall("units/unit")]
    units = [unit for unit in units if unit["name"]]
    if not units:
        return {}, {}
    key: dict[str, Any] = {"units": units}
    if text_at(element, "unitgradingtype") in ("1", "2"):
        key["unit_penalty"] = plain(decimal(text_at(element, "unitpenalty") or "0.1"))
    return {"units": [unit["name"] for unit in units]}, key


def write(element: Element, key: Mapping[str, Any]) -> None:
    """The units of a key."""
    penalty = key.get("unit_penalty")
    SubElement(element, "unitgradingtype").text = "1" if penalty else "0"
    SubElement(element, "unitpenalty").text = penalty or "0.1"
    if key.get("units"):
        SubElement(element, "showunits").text = "0"
        group = SubElement(element, "units")
        for unit in key["units"]:
            each = SubElement(group, "unit")
            SubElement(each, "multiplier").text = inverse(unit.get("factor", "1"))
            SubElement(each, "unit_name").text = unit["name"]
    else:
        SubElement(element, "showunits").text = "3"


def inverse(number: str) -> str:
    """1 over a number, to 15 digits; ValueError for 0."""
    value = decimal(number)
    if not value:
        raise ValueError(number)
    return plain(_EXACT.divide(Decimal(1), value).normalize(_EXACT))


def _unit(unit: Element) -> dict[str, str]:
    text = text_at(unit, "multiplier") or "1"
    try:
        return {"name": text_at(unit, "unit_name"), "factor": inverse(text)}
    except ValueError:
        raise Broken(_("“%(text)s” is not a number") % {"text": text[:40]}) from None
