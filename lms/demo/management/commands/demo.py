"""`manage.py demo`: fill an empty installation with 云岭县供电公司."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from lms.demo.activity import build_activity
from lms.demo.company import build_company
from lms.demo.lessons import build_library
from lms.demo.news import build_news
from lms.kernel import clock
from lms.people.models import Person


class Command(BaseCommand):
    help = "Build the demo company 云岭县供电公司: people, courses, exam, three months of activity. Once; repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=2026, help="another seed, other people")

    def handle(self, *args: Any, seed: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("演示公司只在演示模式下建立（LIDIAN_DEMO=1）")
        if Person.objects.filter(staff_no="00120039").exists():
            self.stdout.write("演示公司已经建好，没有改动")
            return
        if Person.objects.exists():
            raise CommandError("这里已经有人员数据，演示公司只能建在空的数据库里")
        self._build(seed)

    @transaction.atomic
    def _build(self, seed: int) -> None:
        today = clock.now()
        founded = today - timedelta(days=95)
        people = build_company(seed=seed, at=founded)
        self.stdout.write(f"人员 {len(people)}")
        library = build_library(people, at=founded + timedelta(days=2))
        self.stdout.write("课程、题库和考试")
        articles = build_news(people, seed=seed, today=today)
        self.stdout.write(f"新闻与政策 {articles}")
        build_activity(people, library, seed=seed, today=today)
        self.stdout.write("三个月的学习记录")
