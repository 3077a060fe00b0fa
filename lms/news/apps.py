from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "lms.news"
    label = "news"
    verbose_name = _("News and policies")

    def ready(self) -> None:
        from wagtail.signals import page_published, page_unpublished

        from lms.journal.handlers import hear
        from lms.news import handlers, receivers

        post_migrate.connect(receivers.migrated, sender=self)
        page_published.connect(receivers.published)
        page_unpublished.connect(receivers.unpublished)
        hear("signature-asked", "news.tell_signers", handlers.tell_signers)
