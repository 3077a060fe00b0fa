"""How long and how large media are, in words."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def kind_of(file: Any) -> str:
    return {"video": _("Video"), "audio": _("Audio")}.get(file.kind) or _("Document")


@register.filter
def facts_of(file: Any) -> str:
    """视频 · 8:05 · 约 12 MB."""
    return f"{kind_of(file)} · {length_of(file)} · {_('about %(size)s') % {'size': size_of(file)}}"


@register.filter
def length_of(file: Any) -> str:
    """Of a film or recording in minutes and seconds, of a document in pages."""
    if file.pages:
        return _("%(pages)d pages") % {"pages": file.pages}
    minutes, seconds = divmod(file.seconds, 60)
    return f"{minutes}:{seconds:02}"


@register.filter
def size_of(file: Any) -> str:
    """In whole MB, below one in KB; never rounded down, because somebody pays for it."""
    if file.bytes < 1024 * 1024:
        return _("%(size)d KB") % {"size": -(-file.bytes // 1024)}
    return _("%(size)d MB") % {"size": -(-file.bytes // (1024 * 1024))}
