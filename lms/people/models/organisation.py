"""The organisation tree, posts, and who holds which post when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.enums import PositionFamily, UnitKind


class OrgUnitQuerySet(models.QuerySet["OrgUnit"]):
    def below(self, unit: "OrgUnit") -> "OrgUnitQuerySet":
        """The unit and everything under it."""
        return self.filter(path__startswith=unit.path)

    def in_tree_order(self) -> "OrgUnitQuerySet":
        return self.order_by("path")


class OrgUnit(models.Model):
    """单位, 部门, 班组 or 供电所. The only place that stores the tree's path; everyone else joins.

    `path` is the chain of codes from the root, each followed by "/" (`YL/YL13/YL1301/`), kept by `actions.place_unit`.
    """

    code = models.CharField(_("unit code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=255, unique=True, editable=False)
    order = models.PositiveIntegerField(default=0)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = OrgUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation unit")
        verbose_name_plural = _("organisation units")
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def depth(self) -> int:
        return self.path.count("/") - 1


class PositionTag(models.Model):
    """岗位标签: what the work involves (生产现场, 电气作业, 营业前台 …)."""

    key = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.label


class Position(models.Model):
    code = models.CharField(_("position code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=100)
    family = models.CharField(_("family"), max_length=12, choices=PositionFamily.choices)
    tags = models.ManyToManyField(PositionTag, blank=True, related_name="positions")

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")

    def __str__(self) -> str:
        return self.name


class PostAssignmentQuerySet(models.QuerySet["PostAssignment"]):
    def current(self) -> "PostAssignmentQuerySet":
        """The post held now: at most one a person, as the database guarantees."""
        return self.filter(ends_on=None)


class PostAssignment(models.Model):
    """任职期间. A move closes one period and opens the next, so that history stays; `ends_on` is exclusive."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="posts")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="posts")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = PostAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ends_on=None), name="people_one_current_post"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="people_post_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.position_id} @ {self.unit_id}"
