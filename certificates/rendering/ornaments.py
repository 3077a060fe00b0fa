"""The drawn parts of a certificate: the woven border, the rosette behind the words, the round seal, the QR code.

Millimetres; every curve is a cubic through points with known slopes.
"""

from functools import cache, lru_cache
from math import cos, pi, radians, sin
from typing import Final

import segno

from certificates.rendering import outlines
from certificates.rendering.drawing import (
    Drawing,
    circle,
    curve,
    fill,
    move,
    placed,
    polygon,
    rectangle,
    stroke,
)

WIDTH, HEIGHT = 297.0, 210.0  # A4 landscape
TEAL, GOLD, INK, PAPER = "#0b6e5e", "#b08d3c", "#17211e", "#fdfcf7"
PALE_TEAL, PALE_GOLD = "#e3ece5", "#f3ead6"  # behind words: they must stay easy to read
SEAL_RED: Final = "#d4473f"
SEAL_SIZE: Final = 42.0
BAND: Final = 11.5  # middle of the woven band, from the edge of the sheet
SWING: Final = 2.1  # of its threads to either side
HALF_WAVE: Final = 4.6  # about; made to fit the side exactly
CORNER: Final = 6.0  # from the middle of a corner to where the band starts
MASK: Final = 2  # any mask reads well; weighing all eight costs more than drawing the code


@cache
def sheet() -> Drawing:
    """The sheet under the words: paper, lines, woven band, corner rosettes and pale rosettes in the middle."""
    middle = WIDTH / 2, 104.0
    frames = ((7.2, TEAL, 0.9), (8.5, GOLD, 0.25), (14.5, GOLD, 0.25), (15.4, TEAL, 0.45))
    corners = [(x, y) for x in (BAND, WIDTH - BAND) for y in (BAND, HEIGHT - BAND)]
    return Drawing(
        WIDTH,
        HEIGHT,
        [
            fill(PAPER, rectangle(0, 0, WIDTH, HEIGHT)),
            stroke(PALE_TEAL, 0.22, _rosette(*middle, 52, 36, 30)),
            stroke(PALE_GOLD, 0.22, _rosette(*middle, 37, 22, 24)),
            stroke(PALE_TEAL, 0.22, _rosette(*middle, 23, 6, 16)),
            *(stroke(colour, width, _frame(inset)) for inset, colour, width in frames),
            stroke(TEAL, 0.28, f"{_thread(0)} {_thread(1)}"),
            stroke(GOLD, 0.28, f"{_thread(0.5)} {_thread(1.5)}"),
            *(_corner(*corner) for corner in corners),
        ],
    )


@lru_cache(maxsize=64)
def seal(text: str) -> Drawing:
    """A round red seal. Up to four characters stand in its middle; longer text runs round a star."""
    inner = _in_the_middle(text) if len(text) <= 4 else _round_a_star(text)
    rings = [stroke(SEAL_RED, 1.1, circle(0, 0, 19.6)), stroke(SEAL_RED, 0.25, circle(0, 0, 18.1))]
    half = SEAL_SIZE / 2
    return Drawing(SEAL_SIZE, SEAL_SIZE, [placed((1, 0, 0, 1, half, half), "\n".join([*rings, inner]))])


