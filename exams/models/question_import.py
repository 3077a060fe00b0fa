"""Files of questions between reading and confirming."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from exams.models.bank import QuestionBank
from lms.people.models import OrgUnit


class QuestionImport(models.Model):
    """One file somebody reads into a bank. Its rows are thrown away when it is applied or forgotten.

    `bank_name` may be that of a bank that does not exist yet; `bank` is the one it went into.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    file_name = models.CharField(max_length=255)
    format = models.CharField(max_length=20)
    sheet = models.TextField()
    ignored = models.JSONField(default=list)
    bank_name = models.CharField(max_length=100)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(db_index=True)
    applied_at = models.DateTimeField(null=True)
    bank = models.ForeignKey(QuestionBank, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return self.file_name


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def shown(self, kind: str = "", doubt: str = "") -> "ImportRowQuerySet":
        """Rows of one filter: a kind, or all suspicious ones, of one doubt if it is named."""
        if kind == ImportRow.Kind.SUSPICIOUS:
            return self.filter(doubt=doubt) if doubt else self.exclude(doubt="")
        return self.filter(kind=kind) if kind else self

    def open(self) -> "ImportRowQuerySet":
        """Rows somebody can decide about."""
        return self.filter(may_be_taken=True)

    def at_once(self, kind: str = "", doubt: str = "") -> "ImportRowQuerySet":
        """Rows of a filter that one decision may cover: without one the new rows, of duplicates those of ours."""
        rows = self.open().shown(kind, doubt)
        if kind == ImportRow.Kind.DUPLICATE:
            return rows.filter(revises=True)
        kinds = [ImportRow.Kind.NEW, ImportRow.Kind.SUSPICIOUS] if kind else [ImportRow.Kind.NEW]
        return rows.filter(kind__in=kinds)

    def to_store(self) -> dict[str, int]:
        """How many questions the rows taken now add and revise."""
        each = self.filter(taken=True).values("revises").order_by("revises")
        found = dict(each.annotate(questions=models.Count("hash", distinct=True)).values_list("revises", "questions"))
        return {"add": found.get(False, 0), "revise": found.get(True, 0)}


class ImportRow(models.Model):
    """One row of the file, what it would become, and whether it is taken.

    A row that `revises` makes a new version of a question of the bank; rows with one `hash` make one question. `cells`
    is the row as read, to check it again when the file is applied; `shown` what a person sees of it. A row of kind
    `new` may have a doubt as well; one of kind `suspicious` is a question only by what its doubt assumes.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("New")
        DUPLICATE = "duplicate", _("Duplicate")
        SUSPICIOUS = "suspicious", _("Suspicious")
        WRONG = "wrong", _("Wrong")

    class Doubt(models.TextChoices):
        ANSWER = "answer", _("Answer and options do not fit")
        ODD = "odd", _("Unusual answer")
        STEM = "stem", _("Same question, other options")
        SIMILAR = "similar", _("Much like another one")
        EXPLANATION = "explanation", _("No explanation")

    file = models.ForeignKey(QuestionImport, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    doubt = models.CharField(max_length=12, choices=Doubt.choices, blank=True)
    may_be_taken = models.BooleanField()
    taken = models.BooleanField()
    revises = models.BooleanField()
    hash = models.CharField(max_length=64, blank=True)
    cells = models.JSONField()
    shown = models.JSONField()

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["file", "place"], name="exams_import_row_place"),
            models.CheckConstraint(
                condition=models.Q(may_be_taken=True) | models.Q(taken=False), name="exams_import_row_taken"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file}: {self.place}"
