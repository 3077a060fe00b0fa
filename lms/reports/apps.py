from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "lms.reports"
    label = "reports"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from lms.journal.handlers import hear
        from lms.reports.rollups.fold import fold
        from lms.reports.rollups.waiting import HANDLER, KINDS

        for kind in KINDS:
            hear(kind, HANDLER, fold)