def qr(text: str) -> Drawing:
    """The QR code without a margin, one module a millimetre; whoever places it leaves four modules around it."""
    rows = list(segno.make(text, error="m", micro=False, mask=MASK).matrix)
    runs = [rectangle(x, y, length, 1) for y, row in enumerate(rows) for x, length in _runs(row)]
    return Drawing(len(rows), len(rows), [fill(INK, " ".join(runs))])


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """(start, length) of the dark stretches of a row."""
    edges = [x for x in range(len(row) + 1) if (row[x - 1] if x else 0) != (row[x] if x < len(row) else 0)]
    return [(start, end - start) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _frame(inset: float) -> str:
    return rectangle(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)


def _thread(phase: float) -> str:
    """One thread of the woven band along all four sides; `phase` in half waves."""
    left, right, top, bottom = BAND + CORNER, WIDTH - BAND - CORNER, BAND + CORNER, HEIGHT - BAND - CORNER
    rows = [_wave(left, right, y, phase, upright=False) for y in (BAND, HEIGHT - BAND)]
    columns = [_wave(top, bottom, x, phase, upright=True) for x in (BAND, WIDTH - BAND)]
    return " ".join(rows + columns)


def _wave(start: float, end: float, across: float, phase: float, *, upright: bool) -> str:
    """A sine from `start` to `end`, two curves a half wave; an uneven phase starts on its crest."""
    count = 2 * round((end - start) / HALF_WAVE / 2)
    step = (end - start) / count / 2
    points, slopes = [], []
    for n in range(2 * count + 1):
        along, angle = start + n * step, pi * (phase + n / 2)
        point, slope = (along, across + SWING * sin(angle)), (step, SWING * cos(angle) * pi / 2)
        points.append(point[::-1] if upright else point)
        slopes.append(slope[::-1] if upright else slope)
    return _smooth(points, slopes)


def _rosette(x: float, y: float, outer: float, inner: float, petals: int) -> str:
    """Interlaced petals between two radii, as banks draw them: three waves round a circle, each shifted."""
    return " ".join(_ring_wave(x, y, outer, inner, petals, shift / 3) for shift in range(3))


def _ring_wave(x: float, y: float, outer: float, inner: float, petals: int, shift: float) -> str:
    middle, swing = (outer + inner) / 2, (outer - inner) / 2
    turn = pi / 2 / petals
    points, slopes = [], []
    for n in range(4 * petals + 1):
        angle, wave = n * turn, n * pi / 2 + 2 * pi * shift
        radius, rise = middle + swing * cos(wave), -swing * petals * sin(wave)
        points.append((x + radius * cos(angle), y + radius * sin(angle)))
        along, across = rise * cos(angle) - radius * sin(angle), rise * sin(angle) + radius * cos(angle)
        slopes.append((along * turn, across * turn))
    return _smooth(points, slopes)


def _smooth(points: list[tuple[float, float]], slopes: list[tuple[float, float]]) -> str:
    """A path through the points that leaves and reaches each with its slope (per step)."""
    path = [move(*points[0])]
    for (a, b), (c, d), (du, dv), (eu, ev) in zip(points, points[1:], slopes, slopes[1:], strict=False):
        path.append(curve((a + du / 3, b + dv / 3), (c - eu / 3, d - ev / 3), (c, d)))
    return " ".join(path)


def _corner(x: float, y: float) -> str:
    """A small rosette in a square, where two bands meet."""
    half = CORNER - 1.6
    square = rectangle(x - half, y - half, 2 * half, 2 * half)
    return "\n".join(
        [
            fill(PAPER, square),
            stroke(TEAL, 0.35, square),
            stroke(GOLD, 0.2, _rosette(x, y, 3.9, 1.1, 8)),
            fill(TEAL, circle(x, y, 0.9)),
        ]
    )


def _in_the_middle(text: str) -> str:
    rules = [fill(SEAL_RED, rectangle(-13, y, 26, 0.45)) for y in (-7.0, 6.6)]
    return "\n".join([_level(text, 7.0, 2.5), *rules, _star(0, -12, 2.6), _star(0, 12, 1.5)])


def _round_a_star(text: str) -> str:
    """The text along the upper rim, feet towards the star; what follows its last blank stands level below the star."""
    rim, _, level = text.rpartition(" ") if " " in text.strip() else (text, "", "")
    size = min(5.6, 58 / len(rim))
    spread = radians(min(230 if level else 250, 24 * len(rim)))
    shapes = [_star(0, -0.6 if level else 0, 5.4 if level else 6.2)]
    for n, letter in enumerate(outlines.letters(rim, size)):
        angle = -spread / 2 + spread * (n + 0.5) / len(rim)
        turned = placed((1, 0, 0, 1, -size / 2, -12.4), fill(SEAL_RED, letter))
        shapes.append(placed((cos(angle), sin(angle), -sin(angle), cos(angle), 0, 0), turned))
    return "\n".join([*shapes, _level(level, min(4.4, 20 / max(len(level), 1)), 12.2)])


def _level(text: str, size: float, foot: float) -> str:
    """A centred line of text whose letters stand on `foot`."""
    start = -len(text) * size / 2
    letters = outlines.letters(text, size)
    return "\n".join(
        placed((1, 0, 0, 1, start + n * size, foot), fill(SEAL_RED, letter)) for n, letter in enumerate(letters)
    )


def _star(x: float, y: float, radius: float) -> str:
    reaches = [radius if n % 2 == 0 else radius * 0.382 for n in range(10)]
    points = [(x + reach * sin(n * pi / 5), y - reach * cos(n * pi / 5)) for n, reach in enumerate(reaches)]
    return fill(SEAL_RED, polygon(points))
