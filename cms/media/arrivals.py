"""What comes as a film, a recording, captions or a document: looked into by its content, whatever it is called."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.media import boxes, mp3, pages, webvtt

MB: Final = 1024 * 1024
LIMITS: Final = {"video": 300 * MB, "audio": 60 * MB, "captions": 1 * MB, "document": 20 * MB}  # bytes
LONGEST: Final = 4 * 3600  # seconds


@dataclass(frozen=True)
class Arrival:
    """A file as it will be kept. `seconds`: rounded down; `drawn`: its pages as pictures, in order."""

    file: Path
    mime: str
    seconds: int = 0
    drawn: list[Path] = field(default_factory=list)


@contextmanager
def looked_into(kind: str, upload: Any) -> Iterator[Arrival]:
    """An uploaded file of this kind, in a folder that is gone afterwards. Raises ValidationError with a sentence."""
    if not upload.size:
        raise ValidationError(_("This file is empty. Please choose another one."))
    if upload.size > LIMITS[kind]:
        raise ValidationError(too_large(-(-upload.size // MB), kind))
    with TemporaryDirectory() as name:
        folder = Path(name)
        yield _READERS[kind](_on_disk(upload, folder), folder)


def _on_disk(upload: Any, folder: Path) -> Path:
    """Large uploads lie on the disk already."""
    if hasattr(upload, "temporary_file_path"):
        return Path(upload.temporary_file_path())
    file = folder / "came"
    file.write_bytes(upload.read())
    return file


def too_large(size: object, kind: str) -> str:
    """`size` in MB."""
    said = _("This file has %(size)s MB; at most %(most)d MB are possible. Please make it smaller or split it.")
    return said % {"size": size, "most": LIMITS[kind] // MB}


def _video(file: Path, folder: Path) -> Arrival:
    film = _film(file, _("This is not a complete MP4 video. Please export it again as MP4 (H.264, AAC)."))
    pictures = [track.codec for track in film.tracks if track.handler == "vide"]
    if not pictures:
        raise ValidationError(_("This file has sound but no picture. Please add it as audio."))
    if set(pictures) - {"avc1", "avc3"}:
        said = _(
            "The picture is coded as “%(codec)s”, which many phones cannot play. Please export as MP4 with H.264."
        )
        raise ValidationError(said % {"codec": pictures[0]})
    return Arrival(_starting_early(film, file, folder), "video/mp4", _lasting(film.seconds))


def _audio(file: Path, folder: Path) -> Arrival:
    with file.open("rb") as stream:
        if stream.read(12)[4:8] != b"ftyp":
            return _mp3(file, stream)
    film = _film(file, _("This is not a complete MP3 or M4A file. Please export it again."))
    if any(track.handler == "vide" for track in film.tracks):
        raise ValidationError(_("This file has a picture. Please add it as a video."))
    if not film.tracks:
        raise ValidationError(_("There is no sound in this file. Please choose another one."))
    return Arrival(_starting_early(film, file, folder), "audio/mp4", _lasting(film.seconds))


def _mp3(file: Path, stream: io.BufferedReader) -> Arrival:
    try:
        seconds = mp3.seconds(stream, file.stat().st_size)
    except mp3.Broken:
        raise ValidationError(_("This is not a complete MP3 or M4A file. Please export it again.")) from None
    return Arrival(file, "audio/mpeg", _lasting(seconds))


def _film(file: Path, otherwise: str) -> boxes.Film:
    """What a film is made of. `otherwise` is said when it is none."""
    try:
        with file.open("rb") as stream:
            film = boxes.read(stream, file.stat().st_size)
    except boxes.Broken:
        raise ValidationError(otherwise) from None
    if film.brand == "qt  ":
        raise ValidationError(_("This is a QuickTime file. Please export it as MP4 (H.264, AAC)."))
    if film.split:
        raise ValidationError(_("This file is made for streaming in pieces. Please export it as an ordinary MP4."))
    sounds = [track for track in film.tracks if track.handler == "soun"]
    if not all(track.aac for track in sounds):
        raise ValidationError(_("The sound is not coded as AAC, which many phones need. Please export with AAC."))
    return film


def _starting_early(film: boxes.Film, file: Path, folder: Path) -> Path:
    """The film with its index in front: otherwise a phone loads all of it before the first picture."""
    if film.ready:
        return file
    moved = folder / "moved"
    with file.open("rb") as stream, moved.open("wb") as out:
        boxes.index_first(stream, file.stat().st_size, out)
    return moved


def _lasting(seconds: float) -> int:
    if seconds < 1:
        raise ValidationError(_("This file lasts less than a second. Please choose another one."))
    if seconds > LONGEST:
        raise ValidationError(_("This file lasts longer than four hours. Please split it."))
    return int(seconds)


def _captions(file: Path, folder: Path) -> Arrival:
    try:
        webvtt.check(file.read_bytes())
    except webvtt.NotCaptions as wrong:
        if not wrong.line:
            said = _("This is not a WebVTT file. Captions begin with the line WEBVTT and are saved as UTF-8.")
            raise ValidationError(said) from None
        said = _("Line %(line)d of the captions has no valid times, such as 00:01.000 --> 00:04.000.")
        raise ValidationError(said % {"line": wrong.line}) from None
    return Arrival(file, "text/vtt; charset=utf-8")


def _document(file: Path, folder: Path) -> Arrival:
    with file.open("rb") as stream:
        if b"%PDF-" not in stream.read(1024):
            raise ValidationError(_("Only PDF documents can be shown in a lesson. Please save the document as PDF."))
    try:
        count = pages.draw(file, folder)
    except pages.NotDrawn as wrong:
        raise ValidationError(_UNDRAWN[wrong.code]()) from None
    return Arrival(file, "application/pdf", drawn=[folder / f"{number}.webp" for number in range(1, count + 1)])


_UNDRAWN: dict[int, Callable[[], str]] = {
    pages.NOT_A_PDF: lambda: _("This PDF cannot be opened. Please export it again."),
    pages.TOO_MANY: lambda: _("This document has more than %(most)d pages. Please split it.") % {"most": pages.MOST},
    pages.LOCKED: lambda: _("This PDF is locked with a password. Please save it without one."),
}
_READERS: dict[str, Callable[[Path, Path], Arrival]] = {
    "video": _video, "audio": _audio, "captions": _captions, "document": _document
}  # fmt: skip
