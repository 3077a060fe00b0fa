"""A drawing as PDF operators, compressed once and placed into any number of documents.

WeasyPrint walks an SVG again for every document, which costs more than everything else on a certificate together. To
WeasyPrint a `Drawing` is an image like its own: it knows its size and how to draw itself on a stream.
"""

from itertools import count
from typing import Any, Final

import pydyf

PX_PER_MM: Final = 96 / 25.4
_identifiers = count(1)


def stroke(colour: str, width: float, path: str) -> str:
    """The path drawn as a line, `width` in mm."""
    return f"{_rgb(colour)} RG {width:g} w {path} S"


def fill(colour: str, path: str) -> str:
    return f"{_rgb(colour)} rg {path} f"


def rectangle(x: float, y: float, width: float, height: float) -> str:
    return f"{x:g} {y:g} {width:g} {height:g} re"


def circle(x: float, y: float, radius: float) -> str:
    """Four curves, as usual."""
    k = radius * 0.5523
    quarters = [
        ((x + radius, y + k), (x + k, y + radius), (x, y + radius)),
        ((x - k, y + radius), (x - radius, y + k), (x - radius, y)),
        ((x - radius, y - k), (x - k, y - radius), (x, y - radius)),
        ((x + k, y - radius), (x + radius, y - k), (x + radius, y)),
    ]
    return " ".join([move(x + radius, y), *(curve(*quarter) for quarter in quarters), "h"])


def polygon(points: list[tuple[float, float]]) -> str:
    return " ".join([move(*points[0]), *(f"{x:.2f} {y:.2f} l" for x, y in points[1:]), "h"])


def move(x: float, y: float) -> str:
    return f"{x:.2f} {y:.2f} m"


def curve(*points: tuple[float, float]) -> str:
    return " ".join(f"{x:.2f} {y:.2f}" for x, y in points) + " c"


def placed(matrix: tuple[float, float, float, float, float, float], operators: str) -> str:
    """The operators under a transformation, which ends with them."""
    return f"q {' '.join(f'{value:.4f}' for value in matrix)} cm {operators} Q"


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


class Drawing:
    """Operators in millimetres, y downwards from the upper left corner of a box."""

    def __init__(self, width: float, height: float, operators: list[str]) -> None:
        self.width, self.height = width, height
        self.operators = "\n".join(operators).encode("ascii")
        self.id = f"drawing{next(_identifiers)}"
        self._form: bytes | None = None

    def get_intrinsic_size(self, _resolution: Any, _font_size: Any) -> tuple[float, float, float]:
        """In px, with the ratio: WeasyPrint asks its images so."""
        return self.width * PX_PER_MM, self.height * PX_PER_MM, self.width / self.height

    def draw(self, stream: Any, width: float, height: float, _style: Any) -> None:
        with stream.stacked():
            stream.transform(a=width / self.width, d=height / self.height)
            stream._resources["XObject"][self.id] = self._fresh_form()
            stream.draw_x_object(self.id)

    def _fresh_form(self) -> "Finished":
        """A form object for one document; its compressed bytes are shared by all."""
        if self._form is None:
            box = pydyf.Array((0, 0, self.width, self.height))
            extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Resources": pydyf.Dictionary()}
            self._form = pydyf.Stream([self.operators], extra, compress=True).data
        return Finished(self._form)


class Finished(pydyf.Stream):
    """A PDF stream whose bytes are known already."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data

    @property
    def data(self) -> bytes:
        return self._data
