"""Wrong types, endless numbers and texts, NUL, deep nesting: a clear refusal or nothing, never a failure of ours."""

import json
import time
from typing import Any

import pytest

from tests.architecture.access_table import ANSWER, Door
from tests.architecture.world import Who, World, undone
from tests.security.doors import READABLE, WRITABLE, body_of, opener, path, post

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("odd_input")]  # one world, one worker

BODIES = {
    "nothing": b"", "number": b"1", "text": b'"x"', "null": b"null", "true": b"true", "array": b"[]", "cut": b'{"a":',
    "not utf-8": b"\xff\xfe{}", "deep": b'{"a":' * 5000 + b"1" + b"}" * 5000, "deep array": b"[" * 100_000,
    "number without end": b'{"seq": ' + b"9" * 10_000 + b"}", "form": b"op_id=1&seq=1", "nan": b"NaN",
    "two": b"{}{}", "nul": b'{"key": "\\u0000", "token": "\\u0000", "holder": "\\u0000", "choice": [0]}',
}  # fmt: skip
ODD: list[Any] = [
    None, "", "x", -1, 0.5, True, [], {}, [[0]], [None], ["0"], {"a": 1}, 2**63, 10**30, "9" * 5000, [True], [-1],
    [99], [0] * 10_000, "\x00", "'; DROP TABLE people_person; --", "../../etc/passwd",
]  # fmt: skip
STRICT = [door for door in WRITABLE if door.json is not None and door.name != "portal:start"]
LONG = "字" * 300_000  # about 1 MB
VALUES = ["\x00", "x", "-1", "1000000000", "9" * 400, "%_'\"\\"]
SOFT = ("page", "q", "state", "line", "type", "kind", "status", "required", "direct", "order_by", "limit", "format",
        "expand", "next")  # fmt: skip
HARD = ("unit", "course", "person")  # 404 at once for what does not exist
FIELDS = ("q", "next", "language", "expected", "login", "password", "token", "reason", "unit", "course", "staff_no",
          "due_on", "hours", "score", "enrolment", "last_day", "role", "file", "bank", "name", "title", "minutes",
          "pass_score", "opens_at", "rules-TOTAL_FORMS", "rules-0-count")  # fmt: skip


def odd_id(value: object) -> str:
    return ascii(value)[:24]


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("door", STRICT, ids=str)
def test_a_body_that_is_no_answer_is_refused(door: Door, name: str, world: World) -> None:
    answer = world.browser(Who.LEARNER).post(path(door, world), BODIES[name], content_type="application/json")
    assert answer.status_code in ((400, 404) if name == "nul" else (400,))


@pytest.mark.parametrize("value", ODD, ids=odd_id)
def test_odd_values_in_an_answer_are_refused(value: object, world: World) -> None:
    door = next(door for door in STRICT if door.name == "exams:answer")
    for field in ANSWER:
        with undone():
            answer = post(world, door, Who.LEARNER, {field: value})
        harmless = field == "payload" and value in (None, [])
        assert answer.status_code in ((200,) if harmless else (400, 404)), (field, answer.content)


@pytest.mark.parametrize("value", ODD, ids=odd_id)
def test_odd_values_on_the_study_page_and_at_handing_in_are_refused(value: object, world: World) -> None:
    for door in STRICT:
        for field in {**(door.json or {}), "position": 0}:
            with undone():
                answer = post(world, door, Who.LEARNER, {field: value})
            if door.name != "exams:answer":
                assert answer.status_code < 500, (str(door), field)
    with undone():
        submit = next(door for door in STRICT if door.name == "exams:submit")
        assert post(world, submit, Who.LEARNER, {"holder": value}).status_code == 400


@pytest.mark.parametrize("value", VALUES, ids=odd_id)
def test_odd_questions_to_any_page_do_no_harm(value: str, world: World) -> None:
    for door in READABLE:
        start = time.process_time()
        answer = world.browser(opener(door)).get(path(door, world), dict.fromkeys(SOFT, value))
        body_of(answer)
        assert answer.status_code < 500, str(door)
        assert time.process_time() - start < 4, f"{door} is slow"


@pytest.mark.parametrize(
    "name", ["portal:catalogue", "people:index", "records:records", "certificates:desk", "exams:bank"]
)
def test_a_search_for_a_megabyte_is_over_soon(name: str, world: World) -> None:
    door = next(door for door in READABLE if door.name == name)
    start = time.process_time()
    assert world.browser(opener(door)).get(path(door, world), {"q": LONG}).status_code < 500
    assert time.process_time() - start < 1.5


@pytest.mark.parametrize("value", ["\x00", "x", "9" * 400], ids=odd_id)
@pytest.mark.parametrize("name", HARD)
def test_odd_things_asked_for_at_the_desk_do_not_exist(name: str, value: str, world: World) -> None:
    for door in READABLE:
        if path(door, world).startswith("/desk/"):
            answer = world.browser(opener(door)).get(path(door, world), {name: value})
            assert answer.status_code < 500, str(door)
            body_of(answer)


@pytest.mark.parametrize("value", ["\x00", "字" * 5000, "9" * 400, "NaN"], ids=odd_id)
@pytest.mark.parametrize("door", [door for door in WRITABLE if door.json is None], ids=str)
def test_odd_values_in_forms_do_no_harm(door: Door, value: str, world: World) -> None:
    who = opener(door) if door.post and door.post.allowed else Who.LEARNER
    with undone():
        answer = post(world, door, who, dict.fromkeys({*door.data, *FIELDS}, value))
    assert answer.status_code < 500


@pytest.mark.parametrize("value", ["\x00", "x", "-1", "9" * 400], ids=odd_id)
def test_odd_values_at_the_co_authors(value: str, world: World) -> None:
    url = f"/cms/courses/works/{world.things['page']}/authors/"
    for field in ("remove", "staff_no"):
        with undone():
            assert world.browser(Who.TRAINER).post(url, {field: value}).status_code < 500


def test_a_body_without_end_is_not_read(world: World) -> None:
    """Refused by its announced length; the body raises when anybody touches it."""
    for who in (Who.ANONYMOUS, Who.LEARNER, Who.MANAGER):
        for where in ("/desk/people/roster/", "/accounts/login/", "/cms/images/add/", "/"):
            assert announced(world, who, where, 5 * 1024**3).status_code == 413
            assert announced(world, who, where, 2 * 1024**2).status_code == 413
    assert announced(world, Who.TRAINING_ADMIN, "/desk/people/roster/", 5 * 1024**3).status_code == 413
    answer = announced(world, Who.LEARNER, "/desk/people/roster/", 5 * 1024**3)
    assert "没有保存任何内容" in answer.content.decode()


def announced(world: World, who: Who, where: str, length: int) -> Any:
    class Untouchable:
        def read(self, *args: object) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    browser: Any = world.browser(who)
    return browser.generic(
        "POST", where, content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(length),
        **{"wsgi.input": Untouchable()},
    )  # fmt: skip


def test_answers_longer_than_any_answer_are_refused_quickly(world: World) -> None:
    door = next(door for door in STRICT if door.name == "exams:answer")
    body = json.dumps({"payload": "x" * 900_000})
    start = time.process_time()
    answer = world.browser(Who.LEARNER).post(path(door, world), body, content_type="application/json")
    assert answer.status_code == 413
    assert time.process_time() - start < 0.5
