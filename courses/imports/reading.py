"""Which reader a file needs, by what is in it rather than by its name alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from courses.imports import archives, markdown, word
from courses.imports.draft import CourseDraft, Note, Unreadable

MAX_BYTES = 20 * 1024 * 1024  # all files together
TEXTS = {".md", ".markdown", ".txt"}
PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".svg", ".tif", ".tiff", ".emf", ".wmf", ".heic"}
ZIP, OLE, PDF, RTF = b"PK", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf"


@dataclass(frozen=True)
class Sent:
    """A file as somebody sent it; `name` may be a path inside what was sent."""

    name: str
    content: bytes

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name.replace("\\", "/")).suffix.lower()


def read(files: Sequence[Sent]) -> CourseDraft:
    """The course some files describe: one document, and pictures when it is Markdown. Raises Unreadable."""
    if sum(len(file.content) for file in files) > MAX_BYTES:
        raise too_large()
    if len(files) == 1 and not files[0].content:
        raise Unreadable(_("The file is empty."))
    if len(files) == 1 and files[0].suffix not in TEXTS | PICTURES or _is_package(files[0]):
        return _only(files)
    return _with_pictures(list(files), [])


def too_large() -> Unreadable:
    return Unreadable(_("The files are larger than 20 MB. Please split them or make the pictures smaller."))


def _is_package(file: Sent) -> bool:
    return file.content.startswith(ZIP) and len(file.content) > 100


def _only(files: Sequence[Sent]) -> CourseDraft:
    file, *more = files
    if more:
        raise Unreadable(_("Please choose a Word file or a zip file alone, without other files."))
    _refuse_by_first_bytes(file)
    if not _is_package(file):
        return markdown.read(file.content, file.name)
    archive = archives.opened(file.content)
    if word.CONTENT_TYPES in archive.namelist():
        return word.read(file.content, archive, file.name)
    if file.suffix == ".docx":
        raise Unreadable(_("This is a zip file, not a Word file. Please choose the Word file inside it."))
    parts = [part for part in archive.infolist() if not part.is_dir() and not _is_hidden(archives.name_of(part))]
    unpacked = [Sent(archives.name_of(part), archives.content_of(archive, part)) for part in parts]
    others = [file for file in unpacked if file.suffix not in TEXTS | PICTURES]
    return _with_pictures([file for file in unpacked if file not in others], others)


def _refuse_by_first_bytes(file: Sent) -> None:
    """What people often take for a Word file."""
    if file.content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in file.content:
            raise Unreadable(_("This file is protected by a password. Please save it without one."))
        raise Unreadable(_("This is an old Word file (.doc). Please open it in Word and save it as .docx."))
    if file.content.startswith(PDF):
        raise Unreadable(_("This is a PDF. Please choose the Word file it was made from."))
    if file.content.startswith(RTF):
        raise Unreadable(_("This is an RTF file. Please open it in Word and save it as .docx."))
    if file.content.startswith(ZIP) and not _is_package(file) or file.suffix == ".docx" and not _is_package(file):
        raise Unreadable(_("This is not a Word file, whatever its name says. Please save it in Word as .docx."))


def _is_hidden(name: str) -> bool:
    """What a Mac or Windows puts into every zip file."""
    path = PurePosixPath(name)
    return any(part.startswith(".") or part == "__MACOSX" for part in path.parts) or path.name.lower() == "thumbs.db"


def _with_pictures(files: list[Sent], others: list[Sent]) -> CourseDraft:
    documents = [file for file in files if file.suffix not in PICTURES]
    if any(_is_package(file) or file.suffix == ".docx" for file in [*documents, *others]):
        raise Unreadable(_("Please choose a Word file or a zip file alone, without other files."))
    if not documents:
        raise Unreadable(_("There is no Markdown file (.md) among the files."))
    if len(documents) > 1:
        names = "、".join(PurePosixPath(file.name).name for file in documents[:5])
        raise Unreadable(
            _("There is more than one document: %(names)s. Please send one at a time.") % {"names": names}
        )
    pictures = {file.name: file.content for file in files if file.suffix in PICTURES}
    course = markdown.read(documents[0].content, documents[0].name, pictures)
    if others:
        names = "、".join(PurePosixPath(file.name).name for file in others[:20])
        course.notes.append(Note(_("These files are no pictures and were not used: %(names)s") % {"names": names}))
    return course
