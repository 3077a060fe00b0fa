"""Many takers at once: all start within a minute, all hand in within five seconds, and how many can save.

Every request has a moment at which it is due; its time counts from there, so that waiting for a slow server counts.
Afterwards every receipt is compared with the database, and every score is made anew.
"""

import hashlib
import http.client
import json
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import uuid4

from django.db import connection

from benchmarks import cpu, papers
from benchmarks.cases import form, post
from benchmarks.clients import SLOWEST, Ask, Reply, Unexpected, checked
from benchmarks.measure import Bench
from benchmarks.population import Learner
from exams import queries
from exams.models import Answer, Attempt, Exam
from exams.rules import grading
from lms.kernel import clock

TAKERS = 300
WARM = 32
START_SECONDS, SUBMIT_SECONDS = 60.0, 5.0
EVERY = 20.0  # seconds between two answers of one taker
AROUND = 20.0  # seconds that the others have been saving before the submit storm, and go on after it
LINES = 64  # connections for the search of the capacity
STEP = 10.0  # seconds at each rate
RATES = (25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 700, 1000)  # answers a second
LIMIT_MS = 500.0
QUESTIONS = sum(papers.RULES.values())


@dataclass
class Log:
    """Seconds of each request by what it was for and when it was due, and what went wrong."""

    found: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)

    def times(self, name: str, between: tuple[float, float] = (0.0, float("inf"))) -> list[float]:
        return sorted(took for due, took in self.found[name] if between[0] <= due <= between[1])


