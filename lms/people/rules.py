"""Pure rules about persons: what a number looks like, and who may handle whose account."""

import re
import unicodedata
from collections.abc import Set

from lms.people.enums import Employment, Role

LONGEST_NUMBER = 32
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")

# 在册: contractors and interns learn here, but are counted apart.
EXTERNAL = frozenset({Employment.CONTRACTOR, Employment.INTERN})


def normal_number(typed: str) -> str:
    """A staff number as it is compared: half width, no blanks around it, upper case. Leading zeros stay."""
    plain = unicodedata.normalize("NFKC", typed[:200])
    return "".join(sign for sign in plain if sign.isprintable()).strip().upper()[:64]


def is_number(text: str) -> bool:
    """Whether the text can be a staff number: letters, digits, "_", "." and "-", at most 32."""
    return _NUMBER.fullmatch(text) is not None


def account_refusal(by: Set[str], target: Set[str], *, same: bool) -> str | None:
    """Why somebody with the roles `by` may not handle the account of somebody with the roles `target`; None if free.

    Separation of duties: nobody handles the own account, who keeps the system cannot take over the audit, and who
    administers training cannot take over the system.
    """
    if same:
        return "own"
    if Role.AUDITOR in target and Role.SYSTEM_ADMIN in by:
        return "auditor"
    if Role.SYSTEM_ADMIN in target and Role.SYSTEM_ADMIN not in by:
        return "system_admin"
    return None
