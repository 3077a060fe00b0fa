"""A line of percentages as coordinates of a drawing: pure arithmetic, the template draws it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 240
LEFT, RIGHT, TOP, BOTTOM = 44, 14, 16, 12


@dataclass(frozen=True)
class Point:
    """`value` of the week with this place in the list."""

    x: int
    y: int
    value: int


@dataclass(frozen=True)
class Chart:
    points: Sequence[Point]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT

    @property
    def line(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def area(self) -> str:
        first, last, foot = self.points[0].x, self.points[-1].x, _y(0)
        return f"{first},{foot} {self.line} {last},{foot}"

    @property
    def rules(self) -> Sequence[Point]:
        """Where 0, 50 and 100 % lie."""
        return [Point(LEFT, _y(value), value) for value in (0, 50, 100)]

    @property
    def right(self) -> int:
        return WIDTH - RIGHT

    @property
    def last(self) -> Point:
        return self.points[-1]


def chart(values: Sequence[int]) -> Chart:
    """Percentages from left to right; a single one stands in the middle."""
    space = WIDTH - LEFT - RIGHT
    steps = len(values) - 1
    places = [LEFT + (space * number // steps if steps else space // 2) for number in range(len(values))]
    return Chart([Point(x, _y(value), value) for x, value in zip(places, values, strict=True)])


def _y(value: int) -> int:
    return TOP + (HEIGHT - TOP - BOTTOM) * (100 - value) // 100
