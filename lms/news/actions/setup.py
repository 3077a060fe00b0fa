"""The section news and policies hang under."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import WorkflowPage

from cms.actions import ensure_building
from lms.news.models import NewsIndexPage


@transaction.atomic
def ensure_section() -> NewsIndexPage:
    """The section, made with everything above it when missing; it is reviewed as the sections beside it are."""
    with translation.override(settings.LANGUAGE_CODE):
        home = ensure_building(language=settings.LANGUAGE_CODE, site_name=settings.WAGTAIL_SITE_NAME)
        section = NewsIndexPage.objects.first() or home.add_child(
            instance=NewsIndexPage(title=_("News and policies"), slug="news", locale=home.locale)
        )
    if not WorkflowPage.objects.filter(page=section).exists():
        beside = WorkflowPage.objects.filter(page__in=section.get_siblings(inclusive=False)).first()
        if beside is not None:
            WorkflowPage.objects.create(workflow=beside.workflow, page=section)
    return section
