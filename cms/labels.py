"""The few words of ours inside a lesson, in the reader's language.

An edition is frozen in the company's language, and its words around self-checks and callouts with it. What a trainer
wrote stays as it is.
"""

from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext, gettext_noop

LABELS: Final = (
    gettext_noop("Self-check"),
    gettext_noop("Check my answer"),
    gettext_noop("Correct"),
    gettext_noop("Not quite"),
    gettext_noop("Not sent, please try again when the network is back"),
    gettext_noop("Please choose an answer first"),
    gettext_noop("Warning"),
    gettext_noop("Legal basis"),
    gettext_noop("Key point"),
    gettext_noop("Play"),
    gettext_noop("Listen"),
    gettext_noop("Open the document"),
)


def for_reader(markup: str) -> str:
    """The HTML of an edition with our own words, wherever they stand alone, in the active language."""
    if translation.get_language() == settings.LANGUAGE_CODE:
        return markup
    with translation.override(settings.LANGUAGE_CODE):
        frozen = [escape(gettext(label)) for label in LABELS]
    for old, label in zip(frozen, LABELS, strict=True):
        new = escape(gettext(label))
        markup = markup.replace(f">{old}<", f">{new}<").replace(f'aria-label="{old}"', f'aria-label="{new}"')
    return markup
