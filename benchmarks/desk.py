"""Cases of logging in and of the manager's desk."""

from collections.abc import Sequence
from itertools import cycle

from benchmarks import crowd
from benchmarks.cases import BARE, Case, Writer, form
from benchmarks.clients import Ask, Script
from benchmarks.population import CSRF, PASSWORD, Learner, Population
from lms.journal.actions import deliver
from lms.kernel import clock

VIEWS = (
    ("completion", "?", 50),
    ("trend", "trend/?", 50),
    ("saved filters", "saved/?", 50),
    ("needs attention", "attention/?", 150),
    ("people × courses", "grid/?", 150),
    ("names", "people/?", 150),
    ("names, overdue", "people/?state=overdue&", 150),
    ("PDF", "export.pdf?", None),
)
SHELL = 5  # statements of any desk page: session, person, clock, permissions, unread notices


def cases(population: Population) -> list[Case]:
    figures, export = "/desk/completion/", "/desk/completion/export.xlsx?unit=BM01"
    return [
        Case("log in", 40, 10, _logins("/accounts/login/"), _logins(f"{BARE}/accounts/login/"), people=8),
        Case(
            "completion page, 10,000 people × 4 courses",
            10,
            SHELL + 5,
            _managed(figures, population),
            prepare=_delivered,
        ),
        Case("export of 1,000 people × 4 courses", 300, None, _managed(export, population)),
    ]


def crowd_page(population: Population) -> Case:
    """The page of the whole corporation that `crowd` has added."""
    return Case(
        crowd.NAME, 50, SHELL + 7, _managed(f"/desk/completion/?unit={crowd.ROOT}", population), prepare=_delivered
    )


def crowd_views(population: Population) -> list[Case]:
    """What a manager opens in a morning, of the corporation, a tenth and a hundredth of it, and one group."""
    units = (crowd.WHOLE, crowd.DIVISION, crowd.DEPARTMENT, crowd.GROUP)
    shown = [
        Case(f"{name}, {unit}", aim, None, _managed(f"/desk/completion/{path}unit={unit}", population))
        for name, path, aim in VIEWS
        for unit in units
    ]
    export = _managed(f"/desk/completion/export.xlsx?unit={crowd.DEPARTMENT}", population)
    return [*shown, Case(f"export, {crowd.DEPARTMENT}", None, None, export)]


def _delivered(learners: Sequence[Learner]) -> None:
    """What other cases announced has arrived, as a worker sees to within a second or two."""
    while deliver(at=clock.now()):
        pass


def _logins(path: str) -> Writer:
    """A phone without a session, at an address of its own."""

    def script(learners: Sequence[Learner]) -> Script:
        for learner in learners:
            sent = {"login": learner.person.staff_no, "password": PASSWORD}
            yield form(learner, path, sent, cookie=f"csrftoken={CSRF}", status=302, address=learner.address)

    return script


def _managed(path: str, population: Population) -> Writer:
    """Each client is another manager of the whole company."""
    managers = cycle(population.managers)

    def script(learners: Sequence[Learner]) -> Script:
        manager = next(managers)
        while True:
            yield Ask(path, cookie=manager.cookie)

    return script
