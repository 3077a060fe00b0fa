from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CertificatesConfig(AppConfig):
    name = "certificates"
    label = "certificates"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        from certificates import handlers
        from lms.journal.handlers import hear

        hear("enrolment-completed", "certificates.issue", handlers.issue_certificate)
        hear("certificate-issued", "certificates.tell", handlers.tell_the_person)
