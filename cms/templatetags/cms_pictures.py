"""Images inside content."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms import assets

register = template.Library()


@register.simple_tag
def picture(image: Any, alt: str) -> SafeString:
    """An `<img>` in as many widths as make sense, with its size, so that nothing jumps while it loads."""
    copies = assets.copies(image)
    sources = format_html_join(", ", "{} {}w", ((copy.url, copy.width) for copy in copies))
    fallback = copies[min(1, len(copies) - 1)]
    return format_html(
        '<img src="{}" srcset="{}" sizes="(min-width: 760px) 720px, 100vw" alt="{}" width="{}" height="{}"'
        ' loading="lazy" decoding="async">',
        *(fallback.url, sources, alt, fallback.width, fallback.height),
    )


@register.simple_tag
def sign(name: str) -> SafeString:
    """A drawn sign by its plain file name: content outlives the hashed names of static files."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}icons/icons.svg#{}"/></svg>',
        settings.STATIC_URL,
        name,
    )
