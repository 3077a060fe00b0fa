"""What travels between doors and verbs."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from exams.types import Payload


@dataclass(frozen=True)
class AnswerOp:
    """One answer as a device wrote it. `item` is the place on the paper, `base_version` what the device had seen.

    `written_at` is when the device says it was given: evidence for people, decides nothing.
    """

    op_id: UUID
    seq: int
    item: int
    base_version: int
    holder: UUID
    payload: object
    written_at: datetime | None = None


@dataclass(frozen=True)
class Leave:
    """Once that the sheet was out of sight, as the device tells it. `closed`: the page itself was gone."""

    op_id: UUID
    left_at: datetime
    back_at: datetime | None
    closed: bool


@dataclass(frozen=True)
class Receipt:
    """Proof that an answer is stored: an answer without a receipt was not saved."""

    op_id: UUID
    seq: int
    item: int
    version: int
    sha256: str
    received_at: datetime


@dataclass(frozen=True)
class Stale(Exception):
    """The question has a newer answer than the device knew."""

    item: int
    version: int
    payload: Payload


@dataclass(frozen=True)
class Closed(Exception):
    """The sitting is over; this is kept as late evidence for the examiner and does not count."""

    op_id: UUID
    sha256: str


class TakenOver(Exception):
    """Another device writes this sitting now; what arrived was kept as evidence and does not count."""


def fingerprint(payload: Payload) -> str:
    """sha256 of the canonical JSON of an answer in UTF-8 as browsers write it, hex: `[0,2]`, `true`, `"停电"`."""
    return hashlib.sha256(json.dumps(payload, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
