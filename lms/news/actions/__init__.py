"""Verbs: draft, publish, withdraw, sign, remind."""

from lms.news.actions.drafts import Origin, Signing, draft_article, publish_draft
from lms.news.actions.publish import publish_article, withdraw_article
from lms.news.actions.setup import ensure_section
from lms.news.actions.sign import Changed, NotAsked, remind_signers, sign

__all__ = [
    "Changed",
    "NotAsked",
    "Origin",
    "Signing",
    "draft_article",
    "ensure_section",
    "publish_article",
    "publish_draft",
    "remind_signers",
    "sign",
    "withdraw_article",
]
