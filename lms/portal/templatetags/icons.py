"""Drawn signs, a tag of every template (`builtins` in the settings). Each is made once for a process.

A sign never stands alone: a word follows, or the control around it has an aria-label.
"""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, kind: str = "") -> str:
    """The symbol `name` of static/icons/icons.svg; `kind` adds the class icon-<kind>: "chevron" in rows."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" icon-{kind}" if kind else "",
        static("icons/icons.svg"),
        name,
    )
