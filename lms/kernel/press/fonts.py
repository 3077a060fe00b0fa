"""The fonts of what we print: vendored compressed, unpacked once into the data folder, and what they can write.

Beside each full font lies its core, the 6,763 characters of GB 2312: nearly every document needs no more, and a
font a fifth of the size is read and subset in a fifth of the time.
"""

import lzma
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FALLBACK = "fallback"


def folder() -> Path:
    return Path(settings.DATA_DIR) / "fonts"


def unpacked() -> dict[int, Path]:
    """Weight → font file, unpacking what is not there yet. Safe when several processes start together."""
    return {int(path.name.split("-")[1].split(".")[0]): _unpack(path) for path in settings.PDF_FONTS}


def core() -> dict[int, Path]:
    """Weight → the small font for everyday characters, made from the full one the first time."""
    return {weight: _core(path) for weight, path in unpacked().items()}


def fallbacks() -> list[Path]:
    """Fonts an administrator added for rare characters (`fonts/fallback/*.ttf`), used after our own."""
    return sorted((folder() / FALLBACK).glob("*.[to]tf"))


def _unpack(packed: Path) -> Path:
    target = folder() / packed.name.removesuffix(".xz")
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(packed) as source, _whole(target) as fresh:
        fresh.write_bytes(source.read())
    return target


def _core(full: Path) -> Path:
    target = full.with_name(f"core-{full.name}")
    if target.exists():
        return target
    options = Options(layout_features=[], hinting=False, notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=_everyday())
    # Bounds and time stay those of the full font: to work out new ones takes five times as long as all the rest.
    with TTFont(full, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font, _whole(target) as fresh:
        subsetter.subset(font)
        font.save(fresh)
    return target


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """A file to write that becomes the target in one step, whoever else is making it at the same time."""
    fresh = target.with_name(f"{target.name}.{uuid4().hex}")
    try:
        yield fresh
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def _everyday() -> set[int]:
    """ASCII and GB 2312, as its codec knows it."""
    pairs = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    decoded = (pair.decode("gb2312", errors="ignore") for pair in pairs)
    return set(range(0x20, 0x7F)) | {0xB7} | {ord(char) for char in decoded if char}


@cache
def coverage(path: Path) -> frozenset[int]:
    """The code points a font has a glyph for."""
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())
