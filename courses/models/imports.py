"""Which upload became which course."""

from django.db import models


class CourseImport(models.Model):
    """One row for each upload that was confirmed, so that confirming twice makes one course."""

    upload = models.UUIDField(unique=True)
    page = models.ForeignKey("courses.CoursePage", null=True, on_delete=models.CASCADE, related_name="+")
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.upload)
