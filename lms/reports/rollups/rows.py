"""Reading and writing roll-up rows of one course. Writers hold the lock: one at a time, in whatever process."""

from collections.abc import Collection, Mapping
from datetime import datetime

from lms.journal.actions import pulse
from lms.people.models import OrgUnit
from lms.reports.models import COUNTS, KEY, OWN, Rollup
from lms.reports.rollups.facts import Counts, Key

Pair = tuple[Counts, Counts]  # own, and with all below
BATCH = 1000


def lock(*, at: datetime) -> None:
    """Wait until nobody else writes roll-ups; held to the end of the transaction."""
    pulse("reports.fold", at=at)


def stored(course: int, units: Collection[int], **only: bool) -> dict[Key, Pair]:
    """What stands there; `only_required` narrows it."""
    rows = Rollup.objects.filter(course=course, unit__in=units, **only)
    names = rows.values_list("unit", "measure", "only_required", "moment", *OWN, *COUNTS)
    return {Key(*row[:4]): (row[4:7], row[7:10]) for row in names.iterator()}


def store(course: int, pairs: Mapping[Key, Pair]) -> None:
    """Write these rows over what stands there."""
    rows = [_row(course, key, *pairs[key]) for key in sorted(pairs)]
    Rollup.objects.bulk_create(rows, BATCH, update_conflicts=True, unique_fields=KEY, update_fields=(*OWN, *COUNTS))


def chains(units: Collection[int]) -> dict[int, list[int]]:
    """Each of these units with everything above it: the ids, from the top down to itself."""
    rows = OrgUnit.objects.filter(pk__in=units).values_list("pk", "path")
    paths = {pk: path.strip("/").split("/") for pk, path in rows}
    codes = {code for path in paths.values() for code in path}
    ids = dict(OrgUnit.objects.filter(code__in=codes).values_list("code", "pk"))
    return {pk: [ids[code] for code in path] for pk, path in paths.items()}


def _row(course: int, key: Key, own: Counts, deep: Counts) -> Rollup:
    counts = dict(zip((*OWN, *COUNTS), (*own, *deep), strict=True))
    return Rollup(
        unit_id=key.unit, course_id=course, measure=key.measure, only_required=key.only_required, moment=key.moment,
        **counts,
    )  # fmt: skip
