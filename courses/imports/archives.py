"""Zip files from outside: looked at as a whole before anything in them is unpacked, and never written to a disk."""

import io
import re
import stat
import zipfile

from django.utils.translation import gettext as _

from courses.imports.draft import Unreadable

MAX_PARTS = 2000
MAX_UNPACKED = 100 * 1024 * 1024  # bytes, all parts together
MAX_RATIO = 200  # unpacked to packed; text and XML stay far below
SMALL = 1024 * 1024  # bytes below which the ratio does not matter
OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\x00")


def opened(content: bytes, *, most: int = MAX_PARTS) -> zipfile.ZipFile:
    """`most`: parts it may have. Raises Unreadable when damaged, protected, too large or naming places outside."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged() from None
    parts = archive.infolist()
    size, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > most or size > MAX_UNPACKED or (size > SMALL and size > MAX_RATIO * max(packed, 1)):
        raise Unreadable(_("Unpacked, this file is far too large. Please split it or make its pictures smaller."))
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(_("This file is protected by a password. Please save it without one."))
    if any(OUTSIDE.search(part.filename) or stat.S_ISLNK(part.external_attr >> 16) for part in parts):
        raise Unreadable(_("This file names places outside of itself and was refused as a whole."))
    if len({part.filename.casefold() for part in parts}) < len(parts):
        raise Unreadable(_("This file holds two parts of the same name and was refused as a whole."))
    return archive


def damaged() -> Unreadable:
    return Unreadable(_("This file is damaged and cannot be opened. Please save it again and retry."))


def name_of(part: zipfile.ZipInfo) -> str:
    """The name as its author wrote it: Windows stores Chinese names as GBK without saying so."""
    if part.flag_bits & 0x800:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return part.filename


def content_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    try:
        return archive.read(part)
    except Exception as problem:  # zipfile, zlib and lzma each raise errors of their own
        raise damaged() from problem
