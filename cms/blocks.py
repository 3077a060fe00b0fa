"""What a page's body is made of. Every block has a template of its own under `templates/cms/blocks/`."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText, get_text_for_indexing

TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]
NOTE_FEATURES = ["bold", "italic", "ol", "ul", "link"]
MAX_OPTIONS = 8


class Tone(TextChoices):
    """要点, 警示, 依据."""

    KEY = "key", _("Key point")
    WARNING = "warning", _("Warning")
    BASIS = "basis", _("Legal basis")


class ProseBlock(blocks.RichTextBlock):
    """Rich text that says something wherever it is required: an emptied editor still sends its last paragraph."""

    @cached_property
    def field(self) -> forms.Field:
        field: forms.Field = super().field
        field.error_messages["required"] = _("There is no text here yet. Please write something.")
        return field

    def value_for_form(self, value: RichText) -> str:
        says_something = "<hr" in value.source or get_text_for_indexing(value.source).strip()
        return str(value.source) if says_something else ""


class PictureBlock(blocks.StructBlock):
    """An image with what it shows, for those who cannot see it, and a caption for those who can."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Description"), max_length=255, help_text=_("What the image shows, read aloud by screen readers.")
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=255, required=False)

    class Meta:
        template = "cms/blocks/image.html"
        icon = "image"
        label = _("Image")
        label_format = "{caption}"


class CalloutBlock(blocks.StructBlock):
    """A box that stands out. A legal basis names its document and clause."""

    tone = blocks.ChoiceBlock(label=_("Kind"), choices=Tone.choices, default=Tone.KEY)
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    text = ProseBlock(label=_("Text"), features=NOTE_FEATURES)
    document = blocks.CharBlock(label=_("Source document"), max_length=255, required=False)
    clause = blocks.CharBlock(label=_("Clause"), max_length=100, required=False)

    class Meta:
        template = "cms/blocks/callout.html"
        icon = "warning"
        label = _("Callout")
        label_format = "{tone}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["tone"] == Tone.BASIS and not cleaned["document"]:
            error = ValidationError(_("Please name the document this is based on."))
            raise blocks.StructBlockValidationError(block_errors={"document": error})
        return cleaned


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), max_length=120)
    text = ProseBlock(label=_("Text"), features=NOTE_FEATURES, required=False)

    class Meta:
        label = _("Step")
        label_format = "{title}"


class StepsBlock(blocks.StructBlock):
    """Numbered steps of a procedure."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        template = "cms/blocks/steps.html"
        icon = "list-ol"
        label = _("Steps")
        label_format = "{title}"


class FoldBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = ProseBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        label = _("Folded section")
        label_format = "{title}"


class AccordionBlock(blocks.ListBlock):
    """Sections the reader opens one by one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(FoldBlock(), **kwargs)

    class Meta:
        template = "cms/blocks/accordion.html"
        icon = "collapse-down"
        label = _("Accordion")


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Option"), max_length=500)
    correct = blocks.BooleanBlock(label=_("Is right"), required=False)

    class Meta:
        label = _("Option")
        label_format = "{text}"


class SelfCheckBlock(blocks.StructBlock):
    """A question with an immediate explanation. Which options are right never reaches the page (see cms.rendering)."""

    question = blocks.TextBlock(label=_("Question"), rows=2, max_length=2000)
    options = blocks.ListBlock(OptionBlock(), label=_("Options"), min_num=2, max_num=MAX_OPTIONS)
    explanation = ProseBlock(label=_("Explanation"), features=NOTE_FEATURES)

    class Meta:
        template = "cms/blocks/self_check.html"
        icon = "help"
        label = _("Self-check")
        label_format = "{question}"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        several = sum(1 for option in value["options"] if option["correct"]) > 1
        return {**super().get_context(value, parent_context), "several": several}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not any(option["correct"] for option in cleaned["options"]):
            error = ValidationError(_("Please mark at least one option as correct."))
            raise blocks.StructBlockValidationError(block_errors={"options": error})
        return cleaned


class TextBlock(ProseBlock):
    class Meta:
        template = "cms/blocks/rich_text.html"
        icon = "pilcrow"
        label = _("Text")


# The table editor's own menu speaks English only.
TABLE_MENU = {
    "row_above": _("Insert a row above"),
    "row_below": _("Insert a row below"),
    "col_left": _("Insert a column on the left"),
    "col_right": _("Insert a column on the right"),
    "remove_row": _("Remove the row"),
    "remove_col": _("Remove the column"),
    "undo": _("Undo"),
    "redo": _("Redo"),
}


class GridBlock(TableBlock):
    def __init__(self, **kwargs: Any) -> None:
        menu = {"items": {key: {"name": label} for key, label in TABLE_MENU.items()}}
        super().__init__(**{"table_options": {"contextMenu": menu, "language": "en-US"}, **kwargs})

    class Meta:
        template = "cms/blocks/table.html"
        icon = "table"
        label = _("Table")


class ProseBody(blocks.StreamBlock):
    """The blocks every page may use; higher apps add theirs in a subclass."""

    rich_text = TextBlock(features=TEXT_FEATURES)
    image = PictureBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    table = GridBlock()
    accordion = AccordionBlock()

    class Meta:
        required = False


class BodyBlock(ProseBody):
    """And a question to answer."""

    self_check = SelfCheckBlock()
