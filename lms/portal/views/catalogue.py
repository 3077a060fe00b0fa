"""课程: everything one can learn, narrowed as one likes, and every phrase in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses import queries as courses
from courses.enums import Extent, Line
from courses.models import Course
from lms.people.login import login_required
from lms.people.models import Person, PositionTag, PostAssignment
from lms.portal.views.learner import learner
from lms.records import queries
from lms.records.models import Enrolment

LONGEST_SEARCH = 50  # characters
PAGE = 20
MINE = "mine"


@dataclass(frozen=True)
class Asked:
    """What the address asks for; whatever it cannot mean is left out. `post`: "mine" or the key of a position tag."""

    line: str
    hours: str
    post: str
    text: str

    @classmethod
    def of(cls, query: QueryDict, tags: Sequence[Any]) -> Self:
        line, hours, post = (query.get(name, "") for name in ("line", "hours", "post"))
        posts = {tag.key for tag in tags} | ({MINE} if any(tag.mine for tag in tags) else set())
        return cls(
            line=line if line in Line.values else "",
            hours=hours if hours in Extent.values else "",
            post=post if post in posts else "",
            text=" ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST_SEARCH],
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.line or self.hours or self.post)

    @property
    def line_free(self) -> str:
        """The query of an address that asks for the same on every line; "" when nothing else is asked."""
        return urlencode([(name, value) for name, value in self._parts() if name != "line"])

    @property
    def page_query(self) -> str:
        """What stands after `?page=2`."""
        return "".join(f"&{urlencode([part])}" for part in self._parts())

    def _parts(self) -> list[tuple[str, str]]:
        parts = {"line": self.line, "hours": self.hours, "post": self.post, "q": self.text}
        return [(name, value) for name, value in parts.items() if value]


@login_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    person = learner(request)
    tags = _tags(person)
    asked = Asked.of(request.GET, tags)
    mine = [tag.pk for tag in tags if tag.mine]
    offered = _narrowed(person, asked, tags, mine)
    named = offered.filter(current_edition__title__icontains=asked.text) if asked.text else offered
    page = Paginator(courses.for_posts_first(named, mine), PAGE).get_page(request.GET.get("page"))
    context = {
        "nav_current": "courses",
        "asked": asked,
        "lines": Line.choices,
        "extents": Extent.choices,
        "tags": tags,
        "has_post": bool(mine),
        "page": page,
        "cards": _cards(person, page),
        "hits": _hits(asked.text, offered) if page.number == 1 else [],
    }
    return render(request, "portal/catalogue.html", context)


def _tags(person: Person) -> list[Any]:
    """The position tags that courses have, each with `mine`: whether the person's post has it. One statement."""
    post = PostAssignment.objects.current().filter(person=person, position__tags=OuterRef("pk"))
    used = Course.objects.offered().filter(position_tags=OuterRef("pk"))
    return list(PositionTag.objects.filter(Exists(used)).annotate(mine=Exists(post)).order_by("pk"))


def _narrowed(person: Person, asked: Asked, tags: Sequence[Any], mine: Collection[int]) -> QuerySet[Course]:
    """What the person may see of what was asked for, whatever the text."""
    found = courses.catalogue(asked.line or None).filter(pk__in=queries.courses_open_to(person))
    if asked.hours:
        found = courses.of_extent(found, asked.hours)
    if asked.post:
        wanted = mine if asked.post == MINE else [tag.pk for tag in tags if tag.key == asked.post]
        links = Course.position_tags.through.objects.filter(positiontag__in=wanted)
        found = found.filter(pk__in=links.values("course"))
    return found


def _cards(person: Person, page: Any) -> list[dict[str, Any]]:
    """Each course of the page with the person's own state of it, in two statements."""
    found = list(page)
    states = dict(
        Enrolment.objects.filter(person=person, course__in=found)
        .exclude(state=Enrolment.State.CANCELLED)
        .order_by("cycle")
        .values_list("course", "state")
    )
    return [{"course": course, "edition": course.current_edition, "state": states.get(course.pk)} for course in found]


def _hits(text: str, offered: QuerySet[Course]) -> Sequence[courses.Hit]:
    """Lessons that contain the phrase, in the courses asked for; none in what is only announced."""
    if not text:
        return []
    visible = set(offered.filter(current_edition__coming_soon=False).values_list("pk", flat=True))
    return [hit for hit in courses.search(text) if hit.course.pk in visible]