def percentile(in_order: Sequence[float], percent: int) -> float:
    """Milliseconds in which so many percent of the requests were answered."""
    return 1000 * in_order[min(len(in_order) - 1, len(in_order) * percent // 100)] if in_order else 0.0


class Taker:
    """One person with one connection; `receipts`: op_id → (question, version, sha256)."""

    def __init__(self, port: int, learner: Learner, log: Log) -> None:
        self.learner, self.log = learner, log
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=SLOWEST)
        self.sheet = self.holder = self.cookie = ""
        self.versions: dict[int, int] = {}
        self.answers: dict[int, list[int]] = {}
        self.receipts: dict[str, tuple[int, int, str]] = {}
        self.seq = 0

    def sits(self, attempt: Attempt) -> "Taker":
        """Goes on with a sitting that has an answer to every question."""
        self.sheet, self.holder = f"/exams/sitting/{attempt.uuid}/", str(attempt.holder)
        self.versions = dict.fromkeys(range(1, QUESTIONS + 1), 1)
        return self

    def start(self, exam: Exam, due: float) -> None:
        started = self.ask("start", form(self.learner, f"/exams/{exam.uuid}/start/", {}, status=302), due)
        self.sheet, holding = started.headers["location"], started.cookies[0].partition(";")[0]
        cookie = f"{self.learner.cookie}; {holding}"
        self.ask("sheet", Ask(self.sheet, cookie=cookie), time.perf_counter())
        self.holder = holding.partition("=")[2]
        self.versions = dict.fromkeys(range(1, QUESTIONS + 1), 0)

    def save(self, due: float) -> None:
        self.seq += 1
        item = self.seq % QUESTIONS + 1
        payload = [self.seq // QUESTIONS % 2]
        sent = {"op_id": str(uuid4()), "seq": self.seq, "item": item, "base_version": self.versions[item]}
        sent |= {"payload": payload, "holder": self.holder}
        reply = self.ask("save", post(self.learner, f"{self.sheet}answer/", sent), due)
        receipt = json.loads(reply.body)["receipt"]
        wanted = hashlib.sha256(json.dumps(payload, separators=(",", ":")).encode()).hexdigest()
        if (receipt["op_id"], receipt["sha256"]) != (sent["op_id"], wanted):
            raise Unexpected(f"a receipt for another answer: {receipt}")
        self.versions[item], self.answers[item] = receipt["version"], payload
        self.receipts[receipt["op_id"]] = (item, receipt["version"], wanted)

    def submit(self, due: float) -> None:
        self.ask("submit", post(self.learner, f"{self.sheet}submit/", {"holder": self.holder}), due)

    def ask(self, name: str, ask: Ask, due: float) -> Reply:
        time.sleep(max(0.0, due - time.perf_counter()))
        answer = self._sent(ask)
        body = answer.read()
        self.log.found[name].append((due, time.perf_counter() - due))
        cookies = answer.headers.get_all("Set-Cookie") or []
        headers = {key.lower(): value for key, value in answer.headers.items()}
        return checked(ask, Reply(answer.status, headers, cookies, body))

    def _sent(self, ask: Ask) -> http.client.HTTPResponse:
        """Once more on a new connection where the server has closed an idle one, as browsers do."""
        try:
            self.line.request(ask.method, ask.path, ask.body or None, ask.headers)
            return self.line.getresponse()
        except ConnectionError:  # http.client.RemoteDisconnected is one
            self.line.close()
            self.line.request(ask.method, ask.path, ask.body or None, ask.headers)
            return self.line.getresponse()


def together(jobs: Iterable[Callable[[], None]], log: Log) -> None:
    """Each in a thread of its own; what fails is wrong and does not end the others."""

    def run(job: Callable[[], None]) -> None:
        try:
            job()
        except Exception as error:  # what goes wrong under load is what we want to know
            log.wrong.append(re.sub(r"\s+", " ", f"{type(error).__name__}: {error}")[:200])

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@dataclass(frozen=True)
class Line:
    """One line of the table; milliseconds from the moment a request was due."""

    name: str
    count: int
    p50: float
    p95: float
    p99: float
    worst: float


def line(name: str, times: Sequence[float]) -> Line:
    p50, p95, p99, worst = (percentile(times, each) for each in (50, 95, 99, 100))
    return Line(name, len(times), p50, p95, p99, worst)


@dataclass(frozen=True)
class Step:
    """One rate of saving; `cores`: how many of them server and database kept busy, `cpu_ms`: for one answer."""

    rate: int
    p50: float
    p95: float
    p99: float
    cores: float
    cpu_ms: float
    wrong: int

    @property
    def holds(self) -> bool:
        return self.p95 < LIMIT_MS and not self.wrong


@dataclass
class Storm:
    """All of it on one installation."""

    bench: Bench
    exam: Exam
    log: Log = field(default_factory=Log)
    takers: list[Taker] = field(default_factory=list)
    handed_in: list[Taker] = field(default_factory=list)

    def warm(self) -> None:
        """What a server does for the first time only must not fall on a storm."""

        def sit(taker: Taker) -> None:
            taker.start(self.exam, time.perf_counter())
            for _time in range(5):
                taker.save(time.perf_counter())
            taker.submit(time.perf_counter())

        takers = self._new(WARM)
        together([partial(sit, taker) for taker in takers], self.log)
        self.log.found.clear()

    def start(self) -> list[Line]:
        """Everybody starts within a minute and answers every twenty seconds from then on."""
        takers = self._new(TAKERS)
        begin = time.perf_counter() + 1
        end = begin + START_SECONDS + EVERY

        def sit(taker: Taker, due: float) -> None:
            taker.start(self.exam, due)
            while (due := due + EVERY) < end:
                taker.save(due)

        together([partial(sit, taker, begin + START_SECONDS * n / TAKERS) for n, taker in enumerate(takers)], self.log)
        self.handed_in = takers
        names = {"start": "start", "sheet": "the sheet", "save": "answer, meanwhile"}
        return [line(f"start storm: {told}", self.log.times(name)) for name, told in names.items()]

    def submit(self) -> list[Line]:
        """Those hand in within five seconds; as many others go on answering every twenty seconds."""
        others = self._sitting(TAKERS)
        begin = time.perf_counter() + 1
        storm, end = begin + AROUND, begin + AROUND + SUBMIT_SECONDS + AROUND

        def save(taker: Taker, due: float) -> None:
            while due < end:
                taker.save(due)
                due += EVERY

        self.log.found["save"].clear()
        jobs = [partial(save, taker, begin + EVERY * n / TAKERS) for n, taker in enumerate(others)]
        each = SUBMIT_SECONDS / TAKERS
        jobs += [partial(taker.submit, storm + each * n) for n, taker in enumerate(self.handed_in)]
        together(jobs, self.log)
        last = max((due + took for due, took in self.log.found["submit"]), default=storm)
        saves = self.log.times("save", (storm, last))
        return [
            line("submit storm: hand in", self.log.times("submit")),
            line("submit storm: answer, meanwhile", saves),
        ]

    def capacity(self) -> list[Step]:
        """More and more answers a second, until they take too long."""
        takers = self._sitting(TAKERS)
        steps: list[Step] = []
        for rate in RATES:
            steps.append(self._at(rate, takers))
            if not steps[-1].holds:
                break
        return steps

    def _at(self, rate: int, takers: Sequence[Taker]) -> Step:
        log = Log()
        for taker in takers:
            taker.log = log
        lines = min(LINES, len(takers))
        before, begin = cpu.seconds(self.bench.processes()), time.perf_counter() + 0.5

        def save(place: int) -> None:
            """Those takers that share this line, one after the other."""
            mine = takers[place::lines]
            for turn, shot in enumerate(range(place, int(rate * STEP), lines)):
                mine[turn % len(mine)].save(begin + shot / rate)

        together([partial(save, place) for place in range(lines)], log)
        took = time.perf_counter() - begin
        spent = cpu.between(before, cpu.seconds(self.bench.processes()))
        times = log.times("save")
        self.log.wrong += log.wrong
        p50, p95, p99 = (percentile(times, each) for each in (50, 95, 99))
        return Step(rate, p50, p95, p99, spent / took, 1000 * spent / max(1, len(times)), len(log.wrong))

    def _new(self, count: int) -> list[Taker]:
        port = self.bench.installation.port
        found = [Taker(port, learner, self.log) for learner in self.bench.population.take(count)]
        self.takers += found
        return found

    def _sitting(self, count: int) -> list[Taker]:
        takers = self._new(count)
        people = [(each.learner.pk, each.learner.enrolments["exam"]) for each in takers]
        attempts = papers.sit(people, self.exam, at=clock.now())
        return [taker.sits(attempt) for taker, attempt in zip(takers, attempts, strict=True)]

    def wrong(self) -> list[str]:
        """What failed, and where receipts, answers and results are not what they have to be."""
        rows = Answer.objects.filter(standing="accepted").values_list("op_id", "position", "version", "sha256")
        stored = {str(op_id): tuple(facts) for op_id, *facts in rows.iterator()}
        found = list(self.log.wrong)
        for taker in self.takers:
            taker.line.close()
            lost = sum(stored.get(op_id) != facts for op_id, facts in taker.receipts.items())
            found += [f"{taker.learner.person.staff_no}: {lost} receipts are not in the database"] if lost else []
        for taker in self.handed_in:
            found += self._result(taker)
        return found

    def _result(self, taker: Taker) -> list[str]:
        name = taker.learner.person.staff_no
        attempts = list(Attempt.objects.filter(exam=self.exam, person=taker.learner.pk).select_related("exam"))
        if [attempt.state for attempt in attempts] != [Attempt.State.SUBMITTED]:
            return [f"{name}: attempts {[attempt.state for attempt in attempts]}"]
        now = dict(attempts[0].items.values_list("position", "answer"))
        if any(now[item] != payload for item, payload in taker.answers.items()):
            return [f"{name}: an answer is not the last one given"]
        again = grading.total(queries.graded(attempts[0]).values())
        return [f"{name}: score {attempts[0].score}, made anew {again}"] if again != attempts[0].score else []


@dataclass(frozen=True)
class Found:
    lines: Sequence[Line]
    steps: Sequence[Step]
    wrong: Sequence[str]
    receipts: int


def run(bench: Bench, say: Callable[[str], None]) -> Found:
    storm = Storm(bench, Exam.objects.get(uuid=bench.population.exam))
    say(f"start storm: {TAKERS} takers in {START_SECONDS:.0f} seconds …")
    storm.warm()
    lines = storm.start()
    say(f"submit storm: {TAKERS} takers in {SUBMIT_SECONDS:.0f} seconds …")
    lines += storm.submit()
    say("capacity …")
    connection.close()
    steps = storm.capacity()
    say("comparing every receipt with the database …")
    return Found(lines, steps, storm.wrong(), sum(len(taker.receipts) for taker in storm.takers))
