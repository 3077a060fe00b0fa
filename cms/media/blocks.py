"""Media as blocks of a lesson. What a reader loads stands in no address here: the page of the lesson knows it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.media import choosers

VideoChooser: Any = choosers.video.get_block_class("VideoChooser", "cms.media.blocks")
AudioChooser: Any = choosers.audio.get_block_class("AudioChooser", "cms.media.blocks")
CaptionsChooser: Any = choosers.captions.get_block_class("CaptionsChooser", "cms.media.blocks")
DocumentChooser: Any = choosers.document.get_block_class("DocumentChooser", "cms.media.blocks")


class MediaBlock(blocks.StructBlock):
    """Something to play or leaf through. `title` is what readers see; empty: the title of the file."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "title": title_of(value)}

    class Meta:
        template = "cms/blocks/media.html"
        label_format = "{title}"


TITLE_HELP = _("What learners see above the player. Empty: the title of the file.")


class VideoBlock(MediaBlock):
    file = VideoChooser(label=_("Video"))
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False, help_text=TITLE_HELP)
    captions = CaptionsChooser(
        label=_("Captions"), required=False, help_text=_("Recommended: substations and halls are noisy.")
    )
    poster = ImageChooserBlock(
        label=_("Poster image"), required=False, help_text=_("Shown before the video is played.")
    )

    class Meta:
        icon = "media"
        label = _("Video")


class AudioBlock(MediaBlock):
    file = AudioChooser(label=_("Recording"))
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False, help_text=TITLE_HELP)

    class Meta:
        icon = "media"
        label = _("Audio")


class DocumentBlock(MediaBlock):
    file = DocumentChooser(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False, help_text=TITLE_HELP)

    class Meta:
        icon = "doc-full"
        label = _("Document")


def title_of(value: Any) -> str:
    return str(value.get("title") or (value["file"].title if value.get("file") else ""))


def facts_of(value: Any) -> dict[str, Any]:
    """What an edition freezes of a block."""
    file, captions = value["file"], value.get("captions")
    return {
        "file": str(file.uuid), "kind": file.kind, "title": title_of(value), "mime": file.mime,
        "seconds": file.seconds, "pages": file.pages, "bytes": file.bytes,
        "captions": str(captions.uuid) if captions else "",
    }  # fmt: skip
