"""What an article is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """要闻, 通知, 安全快报, 政策."""

    NEWS = "news", _("News")
    ANNOUNCEMENT = "announcement", _("Announcement")
    BULLETIN = "bulletin", _("Safety bulletin")
    POLICY = "policy", _("Policy")


class Part(TextChoices):
    """四件套: what a policy is made of. Everything else has one part, its text."""

    TEXT = "text", _("Text")
    ORIGINAL = "original", _("Original text")
    PICTURE = "picture", _("In one picture")
    ANSWERS = "answers", _("Questions and answers")
    CASES = "cases", _("Cases")
