"""A lesson for somebody who saves data: each image waits, with its size, until it is asked for."""

import html
import re
from functools import lru_cache
from typing import Final

from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from cms import assets

IMAGE: Final = re.compile(r"<img\b[^>]*>")
ATTRIBUTE: Final = re.compile(r'([a-z-]+)="([^"]*)"')


def hold(markup: str) -> str:
    """The same HTML with a link in place of every image of ours; `js/pictures.js` opens it in place.

    `markup` comes from an edition, so that attributes are quoted and escaped.
    """
    return IMAGE.sub(lambda found: _held(found[0]), markup)


def _held(tag: str) -> str:
    facts = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(tag)}
    try:
        size = _bytes(facts.get("src", "").rpartition("/")[2])
    except (ValueError, FileNotFoundError):
        return tag
    return render_to_string("cms/held_picture.html", {"picture": facts, "size": size}).strip()


@lru_cache(maxsize=2000)
def _bytes(name: str) -> int:
    """The size of a file that never changes; ValueError or FileNotFoundError for what is no image of ours."""
    return default_storage.size(assets.path(name))
