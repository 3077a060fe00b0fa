"""The drafting table: news and policies as Wagtail pages. Readers see editions."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.fields import BodyField
from cms.models import BasePage
from lms.news.blocks import AnswersBody, ArticleBody
from lms.news.enums import Kind, Part
from lms.news.forms import ArticlePageForm
from lms.news.rendering import render_parts
from lms.people.models import OrgUnit


class NewsIndexPage(BasePage):
    """新闻与政策: the section all articles hang under. Reviewed like courses."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["news.NewsPage", "news.PolicyPage"]

    class Meta:
        verbose_name = _("news and policies")
        verbose_name_plural = _("news and policies")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("news:list")


class ArticlePage(BasePage):
    """What news and policies share: where it comes from, and who has to sign."""

    parent_page_types: ClassVar[list[str]] = ["news.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "news/preview.html"
    base_form_class = ArticlePageForm

    summary = models.TextField(
        _("first line"),
        blank=True,
        max_length=300,
        help_text=_("What readers have to do and by when, or what is new."),
    )
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    issuer = models.CharField(_("issued by"), max_length=100, blank=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    must_sign = models.BooleanField(
        _("must be signed"), default=False, help_text=_("Readers confirm with one tap that they have read it.")
    )
    sign_by = models.DateField(_("sign until"), null=True, blank=True)
    units = ParentalManyToManyField(
        OrgUnit, verbose_name=_("who has to sign"), blank=True, related_name="+",
        help_text=_("With everything below them. None: the whole company."),
    )  # fmt: skip
    sign_anew = models.BooleanField(
        _("ask for new signatures"), default=False,
        help_text=_("Tick this when the meaning has changed. Earlier signatures then no longer count."),
    )  # fmt: skip

    origin_panels: ClassVar[list[Any]] = [
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("document_number"), FieldPanel("issuer"), FieldPanel("effective_on")]),
    ]
    signing_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("must_sign"), FieldPanel("sign_by")]),
                FieldPanel("units"),
                FieldPanel("sign_anew"),
            ],
            heading=_("Read and sign"),
        ),
    ]

    class Meta:
        abstract = True

    @property
    def article_kind(self) -> str:
        raise NotImplementedError

    def bodies(self) -> list[tuple[Part, Any]]:
        """Its parts in reading order, empty ones too."""
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        if self.must_sign and not self.sign_by:
            raise ValidationError({"sign_by": _("Please say until when it has to be signed.")})

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        article = getattr(self, "article", None)
        if article is None:
            raise Http404
        return redirect("news:show", article.uuid)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """For the preview, the only place where a page itself is rendered."""
        return {**super().get_context(request, *args, **kwargs), "edition": self, "parts": render_parts(self).shown}


class NewsPage(ArticlePage):
    """要闻, 通知, 安全快报."""

    kind = models.CharField(
        _("kind"), max_length=12, default=Kind.NEWS,
        choices=[(kind.value, kind.label) for kind in (Kind.NEWS, Kind.ANNOUNCEMENT, Kind.BULLETIN)],
    )  # fmt: skip
    body: Any = BodyField(ArticleBody(), verbose_name=_("content"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        *ArticlePage.origin_panels,
        FieldPanel("body"),
        *ArticlePage.signing_panels,
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    @property
    def article_kind(self) -> str:
        return self.kind

    def bodies(self) -> list[tuple[Part, Any]]:
        return [(Part.TEXT, self.body)]


class PolicyPage(ArticlePage):
    """A policy with its 四件套: 原文, 一图读懂, 问答, 案例. Each is shown as soon as it is there."""

    original: Any = BodyField(ArticleBody(), verbose_name=_("original text"), blank=True)
    picture: Any = BodyField(ArticleBody(), verbose_name=_("in one picture"), blank=True)
    answers: Any = BodyField(AnswersBody(), verbose_name=_("questions and answers"), blank=True)
    cases: Any = BodyField(ArticleBody(), verbose_name=_("cases"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        *ArticlePage.origin_panels,
        FieldPanel("picture"),
        FieldPanel("original"),
        FieldPanel("answers"),
        FieldPanel("cases"),
        *ArticlePage.signing_panels,
    ]

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")

    @property
    def article_kind(self) -> str:
        return Kind.POLICY

    def bodies(self) -> list[tuple[Part, Any]]:
        return [
            (Part.PICTURE, self.picture),
            (Part.ORIGINAL, self.original),
            (Part.ANSWERS, self.answers),
            (Part.CASES, self.cases),
        ]
