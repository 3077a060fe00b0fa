"""Counters that guard the log-in. In the database, because a restart or a flushed cache must not forgive."""

from django.db import models


class LoginFailure(models.Model):
    """One of the few slots a number has for wrong passwords, whether or not anybody has that number.

    A log-in takes a slot before the password is checked and gives its own back when it was right. The unique pair
    makes the limit exact however many try at once; a slot whose `at` lies outside the window may be taken over.
    """

    number = models.CharField(max_length=64)
    slot = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "slot"], name="people_login_slot")]
        indexes = [models.Index(fields=["at"], name="people_login_failure_at")]

    def __str__(self) -> str:
        return f"{self.number} {self.at:%H:%M:%S}"


class AddressLoginCount(models.Model):
    """Log-ins tried from one address in one minute."""

    address = models.GenericIPAddressField()
    minute = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "minute"], name="people_address_minute")]

    def __str__(self) -> str:
        return f"{self.address} {self.count}"
