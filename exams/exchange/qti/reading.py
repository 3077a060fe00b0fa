"""Reading QTI of any version: one XML file, or a package with its manifest."""

import hashlib
import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from exams.exchange.qti import extras
from exams.exchange.qti.body import Part
from exams.exchange.qti.items import Source, read_item
from exams.exchange.qti.manifest import Resource, resources
from exams.exchange.qti.metadata import described
from exams.exchange.qti.numbers import number
from exams.exchange.qti.package import NESTED, Package, opened
from exams.exchange.qti.pictures import inline, media
from exams.exchange.qti.tree import BadXML, Node, parsed
from exams.exchange.qti.version_1 import read_items
from exams.exchange.question import Exchange, Exchanged, Media, NotCarried, Why
from exams.exchange.unreadable import Broken, Unlike, Unreadable

ITEM, TEST, OLD = "assessmentItem", "assessmentTest", "questestinterop"
TESTS = (TEST, "assessmentSection")
RULES = ("branchRule", "preCondition", "selection", "timeLimits", "templateDefault", "sourcebank_ref", "duration")


def read(data: bytes, name: str) -> Exchange:
    """The questions of a QTI file or package of version 1.2, 2.x or 3.0. Raises Unreadable."""
    reading = Reading(opened(data, name))
    reading.everything()
    return reading.exchange()


@dataclass
class Reading:
    """One upload while it is read."""

    package: Package
    format: str = ""
    questions: list[Exchanged] = field(default_factory=list)
    not_carried: list[NotCarried] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    weights: dict[str, Fraction] = field(default_factory=dict)
    _media: dict[str, Media | None] = field(default_factory=dict)

    def exchange(self) -> Exchange:
        if not self.questions and not self.not_carried:
            raise Unreadable(_("There are no QTI questions in this file."))
        return Exchange(self.format or "qti", self.questions, self.not_carried, list(dict.fromkeys(self.remarks)))

    def everything(self) -> None:
        """All items: those of tests in their order, then the others."""
        found = resources(self.package, self._refuse)
        if self.package.archive and not found:
            self.remarks.append(("", _("The package has no manifest (imsmanifest.xml); all its XML files were read.")))
        listed = found or [Resource(name=each) for each in self.package.names if self._is_xml(each)]
        roots = {each.name: root for each in listed if (root := self._root(each))}
        by_name = {each.name: each for each in listed}
        order = list(dict.fromkeys([*self._from_tests(roots), *(name for name in roots)]))
        for name in order:
            root = roots.get(name) or self._root(by_name.get(name) or Resource(name=name))
            if root:
                self._take(name, root, by_name.get(name) or Resource(name=name))
        for name in self.package.names:
            if name.lower().endswith(NESTED):
                reason = _("archives inside of archives are not opened")
                self.not_carried.append(NotCarried(name, posixpath.basename(name), Why.UNSUPPORTED, reason))

    def _is_xml(self, name: str) -> bool:
        return not self.package.archive or name.lower().endswith((".xml", ".qti"))

    def _root(self, resource: Resource) -> Node | None:
        """The parsed file of a resource; what keeps it from being parsed is listed."""
        if not resource.name:
            return None
        try:
            return parsed(self.package.read(resource.name))
        except BadXML as problem:
            if not self.package.archive:
                raise Unreadable(str(problem)) from None
            self._refuse(resource.name, resource.identifier or posixpath.basename(resource.name), str(problem))
        return None

    def _from_tests(self, roots: dict[str, Node]) -> Iterator[str]:
        """The names of the items that tests refer to, in order."""
        for name, root in roots.items():
            if root.name not in TESTS:
                continue
            self._remark_rules(name, root)
            for ref in root.every("assessmentItemRef"):
                item = self.package.find(name, ref.get("href"))
                weight = next((number(each.get("value")) for each in ref.nodes("weight")), None)
                if not item:
                    self._refuse(name, ref.get("identifier"), self._lacking(ref.get("href")))
                    continue
                self.weights[item] = weight if weight and weight > 0 else Fraction(1)
                yield item

    def _remark_rules(self, name: str, root: Node) -> None:
        if any(root.every(*RULES)):
            self.remarks.append((name, _("Rules of this test, such as time limits and selection, were left out.")))

    def _take(self, name: str, root: Node, resource: Resource) -> None:
        if root.name == ITEM:
            self.format = self.format or ("qti30" if root.is_3 else "qti2")
            self._take_item(name, root, resource)
        elif root.name == OLD:
            self.format = self.format or "qti12"
            self._remark_rules(name, root)
            for place, what, read_one in read_items(root, name, lambda address: self._picture(name, address)):
                self._keep(place, what, read_one)

    def _take_item(self, name: str, root: Node, resource: Resource) -> None:
        place = f"{name} · {root.get('identifier')}"
        weight = self.weights.get(name, Fraction(1))
        source = Source(
            place, lambda address: self._picture(name, address), lambda href: self._stimulus(name, href), weight
        )
        self._keep(
            place, root.get("title") or root.get("identifier"), lambda: self._described(name, root, source, resource)
        )

    def _described(self, name: str, root: Node, source: Source, resource: Resource) -> tuple[Exchanged, Sequence[str]]:
        found = read_item(root, source)
        question = described(found.question, resource.lom) if resource.lom else found.question
        told = resource.extra(hashlib.sha256(self.package.read(name)).hexdigest())
        if not told:
            return question, found.remarks
        try:
            return extras.completed(question, told), ()
        except (ValueError, TypeError, KeyError, AttributeError):
            return question, [*found.remarks, _("Our own notes in the manifest are damaged and were ignored.")]

    def _keep(self, place: str, what: str, read_one: Callable[[], tuple[Exchanged, Sequence[str]]]) -> None:
        """Keep a question, or why there is none."""
        try:
            question, remarks = read_one()
        except Broken as problem:
            self.not_carried.append(NotCarried(place, what, Why.REFUSED, problem.reason))
        except Unlike as problem:
            self.not_carried.append(NotCarried(place, f"{what}: {problem.what}", Why.UNSUPPORTED, problem.reason))
        else:
            self.questions.append(question)
            self.remarks.extend((place, sentence) for sentence in remarks)

    def _refuse(self, place: str, what: str, reason: str) -> None:
        self.not_carried.append(NotCarried(place, what, Why.REFUSED, reason))

    def _lacking(self, href: str) -> str:
        return _("the file “%(name)s” is not in the package") % {"name": href[:100]}

    def _picture(self, base: str, address: str) -> Media | None:
        if address.startswith("data:"):
            return inline(address)
        name = self.package.find(base, address)
        if not name:
            return None
        if name not in self._media:
            self._media[name] = media(self.package.read(name))
        return self._media[name]

    def _stimulus(self, base: str, href: str) -> Sequence[Part]:
        name = self.package.find(base, href)
        if not name:
            raise Broken(self._lacking(href))
        try:
            body = parsed(self.package.read(name)).first("stimulusBody")
        except BadXML as problem:
            raise Broken(str(problem)) from None
        return body.children if body else ()
