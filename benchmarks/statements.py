"""How many SQL statements one request sends, in our own process."""

from collections.abc import Sequence

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from benchmarks.clients import Ask, Reply, Script, checked

NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def of_last_step(script: Script, steps: int = 3) -> Sequence[str]:
    """The statements of the last of so many steps of a script: what came before has warmed every cache."""
    browser, reply = Browser(headers={"Host": "localhost"}), None
    for _ in range(steps - 1):
        reply = _ask(browser, script.send(reply))
    ask = script.send(reply)
    with CaptureQueriesContext(connection) as captured:
        _ask(browser, ask)
    return [query["sql"] for query in captured if not query["sql"].startswith(NOT_COUNTED)]


def _ask(browser: Browser, ask: Ask) -> Reply:
    answer = browser.generic(ask.method, ask.path, ask.body, content_type=ask.content_type, headers=ask.headers)
    body = b"".join(answer) if answer.streaming else answer.content
    headers = {name.lower(): value for name, value in answer.headers.items()}
    cookies = [morsel.OutputString() for morsel in answer.cookies.values()]
    return checked(ask, Reply(answer.status_code, headers, cookies, body))
