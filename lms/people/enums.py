"""The fixed vocabularies of people, with the field's own terms as labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Employment(models.TextChoices):
    """用工性质."""

    OWN = "own", _("Company employee")
    COLLECTIVE = "collective", _("Collective employee")
    SERVICE_COMPANY = "service_company", _("Power-supply service company")
    DISPATCHED = "dispatched", _("Dispatched labour")
    CONTRACTOR = "contractor", _("Contractor")
    INTERN = "intern", _("Intern")


class PostStatus(models.TextChoices):
    """在岗状态. `MISSING` marks people whom the last roster no longer names (待确认离岗)."""

    ON_POST = "on_post", _("On post")
    ON_LEAVE = "on_leave", _("On leave")
    LENT = "lent", _("Lent to another unit")
    OFF_POST = "off_post", _("Off post")
    RETIRED = "retired", _("Retired")
    MISSING = "missing", _("Missing from the roster, to be confirmed")


class UnitKind(models.TextChoices):
    COMPANY = "company", _("Company")
    DEPARTMENT = "department", _("Department")
    TEAM = "team", _("Team")
    STATION = "station", _("Supply station")
    EXTERNAL = "external", _("External organisation")


class PositionFamily(models.TextChoices):
    MANAGEMENT = "management", _("Management")
    PROFESSIONAL = "professional", _("Professional")
    SKILLED = "skilled", _("Skilled")


class Role(models.TextChoices):
    TRAINER = "trainer", _("Trainer")
    REVIEWER = "reviewer", _("Subject reviewer")
    COMPLIANCE = "compliance", _("Compliance reviewer")
    EXAMINER = "examiner", _("Examiner")
    MANAGER = "manager", _("Manager")
    TRAINING_ADMIN = "training_admin", _("Training administrator")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    AUDITOR = "auditor", _("Auditor")
