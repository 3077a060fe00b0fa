"""What a password must not be."""

from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

DEMO_PASSWORD = "Lidian-2026"


def is_demo_password(password: str) -> bool:
    return constant_time_compare(password, DEMO_PASSWORD)


class LongEnough(MinimumLengthValidator):
    """Django's own rule in our words: its Chinese lags behind its English."""

    def get_error_message(self) -> str:
        return _("The password is too short. Please use at least %(n)d characters.") % {"n": self.min_length}


class NotTheDemoPassword:
    """The demo company's password is printed on the screen; outside the demo nobody may have it."""

    def validate(self, password: str, user: Any = None) -> None:
        if is_demo_password(password) and not settings.DEMO:
            raise ValidationError(self.get_help_text(), code="demo_password")

    def get_help_text(self) -> str:
        return _("The password of the demo accounts cannot be used.")
