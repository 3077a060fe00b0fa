"""What must exist before a course can: the catalogue and its review workflow. Runs after every migrate."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from cms.actions import ensure_building
from cms.models import ReviewTask
from cms.steps import ROLE, Step
from courses.models import CatalogueIndexPage


@transaction.atomic
def ensure_catalogue() -> CatalogueIndexPage:
    """The catalogue page, made with everything above it when missing, and the workflow attached to it."""
    with translation.override(settings.LANGUAGE_CODE):
        home = ensure_building(language=settings.LANGUAGE_CODE, site_name=settings.WAGTAIL_SITE_NAME)
        catalogue = CatalogueIndexPage.objects.first() or home.add_child(
            instance=CatalogueIndexPage(title=_("Course catalogue"), slug="courses", locale=home.locale)
        )
        if not WorkflowPage.objects.filter(page=catalogue).exists():
            WorkflowPage.objects.create(workflow=_workflow(), page=catalogue)
    return catalogue


def _workflow() -> Workflow:
    workflow, _new = Workflow.objects.get_or_create(name=_("Course review"))
    for order, step in enumerate(Step):
        task = ReviewTask.objects.filter(step=step).first() or ReviewTask.objects.create(name=step.label, step=step)
        task.groups.add(Group.objects.get(name=ROLE[step].value))
        WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": order})
    return workflow
