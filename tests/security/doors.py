"""The doors of the access table, as those who may open them find them."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from tests.architecture.access_table import DOORS, Door
from tests.architecture.test_access_table import body_of as body_of
from tests.architecture.test_access_table import filled, path_of
from tests.architecture.world import Who, World

READABLE = [door for door in DOORS if door.get is not None and door.get.status == 200]
WRITABLE = [door for door in DOORS if door.post is not None]
FIRST = (Who.LEARNER, Who.TRAINING_ADMIN, Who.EXAMINER, Who.TRAINER, Who.SYSTEM_ADMIN)

# Screens of the content desk that a trainer opens every day.
DESK = ("wagtailadmin_home", "wagtailadmin_explore", "wagtailadmin_pages:edit", "wagtailadmin_pages:history",
        "wagtailadmin_pages:view_draft", "wagtailadmin_pages:revisions_compare", "wagtailimages:index",
        "wagtaildocs:index", "wagtailadmin_pages:add_subpage", "wagtailadmin_pages:delete",
        "wagtailadmin_pages:usage", "wagtailadmin_choose_page", "courses_desk:co_authors",
        "courses_desk:import_preview")  # fmt: skip


def opener(door: Door) -> Who:
    """One of those who may: the learner, if it is a learner's door."""
    rule = door.get or door.post
    assert rule is not None
    return next(who for who in FIRST if who in rule.allowed)


def path(door: Door, world: World) -> str:
    return path_of(door, world)


def post(world: World, door: Door, who: Who, data: dict[str, Any] | None = None, **options: Any) -> Any:
    """Send what the table sends, with `data` over it."""
    if door.json is not None:
        sent = {**filled(door.json, world), **(data or {})}
        return world.browser(who, **options).post(path(door, world), sent, content_type="application/json")
    return world.browser(who, **options).post(path(door, world), {**filled(door.data, world), **(data or {})})


def desk_paths(world: World) -> Iterator[str]:
    """Addresses of the trainer's daily screens, for the trainer's draft and its lesson."""
    for name in DESK:
        if name == "wagtailadmin_pages:revisions_compare":
            yield reverse(name, args=[world.things["page"], "earliest", "latest"])
        elif name in ("wagtailadmin_home", "wagtailimages:index", "wagtaildocs:index", "wagtailadmin_choose_page"):
            yield reverse(name)
        elif name == "courses_desk:co_authors":
            yield reverse(name, args=[world.things["page"]])
        elif name == "courses_desk:import_preview":
            yield reverse(name, args=[world.things["course_import"]])
        else:
            yield from (reverse(name, args=[world.things[key]]) for key in ("page", "page_lesson"))
