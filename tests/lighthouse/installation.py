"""The demo company as an installation serves it: with the settings and the compressed static files of one."""

from concurrent.futures import ThreadPoolExecutor

from tests.journeys.stack import Stack

PRINT = """
from certificates.actions import render
from certificates.models import Certificate
from lms.kernel import clock

certificate = Certificate.objects.filter(person__is_active=True, revoked_at=None).select_related("person")[0]
assert render(certificate=certificate, at=clock.now())
print(certificate.person.staff_no)
"""


class Platform(Stack):
    """Only the web server: a worker beside it would make pages look slow."""

    @property
    def env(self) -> dict[str, str]:
        return {**super().env, "DJANGO_SETTINGS_MODULE": "lms.settings"}

    def prepare(self) -> None:
        with ThreadPoolExecutor() as together:
            static = together.submit(self.manage, "collectstatic", "--noinput", "--verbosity=0")
            super().prepare()
            static.result()

    def print_certificate(self) -> str:
        """Of somebody; their staff number."""
        return self.manage("shell", "--verbosity=0", "--command", PRINT).strip()
