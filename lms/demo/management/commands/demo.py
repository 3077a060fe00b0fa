"""`manage.py demo`: fill an empty installation with 云岭县供电公司."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.timezone import localdate

from lms.demo.activity import build_activity
from lms.demo.company import build_company
from lms.demo.lessons import build_library
from lms.demo.waves import SHORT, span
from lms.kernel import clock
from lms.people.models import Person

MONTHS = 14


class Command(BaseCommand):
    help = "Build the demo company 云岭县供电公司: people, courses, exams, months of activity. Once; repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=2026, help="another seed, other people")
        parser.add_argument(
            "--months",
            type=int,
            default=MONTHS,
            help=f"how far back the activity reaches, {SHORT} at least (default {MONTHS})",
        )

    def handle(self, *args: Any, seed: int, months: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("演示公司只在演示模式下建立（LIDIAN_DEMO=1）")
        if not SHORT <= months <= MONTHS:
            raise CommandError(f"学习记录的月数应在 {SHORT} 到 {MONTHS} 之间")
        if Person.objects.filter(staff_no="00120039").exists():
            self.stdout.write("演示公司已经建好，没有改动")
            return
        if Person.objects.exists():
            raise CommandError("这里已经有人员数据，演示公司只能建在空的数据库里")
        self._build(seed, months)

    @transaction.atomic
    def _build(self, seed: int, months: int) -> None:
        today = clock.now()
        founded = today - timedelta(days=span(months) + 4)
        company = build_company(seed=seed, at=founded, today=localdate(today))
        self.stdout.write(f"人员 {len(company.people) + len(company.later)}")
        library = build_library(company.people, at=founded + timedelta(days=2))
        self.stdout.write("课程、题库和考试")
        build_activity(company, library, seed=seed, months=months, founded=founded, today=today)
        self.stdout.write(f"新闻与政策，{months} 个月的学习记录")
