"""What browsers send, read strictly: unknown fields are ignored, wrong ones refused."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse

from exams.facts import AnswerOp, Closed, Receipt, Stale
from exams.types import Malformed

LONGEST = 256 * 1024  # bytes; the longest essay has 20,000 characters, and one may be written in twelve bytes


class TooLarge(Malformed):
    """More than any answer has."""


def body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of a request. Raises Malformed, TooLarge."""
    if int(request.headers.get("Content-Length") or 0) > LONGEST:
        raise TooLarge
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None
    if not isinstance(sent, dict):
        raise Malformed("not an object")
    return sent


def answer_op(request: HttpRequest) -> AnswerOp:
    """One answer. Raises Malformed; the payload itself is read by the question's type."""
    sent = body(request)
    return AnswerOp(
        op_id=uuid(sent, "op_id"),
        seq=_count(sent, "seq"),
        item=_count(sent, "item"),
        base_version=_count(sent, "base_version"),
        holder=uuid(sent, "holder"),
        payload=sent.get("payload"),
        written_at=moment(sent.get("written_at")),
    )


def moment(text: object) -> datetime | None:
    """A moment as a browser writes it, with its offset; None for anything else."""
    try:
        told = datetime.fromisoformat(text) if isinstance(text, str) else None
        return told.astimezone(UTC) if told and told.tzinfo else None
    except (ValueError, OverflowError):
        return None


def uuid(sent: dict[str, Any], name: str) -> UUID:
    try:
        return UUID(sent.get(name))
    except (ValueError, TypeError, AttributeError):
        raise Malformed(name) from None


def receipt(receipt: Receipt) -> dict[str, Any]:
    return {
        "op_id": str(receipt.op_id),
        "seq": receipt.seq,
        "item": receipt.item,
        "version": receipt.version,
        "sha256": receipt.sha256,
        "received_at": receipt.received_at.isoformat(),
    }


def conflict(error: str, **facts: Any) -> JsonResponse:
    return JsonResponse({"error": error, **facts}, status=409)


def closed(found: Closed, result: str) -> JsonResponse:
    """Too late; `kept` is what the examiner has now."""
    return conflict("closed", redirect=result, kept={"op_id": str(found.op_id), "sha256": found.sha256})


def stale(found: Stale) -> JsonResponse:
    return conflict("stale", item=found.item, version=found.version, payload=found.payload)


def malformed() -> JsonResponse:
    return JsonResponse({"error": "malformed"}, status=400)


def too_large() -> JsonResponse:
    return JsonResponse({"error": "too_large"}, status=413)


def _count(sent: dict[str, Any], name: str) -> int:
    value = sent.get(name)
    if type(value) is not int or not 0 <= value < 2**31:
        raise Malformed(name)
    return value
