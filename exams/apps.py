from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExamsConfig(AppConfig):
    name = "exams"
    label = "exams"
    verbose_name = _("Exams")

    def ready(self) -> None:
        from courses import kinds
        from exams import handlers, telling
        from exams.kinds import ExamKind
        from lms.journal.handlers import hear

        kinds.register(ExamKind())
        hear("scores-released", "exams.mistakes", handlers.fill_the_book_of_mistakes)
        for kind, handler in telling.HANDLERS.items():
            hear(kind, f"exams.tell.{kind}", handler)
        hear("article-published", "exams.outdated", handlers.outdate_questions)
