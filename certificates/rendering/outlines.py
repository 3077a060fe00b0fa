"""Characters as drawn shapes, for the seal: its letters turn round a centre and belong to the picture."""

from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from certificates.rendering.drawing import curve, move
from lms.kernel.press import fonts


def letters(text: str, size: float) -> list[str]:
    """The path of each character in the bold font, `size` high, standing on the origin (y downwards)."""
    with TTFont(fonts.unpacked()[700], lazy=True) as font:
        names, glyphs = font.getBestCmap(), font.getGlyphSet()
        scale = size / font["head"].unitsPerEm
        return [_path(glyphs, names[ord(char)], scale) if ord(char) in names else "" for char in text]


def _path(glyphs: Any, name: str, scale: float) -> str:
    pen = PathPen(glyphs)
    glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, 0, 0)))
    return " ".join(pen.operators)


class PathPen(BasePen):
    """Turns an outline into PDF path operators; quadratic curves arrive as cubic ones."""

    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self.operators.append(move(*pt))

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self.operators.append(f"{pt[0]:.2f} {pt[1]:.2f} l")

    def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:
        self.operators.append(curve(pt1, pt2, pt3))

    def _closePath(self) -> None:
        self.operators.append("h")
