"""The blocks of an article: those every page may use, without questions to answer; and a policy's 问答."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import (
    NOTE_FEATURES,
    TEXT_FEATURES,
    AccordionBlock,
    CalloutBlock,
    GridBlock,
    PictureBlock,
    ProseBlock,
    StepsBlock,
    TextBlock,
)


class ArticleBody(blocks.StreamBlock):
    rich_text = TextBlock(features=TEXT_FEATURES)
    image = PictureBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    table = GridBlock()
    accordion = AccordionBlock()

    class Meta:
        required = False


class AnswerBlock(blocks.StructBlock):
    """A question employees ask, and the answer with where it says so."""

    question = blocks.CharBlock(label=_("Question"), max_length=255)
    answer = ProseBlock(label=_("Answer"), features=NOTE_FEATURES)
    clause = blocks.CharBlock(label=_("Clause"), max_length=100, required=False)

    class Meta:
        template = "news/blocks/answer.html"
        icon = "help"
        label = _("Question and answer")
        label_format = "{question}"


class AnswersBody(blocks.StreamBlock):
    answer = AnswerBlock()

    class Meta:
        required = False
