"""The standing cast and the clock.

The cast are the named people of the demo company, each with one purpose: 李振东 learns, 唐志远 writes, 邓敏
is the other trainer who must not see his drafts, 孙国强 reviews, 许婷 after him for compliance, 马跃 examines,
林晓雯 administers training, 罗建华 leads 城关, 曹斌 leads 河东 and must see nothing of it, 沈慧 sees the whole
company, 石磊 comes from outside.
"""

import gc
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as examples
from wagtail.models import Site
from xdist.scheduler import LoadScopeScheduling

from courses import shelf
from courses.actions import ensure_catalogue
from lms.kernel import clock
from lms.people.enums import Employment, PositionFamily, Role, UnitKind
from lms.people.models import OrgUnit, Person, Position, PostAssignment, RoleGrant

PASSWORD = "Correct-Horse-7"
ONE_PLATFORM = re.compile(
    r"tests/journeys/test_(learner|trainer|manager|accessibility|contest|sessions|offline|outline|practice|previews)\.py"
)
DATABASE = {"db", "transactional_db", "live_server"}

# How fast a machine draws examples proves nothing about us.
examples.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("any machine")
_UNITS = {
    "YL": ("云岭县供电公司", UnitKind.COMPANY, None),
    "YL03": ("人力资源部", UnitKind.DEPARTMENT, "YL"),
    "YL04": ("党委党建部", UnitKind.DEPARTMENT, "YL"),
    "YL05": ("安全监察部", UnitKind.DEPARTMENT, "YL"),
    "YL09": ("运维检修部", UnitKind.DEPARTMENT, "YL"),
    "YL0901": ("变电运维班", UnitKind.TEAM, "YL09"),
    "YL11": ("营销部", UnitKind.DEPARTMENT, "YL"),
    "YL1301": ("城关供电所", UnitKind.STATION, "YL"),
    "YL1302": ("河东供电所", UnitKind.STATION, "YL"),
    "YLW01": ("云岭恒安电力工程队", UnitKind.EXTERNAL, "YL"),
}


class ByFile(LoadScopeScheduling):
    """A file stays in one process, and so do all journeys that share one platform; files keep their order."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return "journeys" if ONE_PLATFORM.match(file) else file


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """What touches no database need not be seen on two of them (docs/decisions/0007)."""
    if not item.nodeid.startswith("tests/journeys/") and not _touches_a_database(item):
        item.add_marker(pytest.mark.once)


def _touches_a_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not DATABASE.isdisjoint(fixtures)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes must not be what everybody waits for at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/journeys/test_"))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Tables are made from the models, which is quick; the book of migrations says what it says everywhere else."""
    with django_db_blocker.unblock():
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=app, name=name) for app, name in MigrationLoader(None).disk_migrations
        )
    yield
    with django_db_blocker.unblock():
        _end_other_sessions()


def _end_other_sessions() -> None:
    """PostgreSQL drops no database that a thread or a killed process has left a session in; say whose it was."""
    gc.collect()
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid), application_name, state, query FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        for _, name, state, query in cursor.fetchall():
            print(f"a session of {name or 'no name'} was left, {state}: {query}", file=sys.stderr)


@pytest.fixture
def at(db: None) -> datetime:
    """Now, once, for the whole test."""
    return clock.now()


@pytest.fixture(autouse=True)
def clock_base() -> Iterator[float]:
    """Seconds the test's clock is ahead from the start: twenty minutes around midnight, which cuts days in two."""
    assert settings.TEST_CLOCK is not None
    local = timezone.localtime()
    ahead = 1200.0 if local.hour == 23 and local.minute >= 50 or local.hour == 0 and local.minute < 5 else 0.0
    if ahead:
        settings.TEST_CLOCK.write_text(str(ahead))
    yield ahead
    settings.TEST_CLOCK.unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def _no_address_of_an_undone_site() -> None:
    """Wagtail remembers sites' ids in the cache, which is not rolled back with the sites."""
    Site.clear_site_root_paths_cache()


@pytest.fixture(autouse=True, scope="module")
def _an_empty_shelf_for_a_module() -> None:
    """Before a world that a whole module shares is built: that happens before any fixture of a single test."""
    shelf.clear()


@pytest.fixture(autouse=True)
def _an_empty_shelf() -> None:
    """An edition of an undone test gives its id to another one."""
    shelf.clear()


@pytest.fixture
def move_clock(clock_base: float) -> Callable[[float], None]:
    """Move the clock that doors read on to `seconds` after the time the test began at."""

    def move(seconds: float) -> None:
        assert settings.TEST_CLOCK is not None
        settings.TEST_CLOCK.write_text(str(clock_base + seconds))

    return move


@pytest.fixture
def unit(db: None) -> Callable[[str], OrgUnit]:
    """A unit of the demo company by its code, with the units above it."""

    def get(code: str) -> OrgUnit:
        name, kind, above = _UNITS[code]
        parent = get(above) if above else None
        path = f"{parent.path if parent else ''}{code}/"
        return OrgUnit.objects.get_or_create(
            code=code, defaults={"name": name, "kind": kind, "parent": parent, "path": path}
        )[0]

    return get


