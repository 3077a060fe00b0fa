"""Clients that ask over HTTP: each a thread with one keep-alive connection that follows a script."""

import http.client
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

SLOWEST = 30.0  # seconds an answer may take


@dataclass(frozen=True)
class Ask:
    """One request. `cookie` is the whole header; `status` is what a right answer has."""

    path: str
    method: str = "GET"
    body: bytes = b""
    content_type: str = "application/json"
    cookie: str = ""
    csrf: str = ""
    status: int = 200
    address: str = "10.0.0.1"

    @property
    def headers(self) -> dict[str, str]:
        facts = {"Cookie": self.cookie, "X-CSRFToken": self.csrf, "X-Forwarded-For": self.address}
        if self.method == "POST":
            facts |= {"Content-Type": self.content_type, "X-Requested-With": "fetch"}
        return {name: value for name, value in facts.items() if value}


@dataclass(frozen=True)
class Reply:
    """One answer; names of headers in lower case."""

    status: int
    headers: dict[str, str]
    cookies: Sequence[str]
    body: bytes


# A script asks and is sent the reply. It runs in a client's thread: what it needs from the database is read before.
Script = Generator[Ask, Reply | None, None]


class Unexpected(RuntimeError):
    """An answer that is not the one the script is about."""


def checked(ask: Ask, reply: Reply) -> Reply:
    if reply.status != ask.status:
        start = reply.body[:300].decode(errors="replace")
        raise Unexpected(f"{ask.method} {ask.path}: {reply.status}, not {ask.status}: {start}")
    return reply


@dataclass
class Measured:
    """What one run of all clients took: wall seconds, and the seconds of each request."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)

    def __add__(self, other: "Measured") -> "Measured":
        return Measured(self.seconds + other.seconds, [*self.latencies, *other.latencies])

    @property
    def count(self) -> int:
        return len(self.latencies)

    def percentile(self, percent: int) -> float:
        """Milliseconds in which so many percent of the requests were answered."""
        in_order = sorted(self.latencies)
        return 1000 * in_order[min(len(in_order) - 1, len(in_order) * percent // 100)] if in_order else 0.0


class Client:
    """Follows one script on one connection; can be stopped after any request and go on later."""

    def __init__(self, port: int, script: Script) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SLOWEST)
        self.script = script
        self.reply: Reply | None = None

    def step(self) -> float:
        """One request; the seconds it took. StopIteration when the script has ended."""
        ask = self.script.send(self.reply)
        begun = time.perf_counter()
        self.connection.request(ask.method, ask.path, ask.body or None, ask.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        took = time.perf_counter() - begun
        cookies = answer.headers.get_all("Set-Cookie") or []
        headers = {name.lower(): value for name, value in answer.headers.items()}
        self.reply = checked(ask, Reply(answer.status, headers, cookies, body))
        return took

    def close(self) -> None:
        self.connection.close()


@dataclass
class Clients:
    """Several clients at once."""

    each: Sequence[Client]
    errors: list[Exception] = field(default_factory=list)

    def run(self, *, seconds: float, most: int) -> Measured:
        """Let them ask until the time is over, `most` requests are made by each, or their scripts end."""
        found: list[list[float]] = [[] for _ in self.each]
        until = time.perf_counter() + seconds
        threads = [
            threading.Thread(target=self._follow, args=(client, until, most, took))
            for client, took in zip(self.each, found, strict=True)
        ]
        begun = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self.errors:
            raise self.errors[0]
        return Measured(time.perf_counter() - begun, [one for took in found for one in took])

    def _follow(self, client: Client, until: float, most: int, took: list[float]) -> None:
        try:
            while len(took) < most and time.perf_counter() < until and not self.errors:
                took.append(client.step())
        except StopIteration:
            pass
        except Exception as error:  # the run that started this thread raises it
            self.errors.append(error)

    def close(self) -> None:
        for client in self.each:
            client.close()
