"""MP3 files, read frame by frame: whether they are that, and how long they last."""

from typing import IO, Final

# Kilobits a second of Layer III, by the four bits of a frame's header; 0: not allowed.
FIRST: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
LATER: Final = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
RATES: Final = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # Hz: MPEG 1, 2, 2.5
STRAY: Final = 64 * 1024  # bytes that may follow the last frame: tags of players
FEWEST: Final = 3


class Broken(ValueError):
    """Not an MP3 file, or one with gaps."""


def seconds(file: IO[bytes], size: int) -> float:
    """The sum of all frames. Raises Broken when other things than frames lie between the tags."""
    place, total, frames = _after_tag(file), 0.0, 0
    while place + 4 <= size:
        file.seek(place)
        frame = _frame(file.read(4))
        if frame is None:
            break
        length, lasts = frame
        place += length
        total += lasts
        frames += 1
    if frames < FEWEST or size - place > STRAY:
        raise Broken
    return total


def _after_tag(file: IO[bytes]) -> int:
    """Where an ID3 tag in front ends."""
    file.seek(0)
    head = file.read(10)
    if head[:3] != b"ID3" or len(head) < 10:
        return 0
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size + (10 if head[5] & 0x10 else 0)


def _frame(head: bytes) -> tuple[int, float] | None:
    """Bytes and seconds of the frame that begins like this; None when no frame of Layer III does."""
    word = int.from_bytes(head)
    version, layer, rate = word >> 19 & 3, word >> 17 & 3, word >> 10 & 3
    if word >> 21 != 0x7FF or layer != 1 or version == 1 or rate == 3:
        return None
    kilobits = (FIRST if version == 3 else LATER)[word >> 12 & 15]
    if not kilobits:
        return None
    hertz, samples = RATES[version][rate], 1152 if version == 3 else 576
    return samples // 8 * kilobits * 1000 // hertz + (word >> 9 & 1), samples / hertz