@pytest.fixture
def make_person(unit: Callable[[str], OrgUnit]) -> Callable[..., Person]:
    """A person with a post in the unit `at_unit`, holding `role` there or over the unit `over`."""

    def make(
        staff_no: str, name: str, at_unit: str, role: Role | None = None, over: str = "", **facts: object
    ) -> Person:
        person = Person(staff_no=staff_no, name=name, **facts)
        person.set_unusable_password()
        person.save()
        position = Position.objects.get_or_create(
            code="P00", defaults={"name": "值班员", "family": PositionFamily.SKILLED}
        )[0]
        PostAssignment.objects.create(person=person, unit=unit(at_unit), position=position, starts_on=date(2024, 1, 1))
        if role:
            RoleGrant.objects.create(
                person=person,
                role=role,
                unit=unit(over or at_unit),
                starts_at=datetime.fromisoformat("2024-01-01T00Z"),
            )
        return person

    return make


@pytest.fixture
def li_zhendong(make_person: Callable[..., Person]) -> Person:
    """He learns."""
    return make_person("00120039", "李振东", "YL0901")


@pytest.fixture
def xie_yulan(make_person: Callable[..., Person]) -> Person:
    """She learns at 城关."""
    return make_person("00120101", "谢玉兰", "YL1301", large_text=True)


@pytest.fixture
def peng_xiaojun(make_person: Callable[..., Person]) -> Person:
    """He learns at 河东."""
    return make_person("00120110", "彭小军", "YL1302")


@pytest.fixture
def tang_zhiyuan(make_person: Callable[..., Person]) -> Person:
    """He writes courses."""
    return make_person("00120031", "唐志远", "YL09", Role.TRAINER, over="YL")


@pytest.fixture
def deng_min(make_person: Callable[..., Person]) -> Person:
    """She writes other courses, and sees nothing of his."""
    return make_person("00120070", "邓敏", "YL11", Role.TRAINER, over="YL")


@pytest.fixture
def sun_guoqiang(make_person: Callable[..., Person]) -> Person:
    """He reviews content."""
    return make_person("00120016", "孙国强", "YL05", Role.REVIEWER, over="YL")


@pytest.fixture
def xu_ting(make_person: Callable[..., Person]) -> Person:
    """She reviews for compliance, after him."""
    return make_person("00120021", "许婷", "YL04", Role.COMPLIANCE, over="YL")


@pytest.fixture
def ma_yue(make_person: Callable[..., Person]) -> Person:
    """He examines."""
    return make_person("00120017", "马跃", "YL05", Role.EXAMINER, over="YL")


@pytest.fixture
def lin_xiaowen(make_person: Callable[..., Person]) -> Person:
    """She administers training for the whole company."""
    return make_person("00120011", "林晓雯", "YL03", Role.TRAINING_ADMIN, over="YL")


@pytest.fixture
def shen_hui(make_person: Callable[..., Person]) -> Person:
    """She sees the figures of the whole company."""
    return make_person("00120010", "沈慧", "YL03", Role.MANAGER, over="YL")


@pytest.fixture
def luo_jianhua(make_person: Callable[..., Person]) -> Person:
    """He leads 城关 and sees its people only."""
    return make_person("00120097", "罗建华", "YL1301", Role.MANAGER)


@pytest.fixture
def cao_bin(make_person: Callable[..., Person]) -> Person:
    """He leads 河东, and must see nothing of 城关."""
    return make_person("00120106", "曹斌", "YL1302", Role.MANAGER)


@pytest.fixture
def admin(make_person: Callable[..., Person]) -> Person:
    """Keeps the system; no superuser."""
    return make_person("admin", "系统管理员", "YL", Role.SYSTEM_ADMIN)


@pytest.fixture
def auditor(make_person: Callable[..., Person]) -> Person:
    """Reads, changes nothing."""
    return make_person("00120028", "纪检专责", "YL", Role.AUDITOR)


@pytest.fixture
def shi_lei(make_person: Callable[..., Person]) -> Person:
    """He comes from a contractor and sees only what is assigned to him."""
    return make_person("W0000001", "石磊", "YLW01", is_external=True, employment=Employment.CONTRACTOR)


@pytest.fixture
def client_of() -> Callable[[Person], Client]:
    """A browser in which the person is logged in."""

    def make(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="lms.people.login.StaffNumberBackend")
        return client

    return make


@pytest.fixture
def statements() -> Callable[..., object]:
    """`with statements(at_most=6):` fails when the block sends more statements, transaction marks not counted."""

    @contextmanager
    def counted(*, at_most: int) -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connection) as captured:
            yield captured
        marks = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
        sent = [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(marks)]
        assert len(sent) <= at_most, "\n".join([f"{len(sent)} statements, at most {at_most} allowed:", *sent])

    return counted


@pytest.fixture
def desk_of(db: None, client_of: Callable[[Person], Client]) -> Callable[[Person], Client]:
    """A browser of somebody at the editors' desk, in the groups of their roles."""
    ensure_catalogue()

    def make(person: Person) -> Client:
        person.groups.set(Group.objects.filter(name__in=person.grants.values("role")))
        return client_of(person)

    return make
