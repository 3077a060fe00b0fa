from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExamsConfig(AppConfig):
    name = "exams"
    label = "exams"
    verbose_name = _("Exams")

    def ready(self) -> None:
        from courses import kinds
        from exams.kinds import ExamKind

        kinds.register(ExamKind())
