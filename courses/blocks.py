"""The blocks of a lesson: everything content can be, and an activity of a registered kind."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.log_actions import get_active_log_context

from cms.blocks import BodyBlock
from cms.media.blocks import AudioBlock, DocumentBlock, VideoBlock
from courses import kinds


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.key, kind.label) for kind in kinds.registered()]


def activity_choices() -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """What the person editing may put into a lesson; Wagtail's log context knows who that is."""
    person = get_active_log_context().user
    if person is None:
        return []
    return [(str(kind.label), list(kind.choices(person))) for kind in kinds.registered()]


class KnownActivity(forms.ChoiceField):
    """Offers one's own activities, accepts those already there: a reviewer saves what a trainer chose."""

    def valid_value(self, value: Any) -> bool:
        return bool(value)


class ActivityKeyBlock(blocks.ChoiceBlock):
    def get_field(self, **kwargs: Any) -> forms.ChoiceField:
        return KnownActivity(**kwargs)


class ActivityBlock(blocks.StructBlock):
    """Opens something a higher app provides, for example an exam."""

    kind = blocks.ChoiceBlock(label=_("Kind"), choices=kind_choices)
    key = ActivityKeyBlock(label=_("Activity"), choices=activity_choices)

    class Meta:
        template = "courses/blocks/activity.html"
        icon = "form"
        label = _("Activity")
        label_format = "{kind}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        try:
            reason = kinds.get(cleaned["kind"]).why_not(cleaned["key"])
        except KeyError:
            reason = str(_("This kind of activity is not available."))
        if reason:
            raise blocks.StructBlockValidationError(block_errors={"key": ValidationError(reason)})
        return cleaned


class LessonBody(BodyBlock):
    video = VideoBlock()
    audio = AudioBlock()
    document = DocumentBlock()
    activity = ActivityBlock()
