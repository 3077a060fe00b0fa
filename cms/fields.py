"""A StreamField whose block definitions stay out of migrations: changing a block needs no migration."""

from collections.abc import Sequence
from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):
    """Body of a page. Migrations know that the column exists, not what may be in it."""

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
