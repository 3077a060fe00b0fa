"""A person who learns here: employee, contractor or intern."""

from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Upper
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from lms.people.enums import Employment, PostStatus
from lms.people.rules import normal_number


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> "PersonQuerySet":
        return self.filter(is_active=True)

    def on_register(self) -> "PersonQuerySet":
        """在册: counted in the company's own figures; externals are another base."""
        return self.filter(is_external=False)

    def numbered(self, staff_no: str) -> "PersonQuerySet":
        """The person with this number, in whatever case it was typed."""
        return self.annotate(_number=Upper("staff_no")).filter(_number=normal_number(staff_no))


class PersonManager(BaseUserManager["Person"]):
    """Log-in looks persons up by number; persons are made by `actions.join`, not here."""

    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get_queryset().numbered(username or "").get()


class Person(AbstractBaseUser, PermissionsMixin):
    """Identity and account. Where somebody works is a dated `PostAssignment`, what they may do a dated `RoleGrant`.

    `staff_no` is text: leading zeros are part of it. Nobody is a superuser; the database refuses it.
    `password_expires_at` limits a one-time password; it is empty once the person has chosen an own one.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    staff_no = models.CharField(_("staff number"), max_length=32)
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    employment = models.CharField(
        _("employment type"), max_length=20, choices=Employment.choices, default=Employment.OWN
    )
    is_external = models.BooleanField(_("external person"), default=False)
    post_status = models.CharField(
        _("post status"), max_length=12, choices=PostStatus.choices, default=PostStatus.ON_POST
    )
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    is_active = models.BooleanField(_("may log in"), default=True)
    must_change_password = models.BooleanField(default=False)
    password_expires_at = models.DateTimeField(null=True, editable=False)
    session_epoch = models.PositiveIntegerField(default=0)
    roles_epoch = models.PositiveIntegerField(default=0)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    large_text = models.BooleanField(_("large text"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = PersonManager.from_queryset(PersonQuerySet)()

    USERNAME_FIELD = "staff_no"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["staff_no"]
        constraints = [
            models.UniqueConstraint(Upper("staff_no"), name="people_person_number"),
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="people_nobody_is_superuser"),
        ]
        indexes = [
            models.Index(fields=["name"], name="people_person_name"),
            models.Index(fields=["id"], name="people_missing", condition=models.Q(post_status=PostStatus.MISSING)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.staff_no}"

    @property
    def is_staff(self) -> bool:
        """Django's own admin is not installed; some libraries ask."""
        return False

    @property
    def first_name(self) -> str:
        """Wagtail's side bar greets people by it."""
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Ends every session when the password changes or an administrator raises `session_epoch`."""
        return self._session_hash(self.roles_epoch)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Sessions from before a role was given or taken: Django gives each a new key, and it goes on."""
        return map(self._session_hash, range(self.roles_epoch))

    def _session_hash(self, roles_epoch: int) -> str:
        facts = f"{self.password}:{self.session_epoch}:{roles_epoch}"
        return salted_hmac("lms.people.session", facts, algorithm="sha256").hexdigest()
