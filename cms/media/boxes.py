"""MP4 files, read box by box: what is inside, how long it is, and the index moved to the front (ISO 14496-12)."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

MOST_INDEX: Final = 32 * 1024 * 1024  # bytes of an index (moov); an hour needs less than three million
CONTAINERS: Final = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
AAC: Final = frozenset({0x40, 0x66, 0x67, 0x68})  # object types of MPEG-4 and MPEG-2 AAC


class Broken(ValueError):
    """Not an MP4 file, or one that ends too early."""


@dataclass(frozen=True)
class Box:
    """`start` of its header, `body` and `end`, in bytes from the beginning of the file."""

    kind: bytes
    start: int
    body: int
    end: int


@dataclass(frozen=True)
class Track:
    """`handler`: "vide", "soun", …; `codec`: "avc1", "hvc1", "mp4a", … (`aac` says which mp4a)."""

    handler: str
    codec: str
    aac: bool = False


@dataclass(frozen=True)
class Film:
    """`seconds` of its index; `ready`: the index comes before the pictures; `split`: in fragments."""

    brand: str
    seconds: float
    tracks: tuple[Track, ...]
    ready: bool
    split: bool


def boxes(file: IO[bytes], start: int, end: int) -> Iterator[Box]:
    """The boxes side by side from `start` to `end`. Raises Broken where one does not fit."""
    while start < end:
        file.seek(start)
        head = file.read(16)
        if len(head) < 8:
            raise Broken
        size, kind, body = int.from_bytes(head[:4]), head[4:8], start + 8
        if size == 1:
            size, body = int.from_bytes(head[8:16]), start + 16
        size = size or end - start
        if start + size < body or start + size > end:
            raise Broken
        yield Box(kind, start, body, start + size)
        start += size


def read(file: IO[bytes], size: int) -> Film:
    """Raises Broken for everything that is no MP4 file from its first to its last byte."""
    top = list(boxes(file, 0, size))
    order = [box.kind for box in top]
    if not order or order[0] != b"ftyp" or b"moov" not in order or b"mdat" not in order:
        raise Broken
    file.seek(top[0].body)
    brand = file.read(4).decode("latin-1")
    index = _index(file, top)
    parts = list(boxes(index, 8, _length(index)))
    tracks = tuple(_track(index, part) for part in parts if part.kind == b"trak")
    split = any(part.kind == b"mvex" for part in parts)
    ready = order.index(b"moov") < order.index(b"mdat")
    return Film(brand, _seconds(index, parts), tracks, ready, split)


def _index(file: IO[bytes], top: list[Box]) -> IO[bytes]:
    """The moov box with an eight-byte header, in memory."""
    box = next(box for box in top if box.kind == b"moov")
    length = box.end - box.body
    if length > MOST_INDEX:
        raise Broken
    file.seek(box.body)
    return io.BytesIO((length + 8).to_bytes(4) + b"moov" + file.read(length))


def _length(index: IO[bytes]) -> int:
    return index.seek(0, io.SEEK_END)


def _bytes(file: IO[bytes], box: Box) -> bytes:
    file.seek(box.body)
    return file.read(box.end - box.body)


def _inside(file: IO[bytes], box: Box, *kinds: bytes) -> bytes:
    """What the first box of these kinds, one inside the other, holds. Raises Broken when there is none."""
    for kind in kinds:
        found = next((one for one in boxes(file, box.body, box.end) if one.kind == kind), None)
        if found is None:
            raise Broken
        box = found
    return _bytes(file, box)


def _seconds(index: IO[bytes], parts: list[Box]) -> float:
    header = next((_bytes(index, part) for part in parts if part.kind == b"mvhd"), b"")
    wide = header[:1] == b"\x01"
    if len(header) < (32 if wide else 20):
        raise Broken
    scale, length = (header[20:24], header[24:32]) if wide else (header[12:16], header[16:20])
    if not int.from_bytes(scale) or length == b"\xff" * len(length):
        raise Broken
    return int.from_bytes(length) / int.from_bytes(scale)


def _track(index: IO[bytes], box: Box) -> Track:
    handler = _inside(index, box, b"mdia", b"hdlr")[8:12].decode("latin-1")
    samples = _inside(index, box, b"mdia", b"minf", b"stbl", b"stsd")
    codec = samples[12:16].decode("latin-1")
    return Track(handler, codec, codec == "mp4a" and _object_type(samples) in AAC)


def _object_type(samples: bytes) -> int:
    """Which sound an mp4a really is: the byte after tag 4 of its elementary stream; 0 when it does not say."""
    place = samples.find(b"esds") + 8
    if place < 8:
        return 0
    place = _after_length(samples, place + 1) + 3  # tag 3, its length, stream id and flags
    place = _after_length(samples, place + 1)
    return samples[place] if place < len(samples) else 0


def _after_length(data: bytes, place: int) -> int:
    """Behind a length of up to four bytes, each of which says whether another follows."""
    for _ in range(3):
        if place < len(data) and data[place] & 0x80:
            place += 1
    return place + 1


def index_first(file: IO[bytes], size: int, out: IO[bytes]) -> None:
    """The same film with its index in front, so that it starts before it has come as a whole."""
    top = list(boxes(file, 0, size))
    place = next(number for number, box in enumerate(top) if box.kind == b"moov")
    index = bytearray(_index(file, top).read())
    _move(index, len(index), before=top[place].start)
    for box in (top[0], None, *top[1:place], *top[place + 1 :]):
        if box is None:
            out.write(index)
        else:
            _copy(file, box, out)


def _move(index: bytearray, by: int, before: int) -> None:
    """Add `by` to every place of the film that lies `before` where the index was."""
    view = io.BytesIO(bytes(index))
    pending = [Box(b"moov", 0, 8, len(index))]
    while pending:
        box = pending.pop()
        if box.kind in CONTAINERS:
            pending += boxes(view, box.body, box.end)
        elif box.kind in (b"stco", b"co64"):
            width = 4 if box.kind == b"stco" else 8
            for start in range(box.body + 8, box.end - width + 1, width):
                place = int.from_bytes(index[start : start + width])
                if place < before:
                    index[start : start + width] = (place + by).to_bytes(width)


def _copy(file: IO[bytes], box: Box, out: IO[bytes]) -> None:
    file.seek(box.start)
    left = box.end - box.start
    while left and (chunk := file.read(min(left, 1024 * 1024))):
        out.write(chunk)
        left -= len(chunk)
