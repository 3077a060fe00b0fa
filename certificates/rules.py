"""What a certificate says and what it is worth: pure functions over its words and dates."""

import calendar
import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from certificates.enums import State

PLACEHOLDER: Final = re.compile(r"\{([a-z_]*)\}")
PLACEHOLDERS: Final = frozenset({"name", "number", "unit", "course", "hours", "score", "date", "valid_until"})
EXPIRING_DAYS: Final = 60
MOST_STARS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Wording:
    """Every word printed on a certificate, as it was on the day of issue.

    `hours` and `score` are printed numbers ("1", "92.5"; score is empty without an exam), dates are printed dates.
    `lead` and `body` are the template's sentence before and after the name.
    """

    title: str
    serial: str
    name: str
    number: str
    unit: str
    course: str
    hours: str
    score: str
    date: str
    valid_until: str
    lead: str
    body: str
    signer: str
    signer_title: str
    seal_text: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Wording":
        """The words of a stored certificate; a word that its time did not know is empty."""
        return cls(**{name: str(stored.get(name, "")) for name in cls.__dataclass_fields__})

    def printed(self) -> str:
        """All characters that need a glyph."""
        return "".join(asdict(self).values())


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces and is not a placeholder. Templates know names only: no code, no look-ups, no format."""
    return [name for name in PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]


def fill(text: str, values: dict[str, str]) -> str:
    """The text with its placeholders replaced once: a value that looks like a placeholder stays as it is."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def sentence(text: str, values: dict[str, str]) -> tuple[str, str]:
    """The template's sentence around the name, which is printed large on a line of its own: (before, after)."""
    before, found, after = text.partition("{name}")
    if not found:
        before, after = "", text
    return fill(before, values).strip(), fill(after, values).strip()


def serial(prefix: str, year: int, number: int) -> str:
    """The number people read: `YL-AQ-2026-000123`."""
    return f"{prefix}-{year}-{number:06d}"


def full_date(day: date) -> str:
    """A date as certificates print it, whatever the language of the screen."""
    return f"{day.year}年{day.month}月{day.day}日"


def plain_number(value: Decimal | None) -> str:
    """92.00 → 92, 92.50 → 92.5, None → empty."""
    return "" if value is None else f"{value.normalize():f}"


def last_valid_day(issued: date, months: int | None) -> date | None:
    """The last day of a validity of so many months: 2026-11-20 and 36 give 2029-11-19. None is for ever."""
    if not months:
        return None
    years, month = divmod(issued.year * 12 + issued.month - 1 + months, 12)
    day = min(issued.day, calendar.monthrange(years, month + 1)[1])
    return date(years, month + 1, day) - timedelta(days=1)


def state(*, revoked_at: datetime | None, valid_until: date | None, today: date) -> State:
    """What the certificate is worth today; the last valid day still counts."""
    if revoked_at is not None:
        return State.REVOKED
    if valid_until is None:
        return State.VALID
    if today > valid_until:
        return State.EXPIRED
    return State.EXPIRING if valid_until - today <= timedelta(days=EXPIRING_DAYS) else State.VALID


def masked(name: str) -> str:
    """A name for strangers: 李振东 → 李*东, 王凯 → 王*. The number of stars does not tell a long name's length."""
    if len(name) < 3:
        return f"{name[:1]}*"
    return f"{name[0]}{'*' * min(len(name) - 2, MOST_STARS)}{name[-1]}"
