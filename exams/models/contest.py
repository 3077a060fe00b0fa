"""竞赛: who stands together in an exam of kind contest. Points and times are the attempts' own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.exam import Exam


class Contest(models.Model):
    """How an exam of kind contest makes teams. A team's points are the sum of its best `counted` members'."""

    class Teams(models.TextChoices):
        NONE = "none", _("No teams, everybody for themselves")
        GROUP = "group", _("Everybody for their own unit or group")
        DEPARTMENT = "department", _("Everybody for their department or station")
        NAMED = "named", _("Named teams")

    exam = models.OneToOneField(Exam, on_delete=models.PROTECT, related_name="contest")
    teams_by = models.CharField(_("teams"), max_length=10, choices=Teams.choices, default=Teams.DEPARTMENT)
    counted = models.PositiveSmallIntegerField(_("best members that count"), default=3)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.exam_id} {self.teams_by}"


class ContestTeam(models.Model):
    """A named team. Teams by unit have no rows: the unit at the time of the attempt decides."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(_("team"), max_length=60)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["contest", "name"], name="exams_contest_team_name")]

    def __str__(self) -> str:
        return self.name


class ContestMember(models.Model):
    """A person of a named team; nobody is in two teams of one contest."""

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="members")
    team = models.ForeignKey(ContestTeam, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["contest", "person"], name="exams_one_team_a_person")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.person_id}"
