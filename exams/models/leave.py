"""切屏: what a device told about the sheet being out of sight. It decides nothing; people look at it."""

from django.db import models

from exams.models.attempt import Attempt


class ScreenLeave(models.Model):
    """Once that the sheet was out of sight. `left_at` and `back_at` are the device's word, `received_at` is ours.

    `closed`: the page itself was gone (closed, reloaded or killed). Without `back_at` nobody has come back yet.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="leaves")
    op_id = models.UUIDField()
    left_at = models.DateTimeField()
    back_at = models.DateTimeField(null=True)
    closed = models.BooleanField(default=False)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "op_id"], name="exams_leave_once")]

    def __str__(self) -> str:
        return f"{self.attempt_id} · {self.left_at}"

    @property
    def seconds(self) -> int | None:
        """How long, rounded up; None when nobody came back."""
        if self.back_at is None:
            return None
        return max(1, -int(-(self.back_at - self.left_at).total_seconds() // 1))
