"""The upper, middle and lower third of those who sat, by their totals."""

from collections.abc import Sequence
from enum import IntEnum


class Third(IntEnum):
    LOWER = 0
    MIDDLE = 1
    UPPER = 2


def thirds(totals: Sequence[int]) -> list[Third]:
    """The third of each attempt. Upper and lower are equally large; of equal totals the earlier attempt is lower."""
    size = len(totals) // 3
    order = sorted(range(len(totals)), key=totals.__getitem__)
    found = [Third.MIDDLE] * len(totals)
    for attempt in order[:size]:
        found[attempt] = Third.LOWER
    for attempt in order[len(order) - size :] if size else ():
        found[attempt] = Third.UPPER
    return found


def bins(totals: Sequence[int], maximum: int, count: int = 10) -> list[int]:
    """How many totals lie in each of `count` equal parts of the points; full marks belong to the last."""
    found = [0] * count
    for total in totals:
        part = count * total // maximum if maximum else 0
        found[min(count - 1, max(0, part))] += 1
    return found
