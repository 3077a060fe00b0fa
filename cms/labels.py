"""The few words of ours inside a lesson, in the reader's language: labels, and how long and large media are.

An edition is frozen in the company's language, and its words around self-checks and callouts with it. What a trainer
wrote stays as it is.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext, gettext_noop

from cms.templatetags.cms_media import facts_of

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


MEDIA_FACTS: Final = re.compile(r'(data-media="([^"]+)"(?:(?!data-media=).)*?class="media-facts">)[^<]*', re.DOTALL)


def for_reader(markup: str, media: Iterable[Any] = ()) -> str:
    """The HTML of an edition, which shows `media`, with our own words in the active language.

    Labels are told by standing alone, what is said of a film, a recording or a document by its place.
    """
    if translation.get_language() == settings.LANGUAGE_CODE:
        return markup
    with translation.override(settings.LANGUAGE_CODE):
        frozen = [escape(gettext(label)) for label in LABELS]
    for old, label in zip(frozen, LABELS, strict=True):
        new = escape(gettext(label))
        markup = markup.replace(f">{old}<", f">{new}<").replace(f'aria-label="{old}"', f'aria-label="{new}"')
    told = {medium.file: escape(facts_of(medium)) for medium in media}
    return MEDIA_FACTS.sub(lambda found: found[1] + told[found[2]] if found[2] in told else found[0], markup)
