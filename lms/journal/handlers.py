"""Who hears what. Apps subscribe in `apps.ready()`; at most one announcement lies between a cause and its effect."""

from collections import defaultdict
from datetime import datetime
from typing import Protocol

from lms.journal.models import Entry


class Handler(Protocol):
    """Acts on one entry. Repeatable: running it twice has the effect of running it once."""

    def __call__(self, entry: Entry, *, at: datetime) -> None: ...


_by_name: dict[str, Handler] = {}
_names: dict[str, list[str]] = defaultdict(list)


def hear(kind: str, name: str, handler: Handler) -> None:
    """From now on every entry of `kind` is delivered to `handler`; `name` is permanent, because rows carry it."""
    if name not in _names[kind]:
        _names[kind].append(name)
    _by_name[name] = handler


def names_for(kind: str) -> list[str]:
    return list(_names[kind])


def get(name: str) -> Handler:
    """The handler of a stored name; KeyError when the app that had it is gone."""
    return _by_name[name]
