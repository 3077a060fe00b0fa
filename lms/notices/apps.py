from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "lms.notices"
    label = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        from lms.journal.handlers import hear
        from lms.notices.handlers import KINDS, tell_owner

        for kind in KINDS:
            hear(kind, "notices.tell_owner", tell_owner)
