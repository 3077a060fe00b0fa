"""Every address × every role × every method answers what `access_table.py` says; nothing is left out of it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponseBase, HttpResponseNotFound
from django.urls import URLResolver, reverse
from wagtail.models import Page

from tests.architecture import access_table as table
from tests.architecture.access_table import DOORS, Door, Rule
from tests.architecture.addresses import Address, addresses, of_the_desk
from tests.architecture.world import Who, World, undone

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("access_table")]  # one world, one worker

DESK = [address for address in addresses() if of_the_desk(address)]
OWN = [address for address in addresses() if not of_the_desk(address)]
SOME = (Who.ANONYMOUS, Who.LEARNER, Who.TRAINING_ADMIN)  # knock in every other way too
KEEN = (*SOME, *table.ENTERS, Who.SYSTEM_ADMIN)  # knock at every door of the content desk in every way
UNUSUAL = ("PUT", "PATCH", "DELETE", "OPTIONS")
SERVED_BY_WAGTAIL = {
    "wagtail_serve", "wagtailcore_login", "wagtailcore_authenticate_with_password", "pages/_util/login/"
}  # fmt: skip
# Wagtail's own views that stumble over an empty POST
STUMBLES = {"wagtailadmin_choose_page_external_link", "wagtailadmin_pages:add", "wagtailadmin_pages:copy"}


@pytest.fixture(scope="module", autouse=True)
def _plain_404() -> Iterator[None]:
    """Thousands of refusals need no page."""
    with pytest.MonkeyPatch.context() as patch:
        original = URLResolver.resolve_error_handler
        plain = {404: lambda request, exception: HttpResponseNotFound()}
        patch.setattr(URLResolver, "resolve_error_handler", lambda self, kind: plain.get(kind) or original(self, kind))
        yield


def test_every_address_is_in_the_table() -> None:
    missing = {address.name for address in OWN} - {door.name for door in DOORS} - SERVED_BY_WAGTAIL
    assert not missing, f"no line in access_table.DOORS for {sorted(missing)}"


def test_every_line_of_the_table_is_an_address() -> None:
    unknown = {door.name for door in DOORS} - {address.name for address in OWN}
    assert not unknown, f"no address for the lines {sorted(unknown)}"
    assert max(Counter(map(str, DOORS)).values()) == 1, "a line stands twice"


def test_every_address_of_the_content_desk_is_in_exactly_one_group() -> None:
    groups = [
        table.CLOSED_SPACES, table.CLOSED_DOORS, table.WORKS, table.UPLOADS, table.SCREENS, table.ASSETS
    ]  # fmt: skip
    for address in DESK:
        if address.name in table.CLOSED_DOORS:
            continue
        named = [group for group in groups if address.name in group or address.space in group]
        assert len(named) == 1, f"{address.name} is in {len(named)} groups of access_table"
    known = {address.name for address in DESK} | {address.space for address in DESK}
    unknown = frozenset().union(*groups) - known
    assert not unknown, f"the content desk has no {sorted(unknown)}"


@pytest.mark.parametrize("door", DOORS, ids=str)
def test_a_door_opens_to_whom_the_table_says(door: Door, world: World) -> None:
    path = path_of(door, world)
    wrong: list[str] = []
    for who in Who if not door.sent_home else (Who.ANONYMOUS,):
        wrong += compare(who, "GET", door.get, knock(world, who, "GET", path))
        wrong += compare(who, "POST", door.post, knock(world, who, "POST", path, door))
    for who in SOME if not door.sent_home else (Who.ANONYMOUS,):
        if door.get:
            wrong += compare(who, "HEAD", door.get, knock(world, who, "HEAD", path))
        wrong += [f"{who} {method}" for method in UNUSUAL if gives(knock(world, who, method, path), method)]
    assert not wrong, f"{path}\n" + "\n".join(wrong)


def path_of(door: Door, world: World) -> str:
    things = {name: str(value) for name, value in world.things.items()}
    return reverse(door.name, args=[world.things[name] for name in door.arguments]) + door.query.format_map(things)


def knock(world: World, who: Who, method: str, path: str, door: Door | None = None) -> HttpResponseBase:
    """The answer; whatever the request changed is undone."""
    sent: dict[str, Any] = {}
    if method == "POST" and door is not None and door.json is not None:
        sent = {"data": filled(door.json, world), "content_type": "application/json"}
    elif method == "POST" and door is not None:
        sent = {"data": filled(door.data, world)}
    browser = world.browser(who, raise_request_exception=False)
    with undone():
        answer: HttpResponseBase = getattr(browser, method.lower())(path, **sent)
        body_of(answer)
    return answer


def body_of(answer: Any) -> bytes:
    """All of it, read to the end, so that no file stays open."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def filled(data: Any, world: World) -> dict[str, Any]:
    things = {name: str(value) for name, value in world.things.items()}
    return {key: value.format_map(things) if isinstance(value, str) else value for key, value in data.items()}


def compare(who: Who, method: str, rule: Rule | None, answer: HttpResponseBase) -> list[str]:
    status = answer.status_code
    if rule is None:
        return [] if status in (405, 404) or asks(answer) else [f"{who} {method}: {status}, no line permits it"]
    if status == rule.expected(who) and not (who is Who.ANONYMOUS and who not in rule.allowed and not asks(answer)):
        return []
    return [f"{who} {method}: {status} {answer.headers.get('Location', '')}, expected {rule.expected(who)}"]


