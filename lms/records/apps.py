from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "lms.records"
    label = "records"
    verbose_name = _("Records")

    def ready(self) -> None:
        from lms.journal.handlers import hear
        from lms.records import handlers

        hear("assigned", "records.tell_assigned", handlers.tell_assigned)
        hear("person-joined", "records.follow_joined", handlers.follow_posts)
        hear("person-moved", "records.follow_moved", handlers.follow_posts)
        hear("enrolment-completed", "records.tell_completed", handlers.tell_completed)
