"""The fixed vocabularies of courses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Line(models.TextChoices):
    """条线."""

    POLICY = "policy", _("Policy")
    SAFETY = "safety", _("Safety")
    SERVICE = "service", _("Service")


class HourAccount(models.TextChoices):
    """学时账户: the account a course's hours are credited to. One event may credit more than one; never mixed."""

    SAFETY = "safety", _("Safety training hours")
    CONTINUING = "continuing", _("Continuing education hours")
    COMPANY = "company", _("Company training hours")


class Extent(models.TextChoices):
    """How much time a course takes, by its approved hours (学时)."""

    SHORT = "short", _("Up to 1 hour")
    MIDDLE = "middle", _("1 to 4 hours")
    LONG = "long", _("Over 4 hours")


class LessonKind(models.TextChoices):
    """How a lesson is done. Fixed after its first result."""

    READING = "reading", _("Reading")
    EXAM = "exam", _("Exam")
