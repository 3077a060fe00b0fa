"""Choices between our key and the fractions other systems give every option."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from exams.exchange.numbers import decimal, plain
from exams.exchange.unreadable import Broken

NEAR = Decimal("0.001")


def single_key(shares: Sequence[str], feedback: Sequence[str] = ()) -> dict[str, Any]:
    """The best option is right, several that earn all too; shares are kept when others earn or cost something."""
    numbers = [decimal(share) for share in shares]
    best = max(numbers, default=Decimal(0))
    if best <= 0:
        raise Broken(_("no option is marked as right"))
    right = [index for index, number in enumerate(numbers) if number == 1] or [numbers.index(best)]
    key: dict[str, Any] = {"correct": right}
    if best != 1 or sum(1 for number in numbers if number) > len(right):
        key["shares"] = [plain(number) for number in numbers]
    return key | _feedback(feedback)


def multiple_key(shares: Sequence[str], feedback: Sequence[str] = ()) -> dict[str, Any]:
    """Options that earn something are right. Equal parts where a wrong one costs all are what the exam decides."""
    numbers = [decimal(share) for share in shares]
    correct = [index for index, number in enumerate(numbers) if number > 0]
    if not correct:
        raise Broken(_("no option is marked as right"))
    key: dict[str, Any] = {"correct": correct}
    part = Decimal(1) / len(correct)
    if not all(abs(number - part) < NEAR if number > 0 else number == -1 for number in numbers):
        key["shares"] = [plain(number) for number in numbers]
    return key | _feedback(feedback)


def shares_of(type: str, key: Any, options: int) -> list[str]:
    """What each option earns, as the two above understand it."""
    if "shares" in key:
        given = list(key["shares"])[:options]
        return given + ["0"] * (options - len(given))
    right = key["correct"]
    if type == "single":
        return ["1" if index in right else "0" for index in range(options)]
    part = plain(round(Decimal(1) / len(right), 7))
    return [part if index in right else "-1" for index in range(options)]


def feedback_of(key: Any, options: int) -> list[str]:
    given = list(key.get("feedback", []))[:options]
    return given + [""] * (options - len(given))


def _feedback(texts: Sequence[str]) -> dict[str, list[str]]:
    return {"feedback": list(texts)} if any(texts) else {}
