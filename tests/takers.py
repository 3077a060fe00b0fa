"""Virtual takers: people without a browser who log in, start, answer, keep their receipts, and hand in.

A taker behaves as the phone does: an answer without its receipt is sent again, unchanged, until the receipt comes.
"""

import hashlib
import http.client
import json
import re
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

JSON = {"Content-Type": "application/json", "Accept": "application/json"}
PAUSE = 0.05  # seconds before a failed request is sent again
PATIENCE = 180.0  # seconds a server may be away; a busy machine takes its time to start one


@dataclass(frozen=True)
class Reply:
    status: int
    body: str
    location: str = ""

    @property
    def json(self) -> dict[str, Any]:
        return dict(json.loads(self.body))


@dataclass(frozen=True)
class Kept:
    """A receipt a taker holds, with what it was given for."""

    op_id: str
    item: int
    version: int
    sha256: str
    payload: tuple[int, ...]


@dataclass
class Taker:
    """One person with one device."""

    url: str
    staff_no: str
    password: str
    cookies: dict[str, str] = field(default_factory=dict)
    receipts: list[Kept] = field(default_factory=list)
    versions: dict[int, int] = field(default_factory=dict)
    options: dict[int, int] = field(default_factory=dict)
    sheet: str = ""
    holder: str = ""
    seq: int = 0
    repeated: int = 0

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        self._line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)

    def close(self) -> None:
        """Let go of the line; the next request takes a new one."""
        self._line.close()

    def log_in(self) -> None:
        self.send("GET", "/accounts/login/")
        login = {"login": self.staff_no, "password": self.password}
        assert self.send("POST", "/accounts/login/", urlencode(login)).status == 302, self.staff_no

    def start(self, exam: str) -> None:
        """Start the exam and open its sheet."""
        self.sheet = self.send("POST", f"/exams/{exam}/start/").location
        self.open()

    def open(self) -> None:
        """Read the sheet: holder, versions, options of each question. Where the reply that made us the holder was
        lost, the platform asks whether to go on here: yes."""
        page = self.send("GET", self.sheet)
        while "data-holder" not in page.body:
            assert self.send("POST", f"{self.sheet}takeover/").status == 302, (page.status, page.location)
            page = self.send("GET", self.sheet)
        assert page.status == 200, (page.status, page.location)
        self.holder = re.findall(r'data-holder="([^"]+)"', page.body)[0]
        found = re.findall(r'data-item="(\d+)" data-version="(\d+)"', page.body)
        self.versions = {int(item): int(version) for item, version in found}
        names = re.findall(r'name="item-(\d+)"', page.body)
        self.options = {item: names.count(str(item)) for item in self.versions}

    def answer(self, item: int, payload: list[int]) -> Kept:
        """Answer until the receipt is here."""
        self.seq += 1
        op = {"op_id": str(uuid4()), "seq": self.seq, "item": item, "payload": payload, "holder": self.holder,
              "base_version": self.versions[item]}  # fmt: skip
        reply = self.send("POST", f"{self.sheet}answer/", json.dumps(op), JSON)
        assert reply.status == 200, (reply.status, reply.body[:300])
        receipt = reply.json["receipt"]
        sha256 = hashlib.sha256(json.dumps(payload, separators=(",", ":")).encode()).hexdigest()
        assert (receipt["op_id"], receipt["item"], receipt["sha256"]) == (op["op_id"], item, sha256)
        self.versions[item] = receipt["version"]
        kept = Kept(receipt["op_id"], item, receipt["version"], sha256, tuple(payload))
        self.receipts.append(kept)
        return kept

    def hand_in(self) -> str:
        """Where the result is."""
        reply = self.send("POST", f"{self.sheet}submit/", json.dumps({"holder": self.holder}), JSON)
        assert reply.status == 200, (reply.status, reply.body[:300])
        return str(reply.json["redirect"])

    def send(self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> Reply:
        """One request, again and again while the server is away or fails; a refusal is an answer."""
        limit = time.monotonic() + PATIENCE
        while True:
            try:
                reply = self._once(method, path, body, headers or {})
                if reply.status < 500:
                    return reply
            except (OSError, http.client.HTTPException):
                self._line.close()
            assert time.monotonic() < limit, f"{path} is not answered"
            self.repeated += 1
            time.sleep(PAUSE)  # the server is away: this is what a phone does

    def _once(self, method: str, path: str, body: str, headers: dict[str, str]) -> Reply:
        own = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Referer": self.url}
        if method == "POST":
            own |= {"X-CSRFToken": self.cookies.get("csrftoken", "")}
            own |= {"Content-Type": "application/x-www-form-urlencoded"}
        self._line.request(method, path, body.encode(), {**own, **headers})
        response = self._line.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        return Reply(response.status, text, response.headers.get("Location", ""))
