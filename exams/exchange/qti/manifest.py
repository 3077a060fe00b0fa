"""The manifest of a package: which files are questions or tests, and what is said of them."""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exams.exchange.qti import extras
from exams.exchange.qti.package import Package
from exams.exchange.qti.tree import BadXML, Node, parsed
from exams.exchange.unreadable import Unreadable

MANIFEST = "imsmanifest.xml"
XML = (".xml", ".qti", ".dat")
Refuse = Callable[[str, str, str], None]


@dataclass(frozen=True)
class Resource:
    """A file of the package that may hold questions."""

    name: str
    identifier: str = ""
    lom: Node | None = None

    def extra(self, digest: str) -> str:
        """What our own packages say besides of the file with this SHA-256; "" for others."""
        found = self.lom.first(extras.NAME) if self.lom else None
        return found.text() if found and found.get("sha256") == digest else ""


def resources(package: Package, refuse: Refuse) -> list[Resource]:
    """In the order of the manifest; [] when there is none. Raises Unreadable for a broken one."""
    named = [name for name in package.names if posixpath.basename(name).lower() == MANIFEST]
    if not package.archive or not named:
        return []
    manifest = min(named, key=lambda name: name.count("/"))
    try:
        root = parsed(package.read(manifest))
    except BadXML as problem:
        raise Unreadable(_("The manifest of the package cannot be read: %(problem)s") % {"problem": problem}) from None
    if root.name != "manifest":
        raise Unreadable(_("The file imsmanifest.xml is no manifest."))
    found: dict[str, Resource] = {}
    for each in root.every("resource"):
        _add(found, package, manifest, each, refuse)
    return list(found.values())


def _add(found: dict[str, Resource], package: Package, manifest: str, node: Node, refuse: Refuse) -> None:
    kind = node.get("type")
    is_qti = "qti" in kind.lower()
    base = posixpath.join(posixpath.dirname(manifest), node.get("base"), "x")
    hrefs = [node.get("href") or node.get("file"), *(file.get("href") for file in node.nodes("file"))]
    for href in dict.fromkeys(filter(None, hrefs)):
        name = package.find(base, href)
        if not name and is_qti and (href == hrefs[0] or href.lower().endswith(XML)):
            reason = _("the file “%(name)s” is not in the package") % {"name": href[:100]}
            refuse(manifest, node.get("identifier"), reason)
        if name.lower().endswith(XML) and (is_qti or href.lower().endswith(XML)):
            metadata = node.first("metadata")
            is_main = href == hrefs[0]
            lom = next(metadata.every("lom"), None) if metadata and is_main else None
            if name not in found or lom:
                found[name] = Resource(name, node.get("identifier"), lom)
