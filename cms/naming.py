"""Which pages name an image or a document, in fields of their own and in their text."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import Page


def is_named(file: Any, pages: QuerySet[Page]) -> bool:
    """Whether the newest draft of one of these pages names the file."""
    drafts = pages.select_related("latest_revision").annotate(_said=Cast("latest_revision__content", TextField()))
    maybe = drafts.filter(_said__contains=f"{file.pk}")
    return any(file.pk in named_by(page.get_latest_revision_as_object(), type(file)) for page in maybe)


def named_by(page: Any, model: type) -> set[int]:
    """Keys of the images or documents a page names."""
    return {int(key) for to, key in _references(page) if to is model}


def _references(page: Any) -> Iterator[tuple[type, Any]]:
    for field in page._meta.concrete_fields:
        value = field.value_from_object(page)
        if value is None:
            continue
        if field.many_to_one:
            yield field.related_model, value
        elif hasattr(field, "extract_references"):
            yield from ((to, key) for to, key, *_path in field.extract_references(value))
