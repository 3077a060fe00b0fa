"""What is measured over HTTP. A case is a script for the real view and one for the bare view beside it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks.clients import Ask, Script
from benchmarks.population import CSRF, Learner

Writer = Callable[[Sequence[Learner]], Script]
BARE = "/bare"


def nothing(learners: Sequence[Learner]) -> None:
    """Most cases need no preparation."""


@dataclass(frozen=True)
class Case:
    """`aim_ms`: CPU of application and database. `people`: how many each client needs (one request each if many).

    `prepare` makes ready what the scripts find, just before they run. `requests`: how many make one operation.
    """

    name: str
    aim_ms: float | None
    aim_statements: int | None
    real: Writer
    bare: Writer | None = None
    people: int = 1
    prepare: Callable[[Sequence[Learner]], None] = nothing
    requests: int = 1


def page(path: str, prefix: str = "") -> Writer:
    """The same page again and again."""

    def script(learners: Sequence[Learner]) -> Script:
        while True:
            for learner in learners:
                yield Ask(prefix + path, cookie=learner.cookie)

    return script


def post(learner: Learner, path: str, sent: dict[str, Any], **facts: Any) -> Ask:
    """JSON as our scripts send it."""
    return Ask(path, "POST", json.dumps(sent).encode(), cookie=learner.cookie, csrf=CSRF, **facts)


def form(learner: Learner, path: str, sent: dict[str, str], **facts: Any) -> Ask:
    """A form as a browser sends it; `cookie` may be another than the learner's session."""
    body = urlencode({"csrfmiddlewaretoken": CSRF, **sent}).encode()
    kind = "application/x-www-form-urlencoded"
    return Ask(path, "POST", body, **{"content_type": kind, "cookie": learner.cookie, **facts})