def asks(answer: HttpResponseBase) -> bool:
    """Whether it sends to the log-in page."""
    return answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")


def gives(answer: HttpResponseBase, method: str) -> bool:
    """Whether an unusual method gets more than a refusal, or than the headers that OPTIONS is for."""
    if method == "OPTIONS" and answer.status_code == 200:
        return bool(getattr(answer, "content", b""))
    return answer.status_code not in (400, 403, 404, 405) and not asks(answer)


# The content desk


def values(address: Address, world: World) -> dict[str, Any]:
    """A thing of the first trainer for every argument an address of the desk may have."""
    facts = world.facts
    page = facts.page
    upload = facts.document if "docs" in address.space else facts.image
    upload = facts.media_file if address.space.startswith("media") else upload
    return {
        "pk": page if "pages" in address.space else upload,
        "file": facts.film, "number": 1, "page_id": page,
        "parent_page_id": page, "page_to_move_id": facts.page_lesson, "destination_id": page,
        "page_pk": page, "revision_id": facts.revision, "revision_id_a": "earliest", "revision_id_b": "latest",
        "image_id": facts.image, "document_id": facts.document, "doc_id": facts.document, "collection_id": 1,
        "content_type_app_name": "courses", "content_type_model_name": "lessonpage", "app_label": "courses",
        "model_name": "lessonpage", "app_name": "courses", "action_name": "approve", "action": "delete",
        "task_state_id": 1, "task_id": 1, "workflow_pk": 1, "workflow_state_id": 1, "uploaded_file_id": 1,
        "object_id": page, "session_id": 1, "filter_spec": "width-100", "redirect_id": 1, "uidb64": "MQ", "token": "x",
        "upload": world.things["course_import"],
    }  # fmt: skip


def group(address: Address) -> str:
    if address.name in table.CLOSED_DOORS or address.space in table.CLOSED_SPACES:
        return "closed"
    for name in ("WORKS", "UPLOADS", "SCREENS", "ASSETS"):
        if address.name in getattr(table, name) or address.space in getattr(table, name):
            return name.lower()
    raise AssertionError(address.name)


SPACES = sorted({(group(address), address.space) for address in DESK})


@pytest.mark.parametrize(("kind", "space"), SPACES, ids=[" ".join(pair) for pair in SPACES])
def test_the_content_desk_opens_to_whom_the_table_says(kind: str, space: str, world: World) -> None:
    wrong = []
    for address in (one for one in DESK if one.space == space and group(one) == kind):
        path = "/cms/anything/else/" if address.name == "cms/^.*/$" else address.path(values(address, world))
        for who in KEEN if kind == "closed" else Who:
            for method in ("GET", "POST") if who in KEEN else ("GET",):
                answer = knock(world, who, method, path)
                if answer.status_code == 500 and method == "POST" and address.name in STUMBLES:
                    continue
                if not RULES[kind](address, who, answer):
                    where = answer.headers.get("Location", "")
                    wrong.append(f"{address.name} {path} {who} {method}: {answer.status_code} {where}")
    assert not wrong, "\n".join(wrong)


def closed(address: Address, who: Who, answer: HttpResponseBase) -> bool:
    return answer.status_code == 404


def works(address: Address, who: Who, answer: HttpResponseBase) -> bool:
    if who is Who.ANONYMOUS:
        return asks(answer)
    if who is Who.TRAINER:
        return answer.status_code < 500
    if not address.arguments:
        return screens(address, who, answer)
    return answer.status_code == 404


def uploads(address: Address, who: Who, answer: HttpResponseBase) -> bool:
    if who is Who.ANONYMOUS:
        return asks(answer)
    if who is Who.TRAINER:
        return answer.status_code < 500
    if not address.arguments:
        return screens(address, who, answer)
    if who not in table.ENTERS:
        return answer.status_code == 404
    return answer.status_code in (403, 404, 405) or refused(answer)


def screens(address: Address, who: Who, answer: HttpResponseBase) -> bool:
    if who is Who.ANONYMOUS:
        return asks(answer)
    return answer.status_code < 500 if who in table.ENTERS else answer.status_code == 404


def assets(address: Address, who: Who, answer: HttpResponseBase) -> bool:
    return answer.status_code in (200, 302, 404, 405)


def refused(answer: HttpResponseBase) -> bool:
    """Wagtail's way to say no: back to the desk's first page with a message."""
    return answer.status_code == 302 and answer.headers["Location"] == "/cms/"


RULES = {"closed": closed, "works": works, "uploads": uploads, "screens": screens, "assets": assets}


# Wagtail's own page addresses


@pytest.mark.parametrize("who", Who)
def test_a_page_has_no_address_of_its_own_that_shows_it(who: Who, world: World) -> None:
    """`/pages/…` leads to the study page, or nowhere: drafts are not there at all."""
    for key, expected in (("live_page", 302), ("page", 404), ("page_lesson", 404)):
        url = "/pages" + Page.objects.get(pk=world.things[key]).url_path.removeprefix("/lidian")
        assert knock(world, who, "GET", url).status_code == expected, url
    login = knock(world, who, "GET", "/pages/_util/login/")
    assert asks(login), "a second way to log in"
    assert knock(world, who, "GET", "/pages/_util/authenticate_with_password/1/1/").status_code == 404
