"""The histogram of totals as coordinates of a drawing: pure arithmetic, the template draws it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 12, 12, 40, 38
GAP = 6


@dataclass(frozen=True)
class Bar:
    """How many totals lie from `start` up to `end` per cent of the points; the last bar includes its end."""

    start: int
    end: int
    count: int
    x: int
    y: int
    width: int
    height: int
    passed: bool

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True)
class Histogram:
    bars: Sequence[Bar]
    pass_x: int
    width: int = WIDTH
    height: int = HEIGHT
    foot: int = HEIGHT - BOTTOM

    @property
    def scale(self) -> list[tuple[int, int]]:
        """Where 0, 20 … 100 % lie."""
        return [(_x(percent), percent) for percent in range(0, 101, 20)]


def histogram(bins: Sequence[int], pass_percent: int) -> Histogram:
    """Equal parts of the points, from left to right; `passed` bars lie wholly at or above the pass mark."""
    most, step = max([1, *bins]), 100 // len(bins)
    bars = [_bar(number * step, step, count, most, pass_percent) for number, count in enumerate(bins)]
    return Histogram(bars, _x(pass_percent))


def _bar(start: int, step: int, count: int, most: int, pass_percent: int) -> Bar:
    height = (HEIGHT - TOP - BOTTOM) * count // most
    left, right = _x(start) + GAP // 2, _x(start + step) - GAP // 2
    return Bar(start, start + step, count, left, HEIGHT - BOTTOM - height, right - left, height, start >= pass_percent)


def _x(percent: int) -> int:
    return LEFT + (WIDTH - LEFT - RIGHT) * percent // 100
