"""The blocks of an article, and a policy's 问答."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import NOTE_FEATURES, ProseBlock, ProseBody


class ArticleBody(ProseBody):
    """No questions to answer."""


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
