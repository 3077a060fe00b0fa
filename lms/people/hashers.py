"""Password hashing at the published OWASP minimum, so that a whole company can log in before an exam."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Minimum(Argon2PasswordHasher):
    """argon2id with 19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet)."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
