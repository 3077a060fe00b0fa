from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = _("Content")

    def ready(self) -> None:
        """Wagtail asks its registry who may do what; from here on our policies answer."""
        from django.contrib.auth.models import Group
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.models import Collection, Locale, Page, Site, Task, Workflow
        from wagtail.permissions import policy_registry

        from cms.models import MediaFile
        from cms.permissions import NobodyPolicy, UploadPolicy, WorkPolicy
        from lms.people.models import Person

        policy_registry.register(Page, WorkPolicy(Page))
        for uploaded in (get_image_model(), get_document_model(), MediaFile):
            policy_registry.register(uploaded, UploadPolicy(uploaded), exact_class=True)
        for model in (Collection, Group, Locale, Person, Site, Task, Workflow):
            policy_registry.register(model, NobodyPolicy(model), exact_class=True)
