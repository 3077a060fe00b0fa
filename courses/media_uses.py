"""Which lessons use a film, a recording, captions or a document: drafts as they were saved last, and editions."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import CharField, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from cms import ownership
from cms.media.blocks import MediaBlock
from cms.models import MediaFile
from courses.blocks import LessonBody
from courses.models import EditionFile, LessonPage

KINDS: Final = tuple(name for name, block in LessonBody.base_blocks.items() if isinstance(block, MediaBlock))
NAMED_BY: Final = ("file", "captions")


@dataclass
class Use:
    """One file. `lessons`: drafts the person may see; `elsewhere`: how many others; `editions`: published versions."""

    file: MediaFile
    lessons: list[LessonPage] = field(default_factory=list)
    elsewhere: int = 0
    editions: int = 0

    @property
    def free(self) -> bool:
        """Whether nobody would miss it."""
        return not (self.lessons or self.elsewhere or self.editions)


def uses(files: Iterable[MediaFile], *, person: Any) -> list[Use]:
    """Of each file, in the same order; five statements for any number."""
    found = {file.pk: Use(file) for file in files}
    for key in EditionFile.objects.filter(file__in=found).values_list("file", flat=True):
        found[key].editions += 1
    visible = ownership.rights(person).visible
    for key, lessons in _drafts().items():
        for lesson in lessons if key in found else ():
            if ownership.work_path(lesson) in visible:
                found[key].lessons.append(lesson)
            else:
                found[key].elsewhere += 1
    return list(found.values())


def _drafts() -> dict[int, list[LessonPage]]:
    """Lessons whose newest draft, or whose live page, names a file, by the file's key."""
    pages = LessonPage.objects.annotate(
        _draft=KeyTextTransform("body", "latest_revision__content"), _live=Cast("body", CharField())
    )
    playing = Q()
    for kind in KINDS:
        playing |= Q(_draft__contains=f'"type": "{kind}"') | Q(_live__contains=f'"type": "{kind}"')
    named: dict[int, list[LessonPage]] = defaultdict(list)
    for page in pages.filter(playing).order_by("path"):
        for key in {*_named(page._draft), *_named(page._live)}:
            named[key].append(page)
    return named


def _named(body: str | None) -> Iterator[int]:
    for block in json.loads(body or "[]"):
        if block["type"] in KINDS:
            yield from (block["value"][name] for name in NAMED_BY if block["value"].get(name))
