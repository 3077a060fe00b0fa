"""What a password must not be."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

DEMO_PASSWORD = "Lidian-2026"


def is_demo_password(password: str) -> bool:
    return constant_time_compare(password, DEMO_PASSWORD)


class NotTheDemoPassword:
    """The demo company's password is printed on the screen; outside the demo nobody may have it."""

    def validate(self, password: str, user: Any = None) -> None:
        if is_demo_password(password) and not settings.DEMO:
            raise ValidationError(self.get_help_text(), code="demo_password")

    def get_help_text(self) -> str:
        return _("The password of the demo accounts cannot be used.")
