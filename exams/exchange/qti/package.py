"""What was uploaded, as files by name: looked at as a whole before anything is unpacked, never written to a disk."""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from django.utils.translation import gettext as _

from courses.imports import archives
from courses.imports.draft import Unreadable as UnreadableArchive
from exams.exchange.unreadable import Unreadable

MAX_BYTES = 100 * 1024 * 1024
MAX_PARTS = 20_000  # a bank of ten thousand questions, each a file, with pictures
MAX_PART = 30 * 1024 * 1024  # bytes of one file, unpacked
NESTED = (".zip", ".imscc", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz")
NOISE = re.compile(r"(^|/)(__MACOSX/|\.)")
ELSEWHERE = re.compile(r"^(?:[A-Za-z][A-Za-z0-9+.-]*:|//)")
CANVAS = re.compile(r"^(?:\$|%24)(?:IMS-CC-FILEBASE|IMS_CC_FILEBASE|CANVAS_OBJECT_REFERENCE)(?:\$|%24)/?")


@dataclass
class Package:
    """Files by their names in the package; a single file is a package of one."""

    name: str
    archive: zipfile.ZipFile | None = None
    parts: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    loose: dict[str, bytes] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return [*self.parts, *self.loose]

    def read(self, name: str) -> bytes:
        """The bytes of one of `names`. Raises Unreadable."""
        if name in self.loose:
            return self.loose[name]
        assert self.archive is not None
        try:
            return archives.content_of(self.archive, self.parts[name])
        except UnreadableArchive as problem:
            raise Unreadable(str(problem)) from None

    def find(self, base: str, href: str) -> str:
        """The name of the file that `href` in the file `base` means; "" when it is none of ours."""
        href = href.strip().replace("\\", "/")
        from_canvas = CANVAS.match(href)
        href = CANVAS.sub("", href)
        if not href or ELSEWHERE.match(href):
            return ""
        path = re.split(r"[?#]", href)[0]
        folder = posixpath.dirname(base)
        for wanted in (path, unquote(path)):
            found = self._named(posixpath.normpath(posixpath.join(folder, wanted.lstrip("/"))))
            found = found or self._named(posixpath.normpath(wanted.lstrip("/")))
            if found:
                return found
        return self._ending(unquote(path)) if from_canvas else ""

    def _named(self, name: str) -> str:
        if name in self.parts or name in self.loose:
            return name
        return self._folded.get(name.casefold(), "")

    def _ending(self, path: str) -> str:
        return next((name for name in self.names if name.casefold().endswith(f"/{path.casefold()}")), "")

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {name.casefold(): name for name in self.names}


def opened(data: bytes, name: str) -> Package:
    """Raises Unreadable when it is damaged, protected, too large or names places outside of itself."""
    if not data:
        raise Unreadable(_("The file is empty."))
    if len(data) > MAX_BYTES:
        raise Unreadable(_("The file is larger than 100 MB. Please split it."))
    if not data.startswith(b"PK"):
        return Package(name, loose={posixpath.basename(name.replace("\\", "/")) or "item.xml": data})
    try:
        archive = archives.opened(data, most=MAX_PARTS)
    except UnreadableArchive as problem:
        raise Unreadable(str(problem)) from None
    parts = {
        archives.name_of(part).replace("\\", "/"): part
        for part in archive.infolist()
        if not part.is_dir() and not NOISE.search(part.filename)
    }
    if any(part.file_size > MAX_PART for part in parts.values()):
        raise Unreadable(_("One of the files in this package is larger than 30 MB. Please make it smaller."))
    return Package(name, archive, parts)
