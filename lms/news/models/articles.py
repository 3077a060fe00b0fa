"""What was published and who signed for it. Editions and signatures are written once and never changed."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.news.enums import Kind
from lms.people.models import OrgUnit


class ArticleQuerySet(models.QuerySet["Article"]):
    def shown(self) -> "ArticleQuerySet":
        """Published and not withdrawn, the newest first."""
        return self.filter(withdrawn_at=None).exclude(current_edition=None).order_by("-published_at", "-pk")


class Article(models.Model):
    """A news item or a policy. Made at first publish; signatures point at its editions, never at a page.

    `signed_from` is the number of the edition from which signatures count: a change of substance asks for new ones.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    page = models.OneToOneField("wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="article")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    current_edition = models.ForeignKey("news.ArticleEdition", null=True, on_delete=models.PROTECT, related_name="+")
    signed_from = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [models.Index(fields=["-published_at"], name="news_article_published")]

    def __str__(self) -> str:
        return str(self.uuid)


class ArticleEdition(models.Model):
    """The frozen content: `parts` is `[{"key": Part, "html": …}, …]` in reading order, `text` what search reads.

    With `must_sign`, everybody whose post lies in one of `units` or below (the whole company when there is none) is
    asked to read and sign, until `sign_by` at the end of that day.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    document_number = models.CharField(max_length=100, blank=True)
    issuer = models.CharField(max_length=100, blank=True)
    effective_on = models.DateField(null=True)
    parts = models.JSONField()
    text = models.TextField()
    must_sign = models.BooleanField(default=False)
    sign_by = models.DateField(null=True)
    units = models.ManyToManyField(OrgUnit, related_name="+")
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="news_edition_number")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Signature(models.Model):
    """必读签收: somebody has read this edition and says so. Unit as it was then."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="signatures")
    edition = models.ForeignKey(ArticleEdition, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatures")
    unit = models.ForeignKey(OrgUnit, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [models.UniqueConstraint(fields=["edition", "person"], name="news_signed_once")]
        indexes = [models.Index(fields=["article", "person"], name="news_signature_person")]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.edition_id}"
