"""Who is in the world, what they and their works are called, and what holds it all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.test import Client

from lms.people.enums import Role, UnitKind
from lms.people.models import OrgUnit, Person

PASSWORD = "Knock-Knock-2031"


class Who(StrEnum):
    """Who knocks. Managers and administrators hold their role over the unit named beside them."""

    ANONYMOUS = "anonymous"
    LEARNER = "learner"  # of 城关: the owner of everything
    OTHER_LEARNER = "other learner"  # of 河东
    MANAGER = "manager of the unit"  # 城关
    OTHER_MANAGER = "other manager"  # 河东
    TRAINER = "trainer"  # wrote the course and a draft
    SECOND_TRAINER = "second trainer"
    REVIEWER = "reviewer"  # of the subject
    COMPLIANCE = "compliance reviewer"
    EXAMINER = "examiner"
    TRAINING_ADMIN = "training_admin"
    OTHER_ADMIN = "other training_admin"  # over 河东 only
    SYSTEM_ADMIN = "system_admin"
    AUDITOR = "auditor"
    EXTERNAL = "external person"


@dataclass(frozen=True)
class Member:
    number: str
    name: str
    unit: str
    role: Role | None = None
    over: str = ""


CAST: Mapping[Who, Member] = {
    Who.LEARNER: Member("00120101", "谢玉兰", "CG"),
    Who.OTHER_LEARNER: Member("00120110", "彭小军", "HD"),
    Who.MANAGER: Member("00120097", "罗建华", "CG", Role.MANAGER, "CG"),
    Who.OTHER_MANAGER: Member("00120106", "曹斌", "HD", Role.MANAGER, "HD"),
    Who.TRAINER: Member("00120031", "唐志远", "AJ", Role.TRAINER, "YL"),
    Who.SECOND_TRAINER: Member("00120070", "邓敏", "AJ", Role.TRAINER, "YL"),
    Who.REVIEWER: Member("00120016", "孙国强", "AJ", Role.REVIEWER, "YL"),
    Who.COMPLIANCE: Member("00120021", "许婷", "AJ", Role.COMPLIANCE, "YL"),
    Who.EXAMINER: Member("00120017", "马跃", "AJ", Role.EXAMINER, "YL"),
    Who.TRAINING_ADMIN: Member("00120011", "林晓雯", "AJ", Role.TRAINING_ADMIN, "YL"),
    Who.OTHER_ADMIN: Member("00120107", "赵敏", "HD", Role.TRAINING_ADMIN, "HD"),
    Who.SYSTEM_ADMIN: Member("admin", "系统管理员", "AJ", Role.SYSTEM_ADMIN, "YL"),
    Who.AUDITOR: Member("00120028", "纪检专责", "AJ", Role.AUDITOR, "YL"),
    Who.EXTERNAL: Member("W0000001", "石磊", "WB"),
}


UNITS = [
    ("YL", "云岭县供电公司", UnitKind.COMPANY, None),
    ("AJ", "安全监察部", UnitKind.DEPARTMENT, "YL"),
    ("CG", "城关供电所", UnitKind.STATION, "YL"),
    ("HD", "河东供电所", UnitKind.STATION, "YL"),
    ("WB", "云岭恒安电力工程队", UnitKind.EXTERNAL, "YL"),
]


@dataclass(frozen=True)
class Names:
    """What free texts say; a hostile world says something else."""

    learner: str = "谢玉兰"
    course: str = "触电急救（理论）"
    text: str = "先验电，后接地。"
    unit: str = "城关供电所"
    option: str = "合格的验电器"


@dataclass
class World:
    """Persons, things, and a logged-in browser for each person. `things` are the arguments of addresses."""

    at: datetime
    people: dict[Who, Person] = field(default_factory=dict)
    units: dict[str, OrgUnit] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    sessions: dict[Who, str] = field(default_factory=dict)

    def browser(self, who: Who, **options: Any) -> Client:
        """A fresh browser that is already logged in; its cookies are its own."""
        client = Client(**options)
        if who in self.sessions:
            client.cookies["sessionid"] = self.sessions[who]
        return client

    def fresh(self, who: Who) -> Person:
        """The person as the database has them now; the ones in `people` remember what was undone."""
        person: Person = Person.objects.get(pk=self.people[who].pk)
        return person

    @property
    def facts(self) -> SimpleNamespace:
        return SimpleNamespace(**self.things)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
