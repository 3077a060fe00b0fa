"""The accepted answers of one place: a text, a number, or one of some options.

`{"accepted": [{"text": "…", "share": "1"}], "case"?, "wild"?}`, `{"accepted": [{"value", "tolerance", "share"}],
"units"?, "unit_penalty"?}` or `{"accepted": [{"option": own index, "share"}]}`. A share that is absent is all of it.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from exams.types import checking
from exams.types.comparing import best, factor, near, number, part, same
from exams.types.question_type import Refused

Place = Mapping[str, Any]
Earned = tuple[int | None, Fraction]
NOTHING: Earned = (None, Fraction(0))


def checked(kind: str, place: object, options: Sequence[str]) -> dict[str, Any]:
    """The canonical key of a place; Refused when it is none or nothing earns all."""
    sent = checking.mapping(place, "answer")
    entries = checking.listed(sent.get("accepted"), "answer", least=1, most=50)
    made = {"accepted": [_entry(kind, checking.mapping(each, "answer"), options) for each in entries]}
    if all(_share(each) != 1 for each in made["accepted"]):
        raise Refused("answer", _("one of the accepted answers must earn all points"))
    if kind == "text":
        return made | {name: True for name in ("case", "wild") if checking.flag(sent.get(name))}
    return made | (_units(sent) if kind == "number" else {})


def earned(kind: str, place: Place, given: Any) -> Earned:
    """Which accepted answer it is, and its share; (None, 0) for none. `given`: a text, or an option's own index."""
    if given is None:
        return NOTHING
    if kind == "number":
        return _of_number(place, given)
    return best((n, _share(each)) for n, each in enumerate(place["accepted"]) if _is(kind, place, each, given))


def right(kind: str, place: Place) -> Any:
    """An answer that earns all."""
    entry = next(each for each in place["accepted"] if _share(each) == 1)
    if kind == "choice":
        return entry["option"]
    if kind == "number":
        return " ".join(filter(None, [entry["value"], _base_unit(place)]))
    return entry["text"].replace("*", "") or "x" if place.get("wild") else entry["text"]


def words(kind: str, place: Place, options: Sequence[str]) -> str:
    """What is accepted, for people."""
    return "；".join(_words(kind, place, each, options) for each in place["accepted"] if _share(each) > 0)


def _entry(kind: str, entry: Place, options: Sequence[str]) -> dict[str, Any]:
    share = {"share": checking.share(entry.get("share", "1"), "shares")}
    if kind == "choice":
        return {"option": checking.index(entry.get("option"), "answer", len(options)), **share}
    if kind == "number":
        tolerance = checking.positive(entry.get("tolerance", "0"), "answer")
        return {"value": checking.decimal(entry.get("value"), "answer"), "tolerance": tolerance, **share}
    return {"text": checking.text(entry.get("text"), "answer", longest=500), **share}


def _units(sent: Place) -> dict[str, Any]:
    if not sent.get("units"):
        return {}
    units = [_unit(checking.mapping(each, "units")) for each in checking.listed(sent["units"], "units", most=20)]
    if all(each["factor"] != "1" for each in units):
        raise Refused("units", _("one unit must be that of the answer, with the factor 1"))
    if sent.get("unit_penalty") is None:
        return {"units": units}
    return {"units": units, "unit_penalty": checking.positive(checking.share(sent["unit_penalty"], "units"), "units")}


def _unit(sent: Place) -> dict[str, str]:
    factor = checking.positive(sent.get("factor", "1"), "units")
    if factor == "0":
        raise Refused("units", _("a factor must not be 0"))
    return {"name": checking.text(sent.get("name"), "units", longest=20), "factor": factor}


def _share(entry: Place) -> Fraction:
    return part(entry.get("share", "1"))


def _is(kind: str, place: Place, entry: Place, given: Any) -> bool:
    if kind == "choice":
        return bool(entry["option"] == given)
    return same(given, entry["text"], case=bool(place.get("case")), wild=bool(place.get("wild")))


def _of_number(place: Place, given: str) -> Earned:
    typed = number(given)
    if typed is None:
        return NOTHING
    units, penalty = place.get("units", []), place.get("unit_penalty")
    times = factor(typed.unit, units) if typed.unit else None
    if typed.unit and times is None and penalty is None:
        return NOTHING
    value = typed.value * (times or 1)
    which, share = best((n, _share(each)) for n, each in enumerate(place["accepted"]) if near(value, each))
    return which, max(Fraction(0), share - Fraction(penalty)) if penalty and times is None else share


def _base_unit(place: Place) -> str:
    return next((each["name"] for each in place.get("units", []) if each["factor"] == "1"), "")


def _words(kind: str, place: Place, entry: Place, options: Sequence[str]) -> str:
    if kind == "choice":
        return options[entry["option"]]
    if kind == "text":
        return str(entry["text"])
    tolerance = entry.get("tolerance", "0")
    return " ".join(filter(None, [entry["value"], f"± {tolerance}" if tolerance != "0" else "", _base_unit(place)]))
