"""The organisation tree: the only writer of `OrgUnit.path`."""

import re
from datetime import datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from lms.journal.actions import write
from lms.people.enums import UnitKind
from lms.people.models import OrgUnit, Person
from lms.people.refusals import refused

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,31}")


@transaction.atomic
def place_unit(
    *,
    code: str,
    name: str,
    kind: UnitKind,
    parent: OrgUnit | None,
    by: Person | None,
    at: datetime,
    order: int = 0,
) -> OrgUnit:
    """Open a unit under `parent`, or rename and re-hang the one with this code together with all below it.

    Codes are never reused: they name the unit for ever.
    """
    if not _CODE.fullmatch(code):
        raise refused("unit_code")
    path = f"{parent.path if parent else ''}{code}/"
    moved: dict[str, bool | int | None] = {}
    unit = OrgUnit.objects.select_for_update().filter(code=code).first()
    if unit is None:
        unit = OrgUnit(code=code, path=path, opened_on=at.date())
    elif parent and parent.path.startswith(unit.path):
        raise refused("unit_inside_itself")
    elif unit.path != path:
        moved = {"moved": True, "was_under": unit.parent_id}
        _rehang(unit, path)
    unit.name, unit.kind, unit.parent, unit.order, unit.path = name, kind, parent, order, path
    unit.save()
    payload = {"code": code, "parent": parent and parent.pk, **moved}
    write("unit-placed", by=by, at=at, unit=unit, payload=payload)
    return unit


def _rehang(unit: OrgUnit, path: str) -> None:
    below = OrgUnit.objects.below(unit).exclude(pk=unit.pk)
    below.update(path=Concat(Value(path), Substr("path", len(unit.path) + 1)))
