from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        from wagtail.signals import (
            page_published,
            page_unpublished,
            task_submitted,
            workflow_approved,
            workflow_rejected,
        )

        from courses import receivers

        post_migrate.connect(receivers.migrated, sender=self)
        page_published.connect(receivers.published)
        page_unpublished.connect(receivers.unpublished)
        task_submitted.connect(receivers.submitted)
        workflow_approved.connect(receivers.approved)
        workflow_rejected.connect(receivers.rejected)
