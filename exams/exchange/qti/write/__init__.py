"""Questions as a QTI package: manifest, a test that weights them, items, pictures."""

import io
import zipfile
from collections.abc import Iterable
from fractions import Fraction
from hashlib import sha256

from exams.exchange.qti import extras
from exams.exchange.qti.items import Source, read_item
from exams.exchange.qti.metadata import described, lom_of
from exams.exchange.qti.numbers import number
from exams.exchange.qti.pictures import ENDINGS
from exams.exchange.qti.tree import Node, parsed
from exams.exchange.qti.write.dialects import QTI_22, QTI_30, Dialect
from exams.exchange.qti.write.draft import Draft
from exams.exchange.qti.write.item import item
from exams.exchange.qti.write.manifest import TEST_FILE, Entry, manifest, test
from exams.exchange.qti.write.serialise import document
from exams.exchange.question import Exchanged, Media, NotCarried, Why
from exams.exchange.unreadable import Broken, Unlike

Outcome = tuple[bytes, list[NotCarried]]
DAY = (1980, 1, 1, 0, 0, 0)  # of every file, so that the same questions give the same bytes


def write22(questions: Iterable[Exchanged]) -> Outcome:
    """A QTI 2.2 package, and the questions that it cannot hold."""
    return _written(questions, QTI_22)


def write30(questions: Iterable[Exchanged]) -> Outcome:
    """A QTI 3.0 package, and the questions that it cannot hold."""
    return _written(questions, QTI_30)


def _written(questions: Iterable[Exchanged], dialect: Dialect) -> Outcome:
    out = io.BytesIO()
    entries: list[Entry] = []
    media: dict[str, Media] = {}
    lost: list[NotCarried] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, question in enumerate(questions, start=1):
            try:
                entry, data = _entry(question, place, dialect)
            except Unlike as problem:
                lost.append(
                    NotCarried(question.place, question.title or question.type, Why.UNSUPPORTED, problem.reason)
                )
                continue
            except Broken as problem:
                lost.append(NotCarried(question.place, question.title or question.type, Why.REFUSED, problem.reason))
                continue
            entries.append(entry)
            media |= {_file(name, each): each for name, each in question.media.items()}
            _store(archive, entry.file, data)
        for file, each in media.items():
            _store(archive, file, each.data)
        _store(archive, TEST_FILE, document(test(entries, dialect), dialect))
        _store(archive, "imsmanifest.xml", document(manifest(entries, list(media), dialect), dialect))
    return out.getvalue(), lost


def _entry(question: Exchanged, place: int, dialect: Dialect) -> tuple[Entry, bytes]:
    """An item and what has to be said besides, found by reading it again. Raises Unlike or Broken."""
    files = {name: _file(name, each) for name, each in question.media.items()}
    identifier, file = f"Q{place:05}", f"items/q{place:05}.xml"
    draft = Draft(question, dialect, lambda name: f"../{files.get(name, f'media/{name}')}")
    data = document(item(draft, identifier), dialect)
    by_address = {f"../{at}": question.media[name] for name, at in files.items()}
    weight = number(question.points) or Fraction(1)
    read = read_item(parsed(data), Source(question.place, by_address.get, lambda href: (), weight)).question
    read = described(read, Node("lom", {}, list(lom_of(question))))
    return Entry(
        identifier, file, question, list(files.values()), sha256(data).hexdigest(), extras.missing(question, read)
    ), data


def _file(name: str, each: Media) -> str:
    return f"media/{name}.{ENDINGS.get(each.mime, 'bin')}"


def _store(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, DAY), data, zipfile.ZIP_DEFLATED)
